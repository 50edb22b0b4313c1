"""Phrases and unwanted words, looked up in the texts of what an engine found."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from marketplace.adapters.fulltext.contract import Filters, OneOf, Sort
from marketplace.foundation.database import db
from marketplace.search.models import SearchDocument
from marketplace.search.rules import typed
from marketplace.search.rules.needs import avoided
from marketplace.search.rules.typed import Stems
from marketplace.search.rules.wishes import Chip
from marketplace.search.rules.wishes.steering import says

MOST_READ = 500
"""Of so many goods, the best ones, the texts are read."""


@dataclass(frozen=True, slots=True)
class Exactly:
    """What texts must have word for word, what they must not name, and what they must name with
    one of these words each.
    """

    phrases: tuple[Stems, ...] = ()
    without: tuple[str, ...] = ()
    named: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.phrases or self.without or self.named)

    def allergens(self) -> list[OneOf]:
        """What labels must not name, where the unwanted is one of the fourteen groups."""
        groups = avoided(self.without)
        return [OneOf("attribute", frozenset(f"contains={one}" for one in groups))] \
            if groups else []


NOTHING = Exactly()


def exactly(read: typed.Typed, chips: Collection[Chip]) -> Exactly:
    """What a query and the unwanted chips of its wish ask of texts.

    An unwanted shelf is a word too beside a wanted one: chocolate without nuts.
    """
    shelf = any(chip.kind == "category" and not chip.negated for chip in chips)
    said = [chip.value if chip.kind == "word" else chip.typed for chip in chips
            if chip.negated and (chip.kind == "word" or (chip.kind == "category" and shelf))]
    named = (says(chip.value) for chip in chips if chip.kind == "word" and not chip.negated)
    return Exactly(read.phrases, tuple(dict.fromkeys((*read.without, *said))), tuple(named))


def kept_to(engine: Any, words: Any, filters: Filters, sort: Sort, asked: Exactly) -> Filters:
    """Filters that leave only what has it exactly, of the 500 best. Loads: at most 1 statement."""
    if not asked:
        return filters
    filters = replace(filters, none_of=(*filters.none_of, *asked.allergens()))
    found = engine.find(words, filters, sort, MOST_READ)
    ids = [int(hit.id.partition(":")[2]) for hit in found.hits]
    return replace(filters, only=frozenset(f"product:{one}" for one in _holding(ids, asked)))


def _holding(ids: Sequence[int], asked: Exactly) -> list[int]:
    rows = db.session.execute(
        select(SearchDocument.object_id, SearchDocument.title, SearchDocument.maker,
               SearchDocument.body)
        .where(SearchDocument.kind == "product", SearchDocument.object_id.in_(ids)))
    return [row.object_id for row in rows if _fits((row.title, row.maker, row.body), asked)]


def _fits(texts: Sequence[str], asked: Exactly) -> bool:
    return all(any(typed.holds(text, phrase) for text in texts) for phrase in asked.phrases) and \
        not any(typed.names(text, word) for text in texts for word in asked.without) and \
        all(any(typed.names(text, word) for text in texts for word in one) for one in asked.named)
