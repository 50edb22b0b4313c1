"""Money that arrives and money that goes back: whole, part, too much, too late, many at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from marketplace.catalog.models import Variant
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.orders.actions import (
    cancel_lines,
    cancel_part,
    credit,
    deliver,
    hand_over,
    mark_paid,
    owe,
    refund_moved,
    start_packing,
)
from marketplace.orders.models import OrderLine, Refund, Reservation
from marketplace.orders.rules.states import TABLE
from tests.cast import Cast
from tests.orders.hands import paid, part, placed

WINE, HAT = "riesling-vom-schiefer", "muetze-deichwind"


def refunds() -> list[tuple[str, int, str]]:
    """Cause, amount and state of every refund."""
    db.session.rollback()
    return [(r.cause, r.minor, r.state) for r in
            db.session.scalars(db.select(Refund).order_by(Refund.id)
                               .execution_options(populate_existing=True))]


def kept(slug_id: int) -> tuple[int, int]:
    """Reserved by the counter, and by the held rows."""
    db.session.rollback()
    held = db.session.scalar(db.select(db.func.coalesce(db.func.sum(Reservation.qty), 0)).where(
        Reservation.variant_id == slug_id, Reservation.state == "held"))
    reserved = db.session.scalar(db.select(Variant.reserved).where(Variant.id == slug_id))
    return int(reserved or 0), int(held or 0)


def test_the_whole_sum_a_part_of_it_and_too_much(cast: Cast) -> None:
    """orders 3.2: 0.90 is missing, then 1.00 comes: paid, 0.10 is owed back."""
    (one,) = placed(cast, (WINE, 2))
    total = part(one).total_minor
    with committing():
        assert credit(one, total - 90, "system") == "part"
    assert (part(one).state, part(one).paid_minor) == ("awaiting_payment", total - 90)
    with committing():
        assert credit(one, 100, "system") == "over"
    assert (part(one).state, part(one).refunded_minor) == ("paid", 10)
    assert refunds() == [("overpaid", 10, "due")]
    with committing():
        assert credit(one, 500, "system") == "over"
    assert refunds()[1:] == [("overpaid", 500, "due")]
    assert part(one).paid_minor - part(one).refunded_minor == total


def test_money_after_the_end_revives_or_goes_back(cast: Cast) -> None:
    """payments-23: late with stock revives, without goes back whole."""
    goods = cast.goods(WINE)
    (one,) = placed(cast, (WINE, 2))
    with committing():
        cancel_part(one, "buyer")
    assert kept(goods.variant_id) == (0, 0)
    with committing():
        assert credit(one, part(one).total_minor, "system") == "revived"
    assert part(one).state == "paid" and kept(goods.variant_id) == (2, 2)
    with committing():
        cancel_part(one, "seller", "Ute", "Frost")
    assert refunds() == [("cancel", part(one).total_minor, "due")]
    (two,) = placed(cast, (WINE, 2))
    with committing():
        cancel_part(two, "buyer")
        db.session.execute(db.update(Variant).where(Variant.id == goods.variant_id)
                           .values(on_hand=1))
    with committing():
        assert credit(two, part(two).total_minor, "system") == "late"
    assert part(two).state == "cancelled" and kept(goods.variant_id) == (0, 0)
    assert refunds()[1:] == [("late_payment", part(two).total_minor, "due")]


def test_ten_refunds_at_once(app: Flask, cast: Cast) -> None:
    """orders-16: ten times 10.00 on 25.00 that are left: two are accepted."""
    (one,) = placed(cast, (WINE, 3), shipping=690)
    with committing():
        mark_paid(one, "system")
    spare = part(one).paid_minor - 2500
    with committing():
        owe(one, "complaint", spare)
    db.session.remove()
    start = Barrier(10)

    def ask(_n: int) -> str:
        start.wait(30)
        with app.app_context(), app.test_request_context(method="POST"):
            try:
                with committing():
                    owe(one, "complaint", 1000)
            except Conflict:
                return "refused"
            return "owed"

    with ThreadPoolExecutor(10) as pool:
        found = sorted(pool.map(ask, range(10)))
    assert found == ["owed"] * 2 + ["refused"] * 8
    assert part(one).paid_minor - part(one).refunded_minor == 500


def test_pieces_that_cannot_be_sent(cast: Cast) -> None:
    """orders 3.2, 3.7: one of three before payment makes it cheaper, after it goes back; counters
    and stock agree; what is sent cannot be cancelled; all gone ends the part.
    """
    goods = cast.goods(WINE)
    (one,) = placed(cast, (WINE, 3))
    line = db.session.scalars(db.select(OrderLine.id).where(
        OrderLine.seller_order_id == one)).one()
    before, price = part(one).total_minor, part(one).goods_minor // 3
    with committing():
        assert cancel_lines(one, {line: 1}, "Ute", "Eine ist zerbrochen") is None
    assert part(one).total_minor == before - price and kept(goods.variant_id) == (2, 2)
    with committing():
        mark_paid(one, "staff", "Ute")
        back = cancel_lines(one, {line: 1}, "Ute", "Noch eine")
        assert back is not None and back.goods_minor == price
    assert part(one).state == "paid" and kept(goods.variant_id) == (1, 1)
    with committing():
        hand_over(one, "Ute")
    assert part(one).state == "dispatched" and kept(goods.variant_id) == (0, 0)
    with pytest.raises(Conflict), committing():
        cancel_lines(one, {line: 1}, "Ute", "Doch nicht")
    (two,) = placed(cast, (WINE, 2))
    other = db.session.scalars(db.select(OrderLine.id).where(
        OrderLine.seller_order_id == two)).one()
    for wrong in ({}, {line: 1}, {other: -1}):
        with pytest.raises(Invalid), committing():
            cancel_lines(two, wrong, "Ute", "Frost")
    with pytest.raises(Invalid), committing():
        cancel_lines(two, {other: 1}, "Ute", "")
    with committing():
        mark_paid(two, "system")
        cancel_lines(two, {other: 2}, "Ute", "Frost")
    assert part(two).state == "cancelled" and refunds()[-1][1] == part(two).total_minor


def test_a_refund_is_done_once(cast: Cast) -> None:
    """orders 3.3: done is final."""
    (one,) = placed(cast, (WINE, 1))
    with committing():
        mark_paid(one, "system")
        row = owe(one, "complaint", 100, name="Ute", words="Kulanz")
        assert row is not None
    for state, moved in (("sending", True), ("failed", True), ("due", True), ("done", True),
                         ("done", False), ("failed", False)):
        with committing():
            assert refund_moved(row.id, state) is moved, state
    assert refunds() == [("complaint", 100, "done")]
    assert owe(one, "complaint", 0) is None


STEPS = {
    "fully_paid": lambda i: mark_paid(i, "system"),
    "packing": lambda i: start_packing(i, "Ute"),
    "handed_over": lambda i: hand_over(i, "Ute"),
    "delivered": lambda i: deliver(i, "buyer"),
    "buyer_cancels": lambda i: cancel_part(i, "buyer"),
    "seller_cancels": lambda i: cancel_part(i, "seller", "Ute", "Frost"),
}
WAYS = {
    "awaiting_payment": (), "paid": ("fully_paid",), "preparing": ("fully_paid", "packing"),
    "dispatched": ("fully_paid", "handed_over"),
    "delivered": ("fully_paid", "handed_over", "delivered"), "cancelled": ("buyer_cancels",),
}


@pytest.mark.parametrize("state", sorted(WAYS))
def test_the_table_cell_by_cell(cast: Cast, state: str) -> None:
    """orders-1: every event in every state; a refused cell leaves all rows as they were."""
    for event, act in STEPS.items():
        (one,) = placed(cast, (HAT, 1))
        for step in WAYS[state]:
            with committing():
                STEPS[step](one)
        assert part(one).state == state
        then, rows = TABLE[event][state], snapshot(one)
        if then == "!":
            with pytest.raises(Conflict), committing():
                act(one)
            assert snapshot(one) == rows, event
            continue
        with committing():
            act(one)
        meant = {"=": state, "revive": "paid"}.get(then, then)
        assert part(one).state == meant, event
        with committing():
            if meant in ("awaiting_payment", "paid", "preparing"):
                cancel_part(one, "buyer")


def snapshot(part_id: int) -> list[str]:
    """Every row of a part."""
    db.session.rollback()
    found = [str(sorted((k, v) for k, v in vars(part(part_id)).items() if k[0] != "_"))]
    for table in (OrderLine, ):
        for row in db.session.scalars(db.select(table).where(
                table.seller_order_id == part_id).execution_options(populate_existing=True)):
            found.append(str(sorted((k, v) for k, v in vars(row).items() if k[0] != "_")))
    return found


def test_what_is_being_made_is_not_cancelled_by_the_buyer(cast: Cast) -> None:
    """orders 3.2: from the beginning of packing on; before, and by the seller, it is."""
    (one,) = placed(cast, (HAT, 1))
    with committing():
        mark_paid(one, "system")
        db.session.execute(db.update(OrderLine).where(OrderLine.seller_order_id == one)
                           .values(withdrawal="made_to_measure", withdrawable=False))
        start_packing(one, "Ute")
    rows = snapshot(one)
    with pytest.raises(Conflict), committing():
        cancel_part(one, "buyer")
    assert snapshot(one) == rows
    with committing():
        cancel_part(one, "seller", "Ute", "Kein Garn")
    assert part(one).state == "cancelled"


def test_a_piece_is_cancelled_once(cast: Cast) -> None:
    """orders 3.1: the same form sent twice is refused in words, and nothing is owed twice."""
    (one,) = paid(cast, (WINE, 1), ("spaetburgunder-dorfkern", 1))
    line = db.session.scalars(db.select(OrderLine.id).where(
        OrderLine.seller_order_id == one).order_by(OrderLine.id)).first()
    db.session.rollback()
    assert line is not None
    with committing():
        cancel_lines(one, {line: 1}, "Ute", "Zerbrochen.")
    owed = part(one).refunded_minor
    with pytest.raises(Conflict), committing():
        cancel_lines(one, {line: 1}, "Ute", "Zerbrochen.")
    assert part(one).refunded_minor == owed and part(one).state == "paid"
