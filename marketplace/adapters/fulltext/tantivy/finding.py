"""One request from one generation: who matches, in which order, with which counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from marketplace.adapters.fulltext.contract import (
    Band,
    Count,
    Filters,
    Form,
    Found,
    Hit,
    Query,
    Sort,
)
from marketplace.adapters.fulltext.counting import cut, own_entries, ranked, widened
from marketplace.adapters.fulltext.kept import Kept
from marketplace.adapters.fulltext.tantivy import asking, scoring
from marketplace.adapters.fulltext.tantivy.scoring import Formula, Likely

RESCORED = 400
"""So many likely documents get their exact score; further pages follow in the engine's order."""
COUNTED_VALUES, COUNTED_PRICES = 5_000, 60_000
KEPT_DOCUMENTS, KEPT_FREQUENCIES = 20_000, 20_000


class Generation:
    """What is committed at one moment, and what was read of it before."""

    def __init__(self, searcher: Any) -> None:
        self.searcher = searcher
        self.count: int = searcher.num_docs
        self._documents: Kept[Likely] = Kept(KEPT_DOCUMENTS, lambda _row: 1)
        self._frequencies: Kept[int] = Kept(KEPT_FREQUENCIES, lambda _count: 1)

    def number(self, query: Any) -> int:
        """How many documents there are of a query."""
        return int(self.searcher.search(query, 1).count)

    def documents_of(self, forms: Sequence[Form]) -> int:
        """In how many documents one of these forms stands."""
        words = tuple(form.words for form in forms)
        return self._frequencies.get(words, lambda: self.number(asking.forms(forms)))

    def likely(self, places: Sequence[Any]) -> list[Likely]:
        """The documents at these places, ready to be scored."""
        signals, available, order = (
            self.searcher.fast_field_values(name, list(places))
            for name in ("n_signal", "n_available", "place"))
        return [self._documents.get((one.segment_ord, one.doc), partial(
                    self._read, one, signals[n], available[n] == 0, order[n]))
                for n, one in enumerate(places)]

    def _read(self, place: Any, signal: int, late: bool, order: int) -> Likely:
        return scoring.read(self.searcher.doc(place), signal, late, order)

    def ids(self, places: Iterable[Any]) -> list[str]:
        """The ids at these places."""
        return [self.searcher.doc(one)["id"][0] for one in places]


def find(at: Generation, words: Query | None, filters: Filters, sort: Sort, k: int,
         facets: Sequence[str], offset: int) -> Found:
    """Answer one request; see the contract."""
    every, formula = True, None
    query = asking.matching(words, filters, True)
    total = at.number(query)
    if words is not None and words.wanted:
        formula = Formula(words, at.count, at.documents_of)
        if total < words.ranking.enough and len(words.wanted) > 1:
            every, query = False, asking.matching(words, filters, False)
            total = at.number(query)
    dropped: tuple[str, ...] = ()
    if words is None or formula is None or (sort != "relevance" and every):
        hits = _browsed(at, query, sort, k, offset)
    else:
        hits, dropped = _ranked(at, query, words, formula, every, k, offset)
        if sort != "relevance":
            hits = _browsed(at, query, sort, k, offset)
    counted, spread = _counted(at, words, filters, every, facets)
    return Found(total, hits, counted, spread, () if every else dropped)


def _browsed(at: Generation, query: Any, sort: Sort, k: int, offset: int) -> tuple[Hit, ...]:
    import tantivy

    if not k:
        return ()
    found = at.searcher.search(query, k, count=False, order_by_field=f"o_{sort}", offset=offset,
                               order=tantivy.Order.Asc)
    return tuple(Hit(one, 0.0) for one in at.ids(place for _, place in found.hits))


def _ranked(at: Generation, query: Any, words: Query, formula: Formula, every: bool, k: int,
            offset: int) -> tuple[tuple[Hit, ...], tuple[str, ...]]:
    """The likely documents by their exact score, then the others; unavailable ones behind both."""
    wanted = max(RESCORED, offset + k)
    late = asking.silent(asking.between("available", 0, 0))
    first = asking.likely_first(query, words)
    groups = [at.searcher.search(asking.every([first], [late]), wanted, count=False).hits,
              at.searcher.search(asking.every([first, late]), wanted, count=False).hits]
    rated = formula.rate(at.likely([place for found in groups for _, place in found[:RESCORED]]),
                         every)
    hits: list[Hit] = []
    for n, found in enumerate(groups):
        hits += [Hit(one.document.id, one.score) for one in rated if one.document.late == bool(n)]
        rest = found[RESCORED : max(RESCORED, offset + k)]
        hits += [Hit(one, 0.0) for one in at.ids(place for _, place in rest)]
    return tuple(hits[offset : offset + k]), formula.missing(rated)


def _counted(at: Generation, words: Query | None, filters: Filters, every: bool,
             facets: Sequence[str]) -> tuple[dict[str, tuple[Count, ...]], tuple[Band, ...]]:
    """Counts of each facet; each chosen filter of a facet is left out for its own values."""
    if not facets:
        return {}, ()
    found = _values(at, asking.matching(words, filters, every), facets)
    spread = cut({int(one.value): one.count for one in found.pop("price", ())
                  if int(one.value) >= 0})
    counts = {name: ranked(found[name]) for name in facets if name != "price"}
    for name in counts:
        for entry in own_entries(filters, name):
            wide = _values(at, asking.matching(words, filters, every, entry), [name])
            counts[name] = widened(counts[name], wide[name], entry)
    return counts, spread


def _values(at: Generation, query: Any, facets: Sequence[str]) -> dict[str, list[Count]]:
    asked = {name: {"terms": {
        "field": "n_price_minor" if name == "price" else f"f_{name}",
        "size": COUNTED_PRICES if name == "price" else COUNTED_VALUES}} for name in facets}
    told = at.searcher.aggregate(query, asked)
    return {name: [Count(str(one["key"]), int(one["doc_count"]))
                   for one in told[name]["buckets"]] for name in facets}
