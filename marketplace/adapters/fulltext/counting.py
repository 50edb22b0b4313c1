"""Counts as people read them: values in order, own choices left out, prices in bands."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate

from marketplace.adapters.fulltext.contract import PRICE_BANDS, Band, Count, Filters, OneOf

VALUES_SHOWN = 200


def ranked(rows: Sequence[Count]) -> tuple[Count, ...]:
    """Most first, then by the alphabet; the first two hundred."""
    return tuple(sorted(rows, key=lambda one: (-one.count, one.value))[:VALUES_SHOWN])


def widened(narrow: Sequence[Count], wide: Sequence[Count], entry: OneOf) -> tuple[Count, ...]:
    """Counts of a facet in which this entry is chosen: its own values without that choice."""
    subject = ""
    if entry.facet == "attribute":
        name, sign, _value = next(iter(entry.values), "").partition("=")
        subject = name + sign if sign else ""
    return ranked([*(one for one in wide if one.value.startswith(subject)),
                   *(one for one in narrow if not one.value.startswith(subject))])


def own_entries(filters: Filters, facet: str) -> list[OneOf]:
    """The entries whose facet is this one; who may see a thing is never left out."""
    return [one for one in filters.one_of if one.facet == facet and facet != "visibility"]


def cut(prices: Mapping[int, int]) -> tuple[Band, ...]:
    """Prices, each with its count, in bands of about equal counts."""
    known = sorted(prices)
    until = list(accumulate(prices[price] for price in known))
    if not until:
        return ()
    last = until[-1] - 1
    edges = sorted({known[bisect_right(until, round(last * n / PRICE_BANDS))]
                    for n in range(PRICE_BANDS + 1)})
    ends = [*(one - 1 for one in edges[1:-1]), edges[-1]] if len(edges) > 1 else edges

    def below(price: int) -> int:
        place = bisect_left(known, price)
        return until[place - 1] if place else 0

    return tuple(Band(low, high, below(high + 1) - below(low))
                 for low, high in zip(edges, ends, strict=False))
