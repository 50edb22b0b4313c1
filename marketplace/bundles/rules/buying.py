"""What a bundle led to: purchases out of it, and the same goods bought again later. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

REBUY_WITHIN = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an order that was paid; `bundle` is the address of the bundle it came out of."""

    buyer: str
    order: int
    product: int
    at: datetime
    units: int
    bundle: str


@dataclass(frozen=True, slots=True)
class Sold:
    """Orders with goods out of a bundle, their pieces, and lines of the same bought again."""

    orders: int = 0
    units: int = 0
    again: int = 0


def sold(bundle: str, lines: Iterable[Line]) -> Sold:
    """What a bundle led to, of the lines of others than its author.

    Again: the same product by the same buyer in another order within 365 days of a line out of the
    bundle, and not out of it itself.
    """
    known = list(lines)
    out = [line for line in known if line.bundle == bundle]
    firsts: dict[tuple[str, int], list[Line]] = {}
    for line in out:
        firsts.setdefault((line.buyer, line.product), []).append(line)
    again = sum(1 for line in known if line.bundle != bundle and any(
        line.order != first.order and first.at < line.at <= first.at + REBUY_WITHIN
        for first in firsts.get((line.buyer, line.product), ())))
    return Sold(len({line.order for line in out}), sum(line.units for line in out), again)
