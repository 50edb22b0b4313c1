"""What one producer's part of a basket comes to. Pure; minor units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.orders.rules.shipping import Parcel, Rate, cheapest, missing_to_free

WAYS = ("parcel", "own", "pickup")
"""In the order in which one holds that nobody chose."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line as the sums need it."""

    producer_id: int
    qty: int
    unit_minor: int
    deposit_minor: int
    weight_g: int
    age_class: int
    discount_minor: int = 0


@dataclass(frozen=True, slots=True)
class SellerSum:
    """What one producer's part comes to; `shipping_minor` None means not deliverable.

    `goods_minor` is what is left after offers and coupons; `discount_minor` is what they took off.
    `ways` are all ways of delivery that are possible, with their price.
    """

    producer_id: int
    goods_minor: int
    deposit_minor: int
    shipping_minor: int | None
    method: str
    to_free_minor: int | None
    age_class: int
    days: tuple[int, int]
    discount_minor: int = 0
    ways: tuple[tuple[str, int], ...] = ()

    @property
    def total_minor(self) -> int:
        """Goods, deposit and shipping."""
        return self.goods_minor + self.deposit_minor + (self.shipping_minor or 0)


def seller_sum(producer_id: int, items: Sequence[Item], rates: Sequence[Rate],
               method: str | None = None) -> SellerSum:
    """The sums of one producer's lines under their shipping table.

    Free sending looks at the goods after offers and coupons; deposit is no part of the goods. The
    way that was chosen holds where it can; else a parcel, the producer's own van, pick-up.
    """
    off = sum(item.discount_minor for item in items)
    goods = sum(item.unit_minor * item.qty for item in items) - off
    deposit = sum(item.deposit_minor * item.qty for item in items)
    age = max((item.age_class for item in items), default=0)
    parcel = Parcel(sum(i.qty for i in items), sum(i.weight_g * i.qty for i in items), goods, age)
    found = {way: best for way in WAYS
             if (best := cheapest([rate for rate in rates if rate.method == way], parcel))}
    ways = tuple((way, price) for way, (_rate, price) in found.items())
    if not found:
        return SellerSum(producer_id, goods, deposit, None, "", None, age, (0, 0), off)
    rate, price = found[method] if method in found else next(iter(found.values()))
    return SellerSum(
        producer_id, goods, deposit, price, rate.method, missing_to_free(rate, parcel), age,
        (rate.days_min, rate.days_max), off, ways)
