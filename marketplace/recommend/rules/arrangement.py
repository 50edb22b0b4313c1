"""From scores to a list people like to read: few of one producer, room for newcomers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from marketplace.reviews.rules.score import newcomer_positions

T = TypeVar("T", bound=Hashable)

OF_ONE_PRODUCER = 3
IN_A_ROW_OF = 12


def verdict_factor(q10: float, category_mean: float) -> float:
    """Say how the verdict moves a suggestion: q10 by its category's mean, kept in 0.7..1.2."""
    return min(max(q10 / category_mean, 0.7), 1.2) if category_mean > 0 else 1.0


def few_of_each(
    products: Sequence[T], producers: Mapping[T, Hashable], most: int = OF_ONE_PRODUCER
) -> list[T]:
    """Move what would be the fourth of one producer among twelve behind the next others.

    The order is kept else; nothing is lost.
    """
    waiting = list(products)
    chosen: list[T] = []
    while waiting:
        recent = Counter(producers.get(p) for p in chosen[-(IN_A_ROW_OF - 1) :])
        fits = (p for p in waiting if producers.get(p) is None or recent[producers.get(p)] < most)
        following = next(fits, waiting[0])
        waiting.remove(following)
        chosen.append(following)
    return chosen


def with_newcomers(
    products: Sequence[T], newcomers: Sequence[T], share: float = 1 / 7
) -> tuple[list[T], frozenset[T]]:
    """Give newcomers their places 4, 11, 18; tell which of the list stand there as newcomers.

    newcomers: in the order of their draw; share 0.10..0.20.
    """
    places = set(newcomer_positions(len(products), share))
    fresh, usual = list(dict.fromkeys(newcomers)), list(products)
    made: list[T] = []
    shown: set[T] = set()
    for place in range(1, len(products) + 1):
        fresh = [p for p in fresh if p not in made]
        usual = [p for p in usual if p not in made]
        if place in places and fresh:
            shown.add(fresh[0])
            made.append(fresh[0])
        elif usual:
            made.append(usual[0])
    return made, frozenset(shown)
