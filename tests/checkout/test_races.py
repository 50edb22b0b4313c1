"""Many press at the same moment: no piece twice, no coupon twice, no half order, no dead lock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

import pytest
from flask import Flask

from marketplace.catalog.models import Variant
from marketplace.checkout.actions import (
    NewCoupon,
    add,
    keep_draft,
    make_coupon,
    merge_at_sign_in,
    name_coupon,
    own_basket,
    place,
)
from marketplace.checkout.actions.placing import Placing
from marketplace.checkout.models import Basket
from marketplace.checkout.queries import basket_row, basket_view, loaded_basket
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import MarketError
from marketplace.foundation.jobs import run_due
from tests.cast import Cast
from tests.checkout.hands import HAT, LITRE, RED, count

BUYERS, BOTTLES, TIMES = 50, 7, 20
ANSWERS = {"name": "Buyer", "street": "Weg 1", "postcode": "10115", "city": "Berlin",
           "country": "DE", "method": "bank_transfer",
           "age": {"method": "declared", "class": 18, "at": "2026-11-30T00:00:00+00:00"}}


@dataclass(frozen=True)
class Ready:
    """A basket in front of the button."""

    key: str
    version: int
    minor: int
    attempt: str
    email: str


def ready(cast: Cast, n: int, slugs: Sequence[str], coupon: str = "") -> Ready:
    """A visitor with these goods, all steps answered."""
    email = f"buyer{n}@example.org"
    with committing():
        row = own_basket(None, None)
        for slug in slugs:
            add(row, cast.goods(slug).variant_id, 1, ("direct", None), "de")
        if coupon:
            name_coupon(row, coupon, [cast.goods(slugs[0]).producer_id])
        draft = keep_draft(row, {**ANSWERS, "email": email})
        attempt, key = draft.attempt_key, row.key
    fresh = basket_row(None, key)
    assert fresh is not None
    total = basket_view(loaded_basket(None, key), "de").total_minor
    found = Ready(key, fresh.version, total, attempt, email)
    db.session.rollback()
    return found


def pressed(one: Ready, attempt: str = "") -> str:
    """Place this order; what came of it, in a word."""
    loaded = loaded_basket(None, one.key)
    if loaded is None or loaded.draft is None:
        return "gone"
    how = Placing(attempt or one.attempt, one.version, one.minor, one.email, "de", "live", None)
    try:
        with committing():
            return f"order {place(loaded, how).number}"
    except MarketError as fault:
        return type(fault).__name__


def at_once(app: Flask, acts: Sequence[Callable[[], str]]) -> Counter[str]:
    """Do all in the same moment, each with a session of its own; what came of them."""
    barrier = Barrier(len(acts))

    def one(act: Callable[[], str]) -> str:
        with app.app_context():
            barrier.wait()
            try:
                return act()
            finally:
                db.session.remove()

    db.session.remove()
    with ThreadPoolExecutor(len(acts)) as pool:
        found = [each.result() for each in [pool.submit(one, act) for act in acts]]
    return Counter(word.split()[0] for word in found)


def stock(cast: Cast, pieces: int, *slugs: str) -> None:
    """So many pieces of each, none kept for anybody."""
    with committing():
        for slug in slugs:
            db.session.execute(db.update(Variant).where(
                Variant.id == cast.goods(slug).variant_id).values(on_hand=pieces, reserved=0))


def whole(orders: int, pieces: int) -> None:
    """So many orders, each with its part; kept pieces equal the open reservations."""
    assert count("SELECT count(*) FROM orders") == orders
    assert count("SELECT count(*) FROM orders o WHERE NOT EXISTS (SELECT 1 FROM seller_orders s "
                 "WHERE s.order_id = o.id)") == 0
    assert count("SELECT sum(qty) FROM reservations WHERE state = 'held'") == pieces
    assert count("SELECT sum(reserved) FROM variants") == pieces
    assert count("SELECT count(*) FROM variants WHERE reserved > on_hand AND NOT made_to_order"
                 ) == 0


@pytest.mark.slow
def test_fifty_buyers_of_two_scarce_goods_in_both_orders(app: Flask, cast: Cast) -> None:
    """checkout-27: half took red before litre, half litre before red: 7 orders, nobody waits for
    ever, nobody gets half of it.
    """
    stock(cast, BUYERS, RED, LITRE)
    both = [(RED, LITRE), (LITRE, RED)]
    tries = [ready(cast, n, both[n % 2]) for n in range(BUYERS)]
    stock(cast, BOTTLES, RED, LITRE)
    came = at_once(app, [lambda one=one: pressed(one) for one in tries])  # type: ignore[misc]
    assert came == {"order": BOTTLES, "SoldOut": BUYERS - BOTTLES}
    whole(BOTTLES, 2 * BOTTLES)


@pytest.mark.slow
def test_scarce_goods_twenty_times(app: Flask, cast: Cast) -> None:
    """checkout-26: again and again five press for two bottles: two orders, three sentences."""
    stock(cast, 1_000, RED)
    tries = [[ready(cast, 100 * turn + n, [RED]) for n in range(5)] for turn in range(TIMES)]
    for turn, few in enumerate(tries, start=1):
        kept = count("SELECT sum(reserved) FROM variants")
        with committing():
            db.session.execute(db.update(Variant).where(
                Variant.id == cast.goods(RED).variant_id).values(on_hand=kept + 2))
        came = at_once(app, [lambda one=one: pressed(one) for one in few])  # type: ignore[misc]
        assert came == {"order": 2, "SoldOut": 3}, turn
        whole(2 * turn, 2 * turn)


def test_one_attempt_sent_twenty_times(app: Flask, cast: Cast) -> None:
    """checkout-28: the same key is one order, one reservation, one letter to the buyer."""
    one = ready(cast, 1, [HAT])
    came = at_once(app, [lambda: pressed(one)] * 20)
    assert set(came) <= {"order", "gone"}
    assert came["order"] >= 1
    whole(1, 1)
    run_due()
    assert count("SELECT count(*) FROM letters WHERE email = 'buyer1@example.org'") == 1


def test_twenty_attempts_from_one_basket(app: Flask, cast: Cast) -> None:
    """checkout-28: other keys on one basket: one order, the others hear that the basket moved."""
    one = ready(cast, 1, [HAT])
    came = at_once(app, [lambda n=n: pressed(one, f"key-{n}") for n in range(20)])  # type: ignore[misc]
    assert came["order"] == 1
    assert set(came) <= {"order", "BasketMoved", "gone"}
    whole(1, 1)


def test_coupon_for_one_is_used_once(app: Flask, cast: Cast) -> None:
    """checkout-29: ten with the same coupon for one use: one order, nine are told why."""
    with committing():
        make_coupon(cast.goods(HAT).producer_id, cast.id("bert"),
                    NewCoupon("EINMAL-5", "amount", 500, max_uses=1))
    tries = [ready(cast, n, [HAT], "EINMAL-5") for n in range(9)]
    tries.append(ready(cast, 9, [HAT], "EINMAL-5"))
    stock(cast, 100, HAT)
    came = at_once(app, [lambda one=one: pressed(one) for one in tries])  # type: ignore[misc]
    assert came["order"] == 1
    assert came["PriceMoved"] + came["CouponGone"] == 9
    whole(1, 1)
    assert count("SELECT used FROM coupons") == 1


def test_twenty_sign_ins_leave_one_basket(app: Flask, cast: Cast) -> None:
    """checkout-21: the guest's hat and the member's wine stand once, in one basket."""
    guest, person = ready(cast, 1, [HAT]), cast.id("cleo")

    def signs_in() -> str:
        with committing():
            merge_at_sign_in(person, guest.key)
        return "in"

    assert at_once(app, [signs_in] * 20) == {"in": 20}
    db.session.rollback()
    assert db.session.scalar(db.select(db.func.count(Basket.id))) == 1
    assert count("SELECT count(*) FROM basket_lines") == 1
    assert count("SELECT count(*) FROM baskets WHERE person_id IS NOT NULL") == 1
