"""One request: words, filters, order, page and facet counts from one generation."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Any

from marketplace.adapters.fulltext.contract import Band, Count, Filters, Found, Hit, Query, Sort
from marketplace.adapters.fulltext.whoosh import narrowing, scoring
from marketplace.adapters.fulltext.whoosh.view import View

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Counted = tuple[dict[str, tuple[Count, ...]], tuple[Band, ...]]

UNAVAILABLE_LAST = 1e6
KEPT_BROWSED = 200
"""Shelves, each with its filters, whose counts a generation keeps."""


def find(
    view: View,
    words: Query | None,
    filters: Filters,
    sort: Sort,
    k: int,
    facets: Sequence[str],
    offset: int,
) -> Found:
    """Answer one request; see the contract."""
    mask = narrowing.mask_of(view, filters)
    if words is None or not (words.wanted or words.unwanted):
        docs = None if mask is None else _where(mask)
        hits, total = _browse(view, docs, sort, offset, k)
        return Found(total, hits, *_browsed(view, filters, facets, docs), ())
    scored = _scored(view, words, mask)
    hits = _page(view, scored, sort, offset, k)
    return Found(len(scored.docs), hits, *_counted(view, words, filters, facets, scored.docs),
                 scored.dropped)


def _counted(view: View, words: Query | None, filters: Filters, facets: Sequence[str],
             docs: NDArray[np.int32] | None) -> Counted:
    """Count the values of the asked facets, and cut the prices into bands."""
    counts = {name: _counts(view, name, words, filters, docs) for name in facets if name != "price"}
    return counts, narrowing.bands(view, docs) if "price" in facets else ()


def _browsed(view: View, filters: Filters, facets: Sequence[str],
             docs: NDArray[np.int32] | None) -> Counted:
    """Do the same for a shelf without words; many look at the same, and a generation stays."""
    if filters.only is not None:
        return _counted(view, None, filters, facets, docs)
    asked = (filters, tuple(facets))
    found = view.browsed.get(asked)
    if found is None:
        found = view.browsed[asked] = _counted(view, None, filters, facets, docs)
        if len(view.browsed) > KEPT_BROWSED:
            view.browsed.pop(next(iter(view.browsed)), None)
    return found


def _where(mask: NDArray[np.bool_]) -> NDArray[np.int32]:
    import numpy as np

    return np.flatnonzero(mask).astype(np.int32)


def _scored(view: View, words: Query, mask: NDArray[np.bool_] | None) -> scoring.Scored:
    import numpy as np

    if words.wanted:
        return scoring.score(view, words, mask)
    kept = scoring.without(view, words.unwanted, mask)
    docs = _where(view.alive if kept is None else kept)
    return scoring.Scored(docs, np.zeros(len(docs), np.float32))


def _browse(
    view: View, docs: NDArray[np.int32] | None, sort: Sort, offset: int, k: int
) -> tuple[tuple[Hit, ...], int]:
    places = narrowing.order(view, sort)
    if docs is None:
        chosen = view.in_order(sort, places)[offset : offset + k]
        return _hits(view, chosen), view.count
    best = _smallest(places.take(docs), offset + k)[offset:]
    return _hits(view, docs[best]), len(docs)


def _hits(view: View, docs: NDArray[Any], scores: NDArray[np.float32] | None = None
          ) -> tuple[Hit, ...]:
    """Give documents as hits; 0 as score where the order does not ask for one."""
    ids = map(view.ids.__getitem__, docs.tolist())
    told = repeat(0.0) if scores is None else scores.tolist()
    return tuple(map(Hit, ids, told))


def _smallest(keys: NDArray[np.generic], count: int) -> NDArray[np.int64]:
    """Give the places of the smallest keys in ascending order; keys are all different."""
    import numpy as np

    if len(keys) > 4 * count:
        few = np.argpartition(keys, count)[: count + 1]
        return few[np.argsort(keys[few])][:count]
    return np.argsort(keys, kind="stable")[:count]


def _page(view: View, scored: scoring.Scored, sort: Sort, offset: int, k: int) -> tuple[Hit, ...]:
    docs, scores = scored.docs, scored.scores
    if sort == "relevance":
        keys = scores if view.late is None else scores - UNAVAILABLE_LAST * view.late.take(docs)
        places = _best(keys, offset + k)
    else:
        places = _smallest(narrowing.order(view, sort).take(docs), offset + k)
    chosen = places[offset:]
    return _hits(view, docs[chosen], scores[chosen])


def _best(keys: NDArray[np.floating[Any]], count: int) -> NDArray[np.int64]:
    """Give the places of the largest keys; of equal ones the first, whose number is lower."""
    import numpy as np

    if 0 < count < len(keys) // 4:
        border = np.partition(keys, len(keys) - count)[len(keys) - count]
        few = (keys >= border).nonzero()[0]
        return few[(-keys[few]).argsort(kind="stable")[:count]]
    return (-keys).argsort(kind="stable")[:count]


def _counts(
    view: View,
    name: str,
    words: Query | None,
    filters: Filters,
    docs: NDArray[np.int32] | None,
) -> tuple[Count, ...]:
    """Count a facet's values; each chosen filter of this facet is left out for its own values."""
    own = [e for e in filters.one_of if e.facet == name and name != "visibility"]
    counts = narrowing.counted(view, name, docs)
    for entry in own:
        mask = narrowing.mask_of(view, filters, leave_out=entry)
        wide = _matching(view, words, mask)
        subject = _subject(next(iter(entry.values), ""), name)
        more = [c for c in narrowing.counted(view, name, wide) if c.value.startswith(subject)]
        rest = [c for c in counts if not c.value.startswith(subject)]
        counts = tuple(sorted([*more, *rest], key=lambda c: (-c.count, c.value)))
    return counts


def _subject(value: str, facet: str) -> str:
    return value.partition("=")[0] + "=" if facet == "attribute" and "=" in value else ""


def _matching(
    view: View, words: Query | None, mask: NDArray[np.bool_] | None
) -> NDArray[np.int32] | None:
    if words is not None and (words.wanted or words.unwanted):
        return _scored(view, words, mask).docs
    return None if mask is None else _where(mask)
