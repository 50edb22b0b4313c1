"""What the marketplace keeps of a sale, and gives back with a refund. Pure; minor units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from marketplace.foundation.money import allocate, half_up

NOTICE, MOST_BP = timedelta(days=15), 5000
"""How long before a commission is announced, and the most it may be, in basis points."""


def commission(goods_minor: int, bp: int) -> int:
    """The commission on goods after discounts, VAT inside; deposit and sending carry none.

    `bp` in basis points: 54.00 at 800 gives 4.32.
    """
    return half_up(goods_minor * bp, 10_000)


def commission_back(goods_before: int, goods_left: int, bp: int) -> int:
    """What of the commission is given back when goods go from one value to another.

    Over any series of refunds it sums to the commission on the goods refunded.
    """
    return commission(goods_before, bp) - commission(goods_left, bp)


def arrives_minor(price_minor: int, commission_bp: int = 0) -> int:
    """What a producer receives of a price, its taxes included."""
    return price_minor - commission(price_minor, commission_bp)


@dataclass(frozen=True, slots=True)
class Split:
    """A seller's part of a payment: what is handed over and what is kept."""

    transfer_minor: int
    commission_minor: int


def split(goods_minor: int, deposit_minor: int, shipping_minor: int, bp: int) -> Split:
    """Goods, deposit and sending less the commission go to the producer."""
    kept = commission(goods_minor, bp)
    return Split(goods_minor + deposit_minor + shipping_minor - kept, kept)


def shares(disputed_minor: int, totals: Sequence[int]) -> list[int]:
    """How a disputed amount falls on seller orders: in proportion, to the cent.

    50.00 over 60.90, 18.50 and 28.90 gives 28.12, 8.54, 13.34.
    """
    return allocate(disputed_minor, totals)
