"""The exact score of likely documents, by the formula of the other engines."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

from marketplace.adapters.fulltext.contract import SIGNAL_SCALE, Form, Query, Ranking
from marketplace.adapters.fulltext.formula import rarity
from marketplace.adapters.fulltext.tantivy.rows import stored


class Likely(NamedTuple):
    """A document as it is scored: weights of its words, words of its title, signal 0..10,000."""

    id: str
    words: Mapping[str, float]
    title_words: Collection[str]
    signal: int
    late: bool
    place: int


class Rated(NamedTuple):
    """A document with its scores: per wanted word, before titles and people, and in the end."""

    document: Likely
    parts: Sequence[float]
    base: float
    score: float


def read(row: Any, signal: int, late: bool, place: int) -> Likely:
    """A stored row."""
    words, title = json.loads(row["scored"][0])
    return Likely(row["id"][0], words, frozenset(title), signal, late, place)


class Formula:
    """BM25F for one request; `documents_of` says in how many documents forms stand."""

    def __init__(self, query: Query, total: int,
                 documents_of: Callable[[Sequence[Form]], int]) -> None:
        self._query, self._ranking = query, query.ranking
        self._rarity = {word: rarity(total, documents_of((Form((word,)),)))
                        for wanted in query.wanted for form in wanted.forms
                        for word in form.words}
        self._shares = [wanted.weight * rarity(total, documents_of(wanted.forms))
                        for wanted in query.wanted]

    def rate(self, likely: Sequence[Likely], every: bool) -> list[Rated]:
        """Give documents with their scores, best first, unavailable ones last; whole titles lead.
        """
        rated = [self._rated(one, every) for one in likely]
        top = max((one.base for one in rated), default=0.0)
        whole = stored(self._query.whole)
        made = [one._replace(score=self._raised(one, top if self._leads(one, whole) else 0.0))
                for one in rated]
        return sorted(made, key=lambda one: (one.document.late, -one.score, one.document.place))

    def missing(self, rated: Sequence[Rated]) -> tuple[str, ...]:
        """Give the wanted words that the best document lacks; all without a document."""
        best = max(rated, key=lambda one: (one.base, -one.document.place), default=None)
        return tuple(wanted.typed for n, wanted in enumerate(self._query.wanted)
                     if best is None or not best.parts[n])

    def _leads(self, one: Rated, whole: str) -> bool:
        return bool(whole) and whole in one.document.title_words

    def _raised(self, one: Rated, more: float) -> float:
        signal = max(one.document.signal, 0) / SIGNAL_SCALE
        return (one.base + more) * (1 + self._ranking.community * signal)

    def _rated(self, document: Likely, every: bool) -> Rated:
        parts = [max((self._form(document, form, self._ranking) for form in wanted.forms),
                     default=0.0) for wanted in self._query.wanted]
        base = sum(parts) * self._title_factor(document)
        if not every:
            whole = sum(self._shares) or 1.0
            held = sum(share for share, part in zip(self._shares, parts, strict=True) if part)
            base *= min(held / whole, 1.0) ** self._ranking.coverage_power
        return Rated(document, parts, base, 0.0)

    def _form(self, document: Likely, form: Form, ranking: Ranking) -> float:
        weights = [document.words.get(stored(word), 0.0) for word in form.words]
        if not all(weights):
            return 0.0
        k = ranking.saturation
        return form.factor * (k + 1) * sum(
            self._rarity[word] * weight / (k + weight)
            for word, weight in zip(form.words, weights, strict=True))

    def _title_factor(self, document: Likely) -> float:
        title, ranking = document.title_words, self._ranking
        inside = all(any(all(stored(word) in title for word in form.words)
                         for form in wanted.forms) for wanted in self._query.wanted)
        near = any(stored(one) in title for one in self._query.neighbours)
        return (ranking.title_factor if inside else 1.0) * (
            ranking.neighbour_factor if near else 1.0)
