"""What recommendations led to: purchases that name them, and the same bought again later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

REBUY_WITHIN = timedelta(days=365)
LEAST_CIRCLE = 10
"""A group below this, like one person, would let the author guess who bought."""


@dataclass(frozen=True, slots=True)
class Bought:
    """An order line: who, what, when, how many, and the recommendations its chain names."""

    buyer: str
    product: int
    order: int
    at: datetime
    units: int
    named: frozenset[str]


@dataclass(frozen=True, slots=True)
class Led:
    """Orders and units that name a recommendation, and lines of the same bought again."""

    orders: int = 0
    units: int = 0
    reorders: int = 0


def led_to(lines: Iterable[Bought], authors: Mapping[str, str]) -> dict[str, Led]:
    """Count what each recommendation led to; its author's own purchases never count.

    A re-purchase is the same product by the same buyer in another order within 365 days of a line
    that names the recommendation, and does not name it itself. authors: recommendation -> buyer.
    """
    of_pair: dict[tuple[str, int], list[Bought]] = defaultdict(list)
    naming: dict[str, list[Bought]] = defaultdict(list)
    for line in lines:
        of_pair[line.buyer, line.product].append(line)
        for one in line.named:
            if one in authors and authors[one] != line.buyer:
                naming[one].append(line)
    return {one: Led(len({line.order for line in found}), sum(line.units for line in found),
                     _again(one, found, of_pair)) for one, found in naming.items()}


def _again(one: str, found: Sequence[Bought], of_pair: Mapping[tuple[str, int], Sequence[Bought]]
           ) -> int:
    pairs = {(line.buyer, line.product) for line in found}
    firsts = {pair: [line for line in found if (line.buyer, line.product) == pair]
              for pair in pairs}
    return sum(1 for pair in pairs for later in of_pair[pair]
               if one not in later.named and any(_rebuys(later, first) for first in firsts[pair]))


def _rebuys(later: Bought, first: Bought) -> bool:
    return later.order != first.order and first.at < later.at <= first.at + REBUY_WITHIN


def is_open_circle(audience: str, members: int) -> bool:
    """Tell whether exact counts may be shown: to everybody, members, or a group of ten and more."""
    return audience in ("all", "members") or (audience == "group" and members >= LEAST_CIRCLE)
