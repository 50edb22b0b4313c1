"""Sums of a basket and the sources of its lines. Pure; minor units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from marketplace.orders.rules.shipping import Parcel, Rate, cheapest, missing_to_free

KINDS = frozenset((
    "recommendation", "suggestion", "group", "bundle", "search", "ask", "member", "product",
    "feed", "qr", "share", "mail", "campaign", "reorder", "direct"))
MOST_LINES, MOST_PRODUCERS, MOST_QTY, MOST_HOPS = 100, 20, 999, 10

Step = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Item:
    """A line as the sums need it."""

    producer_id: int
    qty: int
    unit_minor: int
    deposit_minor: int
    weight_g: int
    age_class: int


@dataclass(frozen=True, slots=True)
class SellerSum:
    """What one producer's part comes to; `shipping_minor` None means not deliverable."""

    producer_id: int
    goods_minor: int
    deposit_minor: int
    shipping_minor: int | None
    method: str
    to_free_minor: int | None
    age_class: int
    days: tuple[int, int]

    @property
    def total_minor(self) -> int:
        """Goods, deposit and shipping."""
        return self.goods_minor + self.deposit_minor + (self.shipping_minor or 0)


def seller_sum(producer_id: int, items: Sequence[Item], rates: Sequence[Rate]) -> SellerSum:
    """The sums of one producer's lines under their shipping table."""
    goods = sum(item.unit_minor * item.qty for item in items)
    deposit = sum(item.deposit_minor * item.qty for item in items)
    age = max((item.age_class for item in items), default=0)
    parcel = Parcel(sum(i.qty for i in items), sum(i.weight_g * i.qty for i in items), goods, age)
    found = cheapest(rates, parcel)
    if found is None:
        return SellerSum(producer_id, goods, deposit, None, "", None, age, (0, 0))
    rate, price = found
    return SellerSum(producer_id, goods, deposit, price, rate.method,
                     missing_to_free(rate, parcel), age, (rate.days_min, rate.days_max))


def joined(chain: Sequence[Step], step: Step) -> list[Step]:
    """A chain of sources with one more step: equal neighbours once, the newest ten."""
    steps = list(chain)
    if not steps or steps[-1] != step:
        steps.append(step)
    return [s for s in steps if s[0] != "direct" or len(steps) == 1][-MOST_HOPS:]


def merged_qty(guest: int, own: int) -> int:
    """What stays when both baskets hold the same: the larger."""
    return max(guest, own)


def age_on(born: date, today: date) -> int:
    """Whole years since birth."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def age_class_of(years: int) -> int:
    """The highest age class somebody of these years may buy: 0, 16 or 18."""
    return 18 if years >= 18 else 16 if years >= 16 else 0
