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


def low30(history: Sequence[InForce], starts: datetime) -> int:
    """The lowest price in force at any moment of the 30 days before a reduction starts.

    Younger goods: since on sale. Raises ValueError for an empty history.
    """
    since = starts - timedelta(days=30)
    prices = [row.minor for row in history
              if row.from_at < starts and (row.to_at is None or row.to_at > since)]
    return min(prices)


def reduction_percent(low30_minor: int, new_minor: int) -> int | None:
    """The percentage that may be printed, rounded down; None if it is no reduction."""
    if new_minor >= low30_minor:
        return None
    return 100 * (low30_minor - new_minor) // low30_minor
