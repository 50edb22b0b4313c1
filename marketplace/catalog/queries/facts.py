"""Particulars as pages print them: in the template's order, with defaults, language and source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import format_decimal

from marketplace.catalog.queries.shelves import shelf_path, shelves
from marketplace.catalog.rules.fields import NOTHING_AROUND, Around, FactField
from marketplace.catalog.rules.templates import FOOD, fields_of

ORGANIC = ("organic", "organic_origin")
NOT_PRINTED = frozenset({"made_before", "in_liquid", "no_warnings", "maker_country"})
"""Answers that decide what else has to be said, and say nothing to buyers."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A particular with its printed name.

    `lang` is the language of the words where it is not the page's. `safety` marks what product
    safety law wants said.
    """

    key: str
    name: str
    value: str
    checked: bool
    lang: str = ""
    safety: bool = False


def facts_for(
    category_id: int, rows: Sequence[Any], lang: str, around: Around = NOTHING_AROUND,
    lot_id: int | None = None,
) -> list[Fact]:
    """Particulars in the order of the category's template, named in the language.

    Those of the lot come before those of the product; what nobody typed comes from `around`.
    Organic particulars stand only while the certificate is valid, if `around` knows certificates.
    """
    shelf = shelves().get(category_id)
    template = shelf.template if shelf else ""
    said = _said(rows, lang, lot_id)
    ended = around is not NOTHING_AROUND and "organic" not in around.evidence
    hidden = NOT_PRINTED | (set(ORGANIC) if ended else set())
    facts = []
    for field in fields_of(template):
        fact = _fact(field, said.get(field.key), lang, around)
        if fact is not None and field.key not in hidden:
            facts.append(fact)
    return facts


def _said(rows: Sequence[Any], lang: str, lot_id: int | None) -> dict[str, Any]:
    """The row of each key: of this lot, then in this language or for both, then any."""
    found: dict[str, Any] = {}
    for row in sorted(rows, key=lambda row: (row.lot_id is not None, row.lang in (None, lang))):
        if row.lot_id is None or row.lot_id == lot_id:
            found[row.key] = row
    return found


def _fact(field: FactField, row: Any, lang: str, around: Around) -> Fact | None:
    """One particular, or None where nothing is said."""
    safety = "2023/988" in field.law
    if row is None:
        given = around.given.get(field.source, "") if field.source else ""
        return Fact(field.key, field.name(lang), f"{given} {field.unit}".strip(), False,
                    safety=safety) if given else None
    foreign = row.lang if row.lang not in (None, lang) else ""
    return Fact(field.key, field.name(lang), words_of(row.value, field.unit),
                row.source == "checked", foreign or "", safety)


def words_of(value: Any, unit: str) -> str:
    """A particular as one line."""
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    if isinstance(value, dict):
        return ", ".join(f"{name} {part}" for name, part in value.items())
    if isinstance(value, float | int) and not isinstance(value, bool):
        return f"{format_decimal(value)} {unit}".strip()
    return f"{value} {unit}".strip()


def shelf_slugs(category_id: int) -> frozenset[str]:
    """A category's slug and those above it."""
    return frozenset(shelf.slug for shelf in shelf_path(category_id))


LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "DE": ("de",), "AT": ("de",), "LI": ("de",), "CH": ("de",), "LU": ("de",), "IE": ("en",),
    "MT": ("en",)}
"""Languages we can print that are official in a country; nowhere else do ours suffice."""


def readable_in(country: str, template: str, rows: Sequence[Any]) -> bool:
    """Whether safety particulars and, of food, all texts stand in a language of the country.

    Source: GPSR 2023/988 Art. 19 d; Reg. (EU) 1169/2011 Art. 15. `rows` are the particulars of one
    product; a row without a language was said for all.
    """
    langs: dict[str, set[str | None]] = {}
    for row in rows:
        langs.setdefault(row.key, set()).add(row.lang)
    tongues = {None, *LANGUAGES.get(country, ())}
    if country not in LANGUAGES:
        tongues = set()
    asked = [field for field in fields_of(template) if field.key in langs
             and field.kind in ("text", "long")
             and ((template in FOOD and field.mandatory) or field.key == "warnings")]
    return all(langs[field.key] & tongues for field in asked)
