"""Unit prices and the 30-day rule of reductions. Pure; minor units.

Source: PAngV §§ 4, 5, 11; ECJ C-330/23.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from marketplace.foundation.money import half_up

PER = {"ml": ("l", 1_000), "g": ("kg", 1_000), "cm": ("m", 100), "cm2": ("m²", 10_000)}
UNITS = ("ml", "g", "cm", "cm2", "piece")


@dataclass(frozen=True, slots=True)
class InForce:
    """A price and the span in which it was in force; `to_at` None means still."""

    minor: int
    from_at: datetime
    to_at: datetime | None


def unit_price(
    price_minor: int, amount: int, unit: str, drained: int | None = None
) -> tuple[int, str] | None:
    """Price per litre, kilogram, metre or square metre, half up; None where none is due.

    9.00 for 750 ml gives (1200, "l"). Pieces, and amounts below 10 g or ml, have none.
    """
    content = drained or amount
    if unit not in PER or content <= 0 or (unit in ("ml", "g") and content < 10):
        return None
    name, factor = PER[unit]
    return half_up(price_minor * factor, content), name


def lowest(history: Sequence[InForce], starts: datetime, since: datetime | None = None) -> InForce:
    """The lowest price in force at any moment of the 30 days before a reduction starts.

    `since` is when the thing came on sale; what held only before that does not count. Of equal
    prices the latest. Raises ValueError where there was none.
    """
    begins = max(starts - timedelta(days=30), since or starts - timedelta(days=30))
    rows = [row for row in history
            if row.from_at < starts and (row.to_at is None or row.to_at > begins)]
    return min(rows, key=lambda row: (row.minor, -row.from_at.timestamp()))


def low30(history: Sequence[InForce], starts: datetime) -> int:
    """The lowest price in force at any moment of the 30 days before a reduction starts.

    Younger goods: since on sale. Raises ValueError for an empty history.
    """
    return lowest(history, starts).minor


def first_step(steps: Sequence[tuple[datetime, datetime | None]], starts: datetime) -> datetime:
    """When an unbroken reduction began of which the one that starts now is a step.

    `steps` are former reductions as (from, to); one that ends as the next starts is unbroken.
    """
    began = starts
    for from_at, to_at in sorted(steps, key=lambda step: step[0], reverse=True):
        if to_at is None or to_at == began:
            began = from_at
    return began


def reduction_percent(low30_minor: int, new_minor: int) -> int | None:
    """The percentage that may be printed, rounded down; None if it is no reduction."""
    if new_minor >= low30_minor:
        return None
    return 100 * (low30_minor - new_minor) // low30_minor


def highest_reduced(low30_minor: int) -> int:
    """The highest price that is lower than the lowest of 30 days."""
    return low30_minor - 1


@dataclass(frozen=True, slots=True)
class Reduced:
    """What may be printed of a reduction; `percent` 0 prints the struck price alone."""

    low30_minor: int
    percent: int
    perishable: bool


def reduced(low30_minor: int | None, kind: str | None, new_minor: int) -> Reduced | None:
    """What a row of `reductions` lets a page print beside a price."""
    if low30_minor is None or kind is None:
        return None
    if kind == "perishable":
        return Reduced(low30_minor, 0, True)
    percent = reduction_percent(low30_minor, new_minor)
    return None if percent is None else Reduced(low30_minor, percent, False)
