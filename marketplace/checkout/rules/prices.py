"""Offers for sets and coupons: what they take off which line. Pure; whole minor units.

The order is fixed: single prices, then offers, then at most one coupon for each producer; every
reduction is split over lines by largest remainder, so that the parts sum exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from marketplace.foundation.money import allocate, half_up

WHOLE_BP = 10_000
"""One hundred percent in basis points."""


@dataclass(frozen=True, slots=True)
class Good:
    """A line as prices need it; `set_key` groups the lines of one set."""

    producer_id: int
    variant_id: int
    qty: int
    unit_minor: int
    set_key: str = ""

    @property
    def single_minor(self) -> int:
        """What the pieces cost one by one."""
        return self.qty * self.unit_minor


@dataclass(frozen=True, slots=True)
class Term:
    """What a producer gives for its part of a set.

    `fixed`: the price of its part of one set in minor units; `percent`: basis points off it.
    """

    producer_id: int
    form: str
    value: int


@dataclass(frozen=True, slots=True)
class SetOffer:
    """An agreed price for a set: which pieces (variant -> quantity), and each producer's term."""

    code: str
    set_key: str
    items: Mapping[int, int]
    terms: Sequence[Term]


@dataclass(frozen=True, slots=True)
class CouponTerm:
    """What a coupon gives: `percent` in basis points or `amount` in minor units."""

    producer_id: int
    form: str
    value: int
    min_goods_minor: int = 0


@dataclass(frozen=True, slots=True)
class Reduced:
    """What is taken off one line."""

    offer_minor: int = 0
    coupon_minor: int = 0

    @property
    def minor(self) -> int:
        """Both together."""
        return self.offer_minor + self.coupon_minor


def sets_in(offer: SetOffer, goods: Sequence[Good]) -> int:
    """How many whole sets of an offer stand in a basket; parts of one do not count."""
    there = {good.variant_id: good.qty for good in goods if good.set_key == offer.set_key}
    return min((there.get(variant, 0) // qty for variant, qty in offer.items.items()), default=0)


def offer_parts(offer: SetOffer, goods: Sequence[Good]) -> list[int]:
    """What an offer takes off each line; nothing where it would not be cheaper.

    A fixed price is split over its lines by their single prices; percent is rounded half up on the
    producer's part of the sets, then split. 35.00 for 9.90 + 6.50 + 24.00 leaves 8.58 + 5.63 +
    20.79.
    """
    off, times = [0] * len(goods), sets_in(offer, goods)
    if not times:
        return off
    for term in offer.terms:
        places = [i for i, good in enumerate(goods) if good.set_key == offer.set_key
                  and good.producer_id == term.producer_id and good.variant_id in offer.items]
        singly = [goods[i].unit_minor * offer.items[goods[i].variant_id] * times for i in places]
        price = times * term.value if term.form == "fixed" else half_up(
            sum(singly) * (WHOLE_BP - term.value), WHOLE_BP)
        if not places or price >= sum(singly):
            continue
        for i, single, part in zip(places, singly, allocate(price, singly), strict=True):
            off[i] = single - part
    return off


def coupon_parts(coupon: CouponTerm, left: Sequence[int]) -> list[int]:
    """What a coupon takes off lines that come to `left` after offers; never below nothing.

    Nothing below its least goods. 5.00 over 54.00 and 13.00 is 4.03 and 0.97.
    """
    goods = sum(left)
    if not left or goods < coupon.min_goods_minor:
        return [0] * len(left)
    worth = coupon.value if coupon.form == "amount" else half_up(goods * coupon.value, WHOLE_BP)
    return allocate(min(worth, goods), left)


def reduced_lines(
    goods: Sequence[Good], offers: Sequence[SetOffer], coupons: Mapping[int, CouponTerm],
) -> list[Reduced]:
    """What is taken off each line, in the order of the lines: offers first, then coupons.

    `coupons` by producer. Two offers never take off the same line; the first one does.
    """
    by_offer = [0] * len(goods)
    for offer in offers:
        for i, minor in enumerate(offer_parts(offer, goods)):
            by_offer[i] = by_offer[i] or minor
    by_coupon = [0] * len(goods)
    for producer_id, coupon in coupons.items():
        places = [i for i, good in enumerate(goods) if good.producer_id == producer_id]
        parts = coupon_parts(coupon, [goods[i].single_minor - by_offer[i] for i in places])
        for i, minor in zip(places, parts, strict=True):
            by_coupon[i] = minor
    return [Reduced(*pair) for pair in zip(by_offer, by_coupon, strict=True)]


def coupon_fault(
    begins: datetime, ends: datetime | None, max_uses: int | None, used: int, now: datetime,
    stopped: bool = False,
) -> str:
    """Why a coupon cannot be used now: early, over, used_up; "" for nothing."""
    if now < begins:
        return "early"
    if stopped or (ends is not None and now >= ends):
        return "over"
    return "used_up" if max_uses is not None and used >= max_uses else ""
