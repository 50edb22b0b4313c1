"""The fields of the index, and a document as one of its rows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from marketplace.adapters.fulltext.contract import FACETS, FIGURES, Document

LISTS = ("title_words", "spellings", "completions")
ORDERS = ("relevance", "peers", "price", "unit_price", "newest")
"""Orders kept as one whole number each, smallest first; that by title is a text."""
NO_FIGURE = -1
LONGEST_WORD = 500
FINENESS, MOST = 2, 60
"""How often a word is repeated for its weight, so that the engine finds likely documents first."""
_DATE, _PRICE, _SHARE, _PEOPLE = 31, 31, 14, 17


@cache
def schema() -> Any:
    """Give the fields of a new index; changing them asks for a rebuild."""
    import tantivy

    made = tantivy.SchemaBuilder()
    made = made.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    made = made.add_text_field("words", tokenizer_name="raw", index_option="freq")
    for name in LISTS:
        made = made.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        made = made.add_text_field(f"f_{name}", fast=True, tokenizer_name="raw",
                                   index_option="basic")
    for name in FIGURES:
        made = made.add_integer_field(f"n_{name}", fast=True, indexed=True)
    for name in ORDERS:
        made = made.add_integer_field(f"o_{name}", fast=True)
    made = made.add_text_field("o_title", fast=True, tokenizer_name="raw", index_option="basic")
    made = made.add_integer_field("place", fast=True)
    return made.add_bytes_field("scored", stored=True).build()


def row(document: Document, place: int) -> Any:
    """Give a document as a row. Raises KeyError for an unknown facet or figure."""
    import tantivy

    unknown = (set(document.facets) - set(FACETS)) | (set(document.figures) - set(FIGURES))
    if unknown:
        raise KeyError(f"the index has no place for {sorted(unknown)}")
    figures = {name: int(document.figures.get(name, NO_FIGURE)) for name in FIGURES}
    late = figures["available"] == 0
    values: dict[str, list[Any]] = {
        "id": [document.id],
        "words": _repeated(document.words),
        "o_title": [f"{int(late)}{document.title}\x00{place:020}"],
        "place": [place],
        "scored": [json.dumps([
            {stored(one): weight for one, weight in document.words.items()},
            [stored(one) for one in document.title_words]]).encode()]}
    values |= {name: [stored(one) for one in sorted(getattr(document, name))] for name in LISTS}
    values |= {f"f_{name}": list(dict.fromkeys(found)) for name, found in document.facets.items()}
    values |= {f"n_{name}": [value] for name, value in figures.items()}
    values |= {f"o_{name}": [key] for name, key in order_keys(figures, late).items()}
    made = tantivy.Document()
    made.extend({name: found for name, found in values.items() if found}, schema())
    return made


def _repeated(words: Mapping[str, float]) -> list[str]:
    return [stored(word) for word, weight in words.items()
            for _ in range(min(max(round(weight * FINENESS), 1), MOST))]


def order_keys(figures: Mapping[str, int], late: bool) -> dict[str, int]:
    """Give the place of a document in each order as one number, unavailable ones behind all."""
    newest = _high_first(figures["newest"], _DATE)
    signal, q10 = (_high_first(figures[name], _SHARE) for name in ("signal", "q10"))
    keys: Mapping[str, Sequence[tuple[int, int]]] = {
        "relevance": [signal, q10, newest],
        "peers": [q10, _high_first(figures["buyers"], _PEOPLE), newest],
        "price": [_low_first(figures["price_minor"], _PRICE), newest],
        "unit_price": [_low_first(figures["unit_price_minor"], _PRICE), newest],
        "newest": [newest]}
    return {name: _packed(int(late), parts) for name, parts in keys.items()}


def _high_first(value: int, bits: int) -> tuple[int, int]:
    return 2**bits - 1 - min(max(value + 1, 0), 2**bits - 1), bits


def _low_first(value: int, bits: int) -> tuple[int, int]:
    return (min(value, 2**bits - 2) if value >= 0 else 2**bits - 1), bits


def _packed(first: int, parts: Sequence[tuple[int, int]]) -> int:
    """Put numbers of so many bits behind one another."""
    made = first
    for value, bits in parts:
        made = made << bits | value
    return made


def stored(word: str) -> str:
    """Give a word as it is kept, no longer than needed."""
    return word[:LONGEST_WORD]
