"""What a basket costs: the vectors of the spec, and a thousand baskets that sum exactly."""

from __future__ import annotations

import random

import pytest

from marketplace.catalog.rules.prices import unit_price
from marketplace.checkout.rules.basket import in_the_way, is_full, merged_qty
from marketplace.checkout.rules.prices import (
    CouponTerm,
    Good,
    Reduced,
    SetOffer,
    Term,
    coupon_parts,
    offer_parts,
    reduced_lines,
    sets_in,
)
from marketplace.checkout.rules.sums import Item, SellerSum, seller_sum
from marketplace.foundation.money import allocate
from marketplace.orders.rules.amounts import given_back
from marketplace.orders.rules.shipping import Rate

A, B, C = 1, 2, 3
WINE, CHEESE, CLOTH = 11, 12, 13
PIECES = {WINE: 1, CHEESE: 1, CLOTH: 1}


def of_set(prices: list[int], producers: list[int], qty: tuple[int, ...] = (1, 1, 1)
           ) -> list[Good]:
    """Three lines of the set s1."""
    return [Good(producer, variant, n, price, "s1") for producer, variant, n, price in zip(
        producers, (WINE, CHEESE, CLOTH), qty, prices, strict=True)]


def flat(minor: int, free_from: int | None = None) -> list[Rate]:
    """One price for a parcel."""
    return [Rate("parcel", "flat", 0, None, minor, free_from, 18, 1, 4)]


@pytest.mark.parametrize(("total", "weights", "parts"), [
    (1000, [1, 1, 1], [334, 333, 333]), (-1000, [1, 1, 1], [-334, -333, -333]),
    (1, [1, 1, 1], [1, 0, 0]), (100, [0, 0, 0], [34, 33, 33])])
def test_allocate(total: int, weights: list[int], parts: list[int]) -> None:
    """checkout-3: the first row of 3.3."""
    assert allocate(total, weights) == parts


def test_set_price_is_split_by_single_prices() -> None:
    """checkout-3: 35.00 for 9.90 + 6.50 + 24.00 is 8.58 + 5.63 + 20.79; twice is 17.15 + 11.26 +
    41.59.
    """
    offer = SetOffer("o", "s1", PIECES, [Term(A, "fixed", 3500)])
    once = of_set([990, 650, 2400], [A, A, A])
    assert left(once, offer) == [858, 563, 2079]
    twice = of_set([990, 650, 2400], [A, A, A], (2, 2, 2))
    assert left(twice, offer) == [1715, 1126, 4159]


def left(goods: list[Good], offer: SetOffer) -> list[int]:
    """What stays of each line."""
    return [good.single_minor - off
            for good, off in zip(goods, offer_parts(offer, goods), strict=True)]


def test_joint_offer_takes_each_producers_share_off_its_own_lines() -> None:
    """checkout-3: 10 % of 9.90, 5 % of 2 x 6.50, nothing of 24.00: 8.91 + 12.35 + 24.00 = 45.26;
    units of 12.35 are 6.18 and 6.17.
    """
    goods = of_set([990, 650, 2400], [A, B, C], (1, 2, 1))
    offer = SetOffer("o", "s1", {WINE: 1, CHEESE: 2, CLOTH: 1},
                     [Term(A, "percent", 1000), Term(B, "percent", 500), Term(C, "percent", 0)])
    assert left(goods, offer) == [891, 1235, 2400]
    assert sum(good.single_minor for good in goods) == 4690
    assert sum(left(goods, offer)) == 4526
    assert [given_back(1235, 2, n, 1) for n in (0, 1)] == [618, 617]


def test_offer_then_coupon_then_shipping() -> None:
    """checkout-3: 54.00, 10 % off, coupon 5.00: goods 43.60, and 6.90 because free from 60.00."""
    goods = [Good(A, WINE, 6, 900, "s1")]
    offer = SetOffer("o", "s1", {WINE: 6}, [Term(A, "percent", 1000)])
    (off,) = reduced_lines(goods, [offer], {A: CouponTerm(A, "amount", 500)})
    assert off == Reduced(540, 500)
    sums = seller_sum(A, [Item(A, 6, 900, 0, 0, 0, off.minor)], flat(690, 6000))
    assert (sums.goods_minor, sums.shipping_minor, sums.to_free_minor) == (4360, 690, 1640)
    assert sums.discount_minor == 1040


def test_coupon_is_split_over_rates_and_never_goes_below_nothing() -> None:
    """checkout-3: 5.00 over 54.00 and 13.00 is 4.03 + 0.97; 20.00 on 13.00 gives 13.00."""
    assert coupon_parts(CouponTerm(A, "amount", 500), [5400, 1300]) == [403, 97]
    assert coupon_parts(CouponTerm(A, "amount", 2000), [1300]) == [1300]
    assert coupon_parts(CouponTerm(A, "percent", 1000), [5400, 1300]) == [540, 130]
    assert coupon_parts(CouponTerm(A, "amount", 500, 6701), [5400, 1300]) == [0, 0]


def test_deposit_is_no_part_of_the_goods() -> None:
    """checkout-3: 54.00 goods, 6 x 0.25 deposit, 6.90 is 62.40; free from 55.00 sees 54.00."""
    sums = seller_sum(A, [Item(A, 6, 900, 25, 0, 0)], flat(690, 5500))
    assert (sums.goods_minor, sums.deposit_minor, sums.total_minor) == (5400, 150, 6240)
    assert sums.to_free_minor == 100


def test_three_producers() -> None:
    """checkout-3: 60.90 + 18.50 + 28.90 = 108.30."""
    parts = [seller_sum(A, [Item(A, 6, 900, 0, 0, 0)], flat(690)),
             seller_sum(B, [Item(B, 2, 650, 0, 0, 0)], flat(550)),
             seller_sum(C, [Item(C, 1, 2400, 0, 0, 0)], flat(490))]
    assert [part.total_minor for part in parts] == [6090, 1850, 2890]
    assert sum(part.total_minor for part in parts) == 10830


@pytest.mark.parametrize(("minor", "amount", "unit", "found"), [
    (900, 750, "ml", (1200, "l")), (650, 250, "g", (2600, "kg")), (349, 330, "ml", (1058, "l")),
    (2490, 700, "ml", (3557, "l")), (300, 9, "g", None), (300, 9, "ml", None)])
def test_unit_prices(minor: int, amount: int, unit: str, found: tuple[int, str] | None) -> None:
    """checkout-3: the vectors of 3.4."""
    assert unit_price(minor, amount, unit, None) == found


def test_broken_set_and_dear_offer_take_nothing_off() -> None:
    """checkout-3: no part of a set is a set; 34.90 singly is not made dearer by 35.00."""
    offer = SetOffer("o", "s1", PIECES, [Term(A, "fixed", 3500)])
    assert sets_in(offer, of_set([990, 650, 2400], [A, A, A])[:2]) == 0
    assert offer_parts(offer, of_set([990, 650, 2400], [A, A, A])[:2]) == [0, 0]
    assert offer_parts(offer, of_set([990, 650, 1850], [A, A, A])) == [0, 0, 0]
    other = [Good(good.producer_id, good.variant_id, 1, good.unit_minor, "s2")
             for good in of_set([990, 650, 2400], [A, A, A])]
    assert offer_parts(offer, other) == [0, 0, 0]


def test_more_pieces_than_sets_cost_their_single_price() -> None:
    """checkout-3: two of the wine and one of the rest are one set and a wine of 9.90."""
    offer = SetOffer("o", "s1", PIECES, [Term(A, "fixed", 3500)])
    assert left(of_set([990, 650, 2400], [A, A, A], (2, 1, 1)), offer) == [858 + 990, 563, 2079]


def random_basket(dice: random.Random) -> tuple[list[Good], list[SetOffer], dict[int, CouponTerm]]:
    """Up to twelve lines of up to four producers, some in a set, with offers and coupons."""
    goods = [Good(dice.randint(1, 4), 100 + n, dice.randint(1, 9), dice.randint(1, 9999),
                  dice.choice(["", "s1", "s2"])) for n in range(dice.randint(1, 12))]
    offers = []
    for key in ("s1", "s2"):
        own = [good for good in goods if good.set_key == key]
        makers = {good.producer_id for good in own}
        if not own or dice.random() < 0.3:
            continue
        terms = [Term(maker, "percent", dice.randint(0, 9000)) for maker in makers]
        if len(makers) == 1 and dice.random() < 0.5:
            terms = [Term(next(iter(makers)), "fixed", dice.randint(0, 20_000))]
        offers.append(SetOffer(key, key, {good.variant_id: dice.randint(1, good.qty)
                                          for good in own}, terms))
    coupons = {maker: CouponTerm(maker, *dice.choice([("amount", dice.randint(1, 9999)), (
        "percent", dice.randint(1, 10_000))]), dice.choice([0, 5000]))
        for maker in {good.producer_id for good in goods} if dice.random() < 0.5}
    return goods, offers, coupons


def test_thousand_baskets_sum_exactly() -> None:
    """checkout-3, L-7: parts of lines sum to each seller's total, those to the order's; no line
    ever costs less than nothing or more than singly.
    """
    dice = random.Random(20261130)
    for _turn in range(1000):
        goods, offers, coupons = random_basket(dice)
        offs = reduced_lines(goods, offers, coupons)
        lines = [good.single_minor - off.minor for good, off in zip(goods, offs, strict=True)]
        assert all(0 <= line <= good.single_minor
                   for line, good in zip(lines, goods, strict=True))
        sums: dict[int, SellerSum] = {}
        for maker in {good.producer_id for good in goods}:
            own = [Item(maker, good.qty, good.unit_minor, 25, 0, 0, off.minor)
                   for good, off in zip(goods, offs, strict=True) if good.producer_id == maker]
            sums[maker] = seller_sum(maker, own, flat(690, 6000))
        assert sum(one.goods_minor for one in sums.values()) == sum(lines)
        assert sum(one.total_minor for one in sums.values()) == sum(lines) + sum(
            25 * good.qty for good in goods) + sum(one.shipping_minor or 0 for one in sums.values())
        for maker, coupon in coupons.items():
            taken = sum(off.coupon_minor for good, off in zip(goods, offs, strict=True)
                        if good.producer_id == maker)
            assert coupon.form == "percent" or taken <= coupon.value


def test_obstacles_and_limits() -> None:
    """checkout, basket: why a line cannot be had; 100 lines, 20 producers; the larger stays."""
    assert in_the_way(True, False, 3, 3) == ""
    assert in_the_way(True, False, 2, 3) == "less"
    assert in_the_way(True, False, 0, 1) == "sold_out"
    assert in_the_way(True, True, 0, 9) == ""
    assert in_the_way(False, True, 9, 1) == "off_sale"
    assert is_full([1] * 99, [1]) == ""
    assert is_full([1] * 100, [1]) == "lines"
    assert is_full(list(range(20)), [3]) == ""
    assert is_full(list(range(20)), [20]) == "producers"
    assert merged_qty(2, 6) == 6
