"""Filters, facet counts and orders that need no words."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from marketplace.adapters.fulltext.contract import (
    PRICE_BANDS,
    Band,
    Between,
    Count,
    Filters,
    OneOf,
    Sort,
)
from marketplace.adapters.fulltext.whoosh.view import View

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]
    Docs = NDArray[np.int32]

KEPT_MASKS = 256
VALUES_SHOWN = 200
FAR = 2**62


def kept_mask(view: View, key: Hashable, made: Callable[[], Mask | None]) -> Mask | None:
    """Give a mask made before, or make and keep it; the oldest go first."""
    if key in view.masks:
        return view.masks[key]
    found = view.masks[key] = made()
    if len(view.masks) > KEPT_MASKS:
        view.masks.popitem(last=False)
    return found


def entry_mask(view: View, entry: OneOf | Between) -> Mask:
    """Tell of each document whether one filter entry holds; kept for the next request."""
    found = kept_mask(view, entry, lambda: _holds(view, entry))
    assert found is not None
    return found


def _holds(view: View, entry: OneOf | Between) -> Mask:
    if isinstance(entry, OneOf):
        return view.facet(entry.facet).mask(entry.values)
    figure = view.figure(entry.figure)
    made: Mask = figure >= (0 if entry.low is None else entry.low)
    if entry.high is not None:
        made &= figure <= entry.high
    return made


def only_mask(view: View, ids: frozenset[str]) -> Mask:
    """Tell of each document whether it is one of these."""
    import numpy as np

    made = np.zeros(view.size, np.bool_)
    for one in ids:
        found = view.postings("key", one)
        if found is not None:
            made[found.docs] = True
    return made


def mask_of(view: View, filters: Filters, leave_out: OneOf | Between | None = None) -> Mask | None:
    """Tell of each document whether all filters hold (but one); None where nothing is left out."""
    if filters.only is not None:
        return _all_hold(view, filters, leave_out)
    return kept_mask(view, (filters, leave_out), lambda: _all_hold(view, filters, leave_out))


def _all_hold(view: View, filters: Filters, leave_out: OneOf | Between | None) -> Mask | None:
    masks = [entry_mask(view, e) for e in filters.one_of if e != leave_out]
    masks += [entry_mask(view, e) for e in filters.between if e != leave_out]
    if filters.only is not None:
        masks.append(only_mask(view, filters.only))
    barred = [entry_mask(view, e) for e in filters.none_of]
    if not masks and not barred and view.whole:
        return None
    made = view.alive.copy()
    for mask in masks:
        made &= mask
    for mask in barred:
        made &= ~mask
    return made


def counted(view: View, name: str, docs: Docs | None) -> tuple[Count, ...]:
    """Count the documents of each value of a facet, most first; docs None = all living ones."""
    import numpy as np

    facet = view.facet(name)
    if docs is None:
        if name not in view.all_counts:
            living = None if view.whole else np.flatnonzero(view.alive).astype(np.int32)
            view.all_counts[name] = facet.counts(living)
        numbers = view.all_counts[name]
    else:
        numbers = facet.counts(docs)
    order = facet.ranked(numbers, VALUES_SHOWN)
    pairs = zip(facet.names[order].tolist(), numbers[order].tolist(), strict=True)
    return tuple(map(partial(tuple.__new__, Count), pairs))  # a third of the time of Count(*pair)


def bands(view: View, docs: Docs | None) -> tuple[Band, ...]:
    """Cut the results' prices into bands of about equal counts."""
    import numpy as np

    prices = view.figure("price_minor")
    prices = prices[view.alive] if docs is None else prices.take(docs)
    prices = prices[prices >= 0]
    if not len(prices):
        return ()
    cuts = np.quantile(prices, np.linspace(0, 1, PRICE_BANDS + 1), method="nearest")
    edges = sorted({int(c) for c in cuts})
    if len(edges) == 1:
        return (Band(edges[0], edges[0], len(prices)),)
    made = []
    for low, high in zip(edges, [*(e - 1 for e in edges[1:-1]), edges[-1]], strict=False):
        made.append(Band(low, high, int(((prices >= low) & (prices <= high)).sum())))
    return tuple(made)


def order(view: View, sort: Sort) -> NDArray[np.int64]:
    """Give each document's place in an order that needs no words; made once per generation."""
    import numpy as np

    if sort not in view.orders:
        last = np.where(view.figure("available") == 0, 1, 0)
        ties = np.arange(view.size)
        keys = _keys(view, sort)
        ranked = np.lexsort((ties, *reversed(keys), last))
        places = np.empty(view.size, np.int64)
        places[ranked] = np.arange(view.size)
        view.orders[sort] = places
    return view.orders[sort]


def _keys(view: View, sort: Sort) -> Sequence[NDArray[np.int64]]:
    import numpy as np

    newest = -view.figure("newest")
    if sort in ("price", "unit_price"):
        price = view.figure(f"{sort}_minor")
        return [np.where(price < 0, FAR, price), newest]
    if sort == "newest":
        return [newest]
    if sort == "title":
        return [np.unique(np.array(view.titles(), object), return_inverse=True)[1]]
    if sort == "peers":
        return [-view.figure("q10"), -view.figure("buyers"), newest]
    return [-view.figure("signal"), -view.figure("q10"), newest]
