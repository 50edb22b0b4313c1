"""Withdrawals from the declaration to the money: by line, by seller, before and after dispatch."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.orders.actions import (
    declare_withdrawal,
    deliver,
    hand_over,
    mark_paid,
    refund_moved,
)
from marketplace.orders.actions.returning import (
    accept,
    assign,
    goods_back,
    object_to,
    proof_of_sending,
)
from marketplace.orders.models import OrderLine, Refund, Withdrawal, WithdrawalLine
from marketplace.orders.rules.returning import answered_state, clipped, first_state, split
from tests.cast import Cast
from tests.orders.hands import number_of, part, placed

WINE, LITRE, HAT = "riesling-vom-schiefer", "literwein-fuer-alle-tage", "muetze-deichwind"
MAIL = "cleo@example.org"


def lines(part_id: int) -> list[OrderLine]:
    """The lines of a part as they stand in the database."""
    db.session.rollback()
    return list(db.session.scalars(
        db.select(OrderLine).where(OrderLine.seller_order_id == part_id).order_by(OrderLine.id)
        .execution_options(populate_existing=True)))


def declared(number: str, pieces: dict[int, int] | None = None, text: str = "",
             email: str = MAIL) -> list[Withdrawal]:
    """Declare and keep it."""
    db.session.rollback()
    with committing():
        return declare_withdrawal("Cleo", email, number, text, "de", pieces)


def again(row: Withdrawal) -> Withdrawal:
    """The declaration as it stands now."""
    db.session.rollback()
    return db.session.get_one(Withdrawal, row.id, populate_existing=True)


def sent(cast: Cast, *goods: tuple[str, int], arrived: bool = True) -> list[int]:
    """Parts that were paid and sent, and arrived."""
    parts = placed(cast, *goods)
    with committing():
        for one in parts:
            mark_paid(one, "system")
            hand_over(one, "Ana")
            if arrived:
                deliver(one, "buyer")
    return parts


def test_where_a_declaration_stands() -> None:
    """orders 3.3: nothing left its seller: the money is owed; else the goods are waited for; late
    or excluded: the seller is asked; nothing is left: closed. Of 5 pieces with 2 at home 3 return.
    """
    assert first_state(False, False, True) == "refund_due"
    assert first_state(True, False, True) == "awaiting_goods"
    assert first_state(True, True, True) == first_state(False, True, True) == "declared"
    assert first_state(True, True, False) == "closed"
    assert answered_state(True, False) == "awaiting_goods"
    assert answered_state(True, True) == answered_state(False, False) == "refund_due"
    assert split(5, 2) == (2, 3) and split(2, 5) == (2, 0)
    assert clipped({1: 9, 2: 0, 3: 1, 4: 2}, {1: 6, 2: 3, 3: 0}) == {1: 6}


def test_before_anything_was_sent_it_ends_the_part(cast: Cast) -> None:
    """orders-11, 3.2: a whole withdrawal before handover is a cancelling; all of it is owed."""
    (one,) = placed(cast, (WINE, 3))
    with committing():
        mark_paid(one, "system")
    (row,) = declared(number_of(one))
    assert (again(row).state, part(one).state) == ("refund_due", "cancelled")
    refund = db.session.get_one(Refund, again(row).refund_id)
    assert (refund.minor, refund.cause) == (3 * 1140 + 690, "cancel")
    with committing():
        refund_moved(refund.id, "done")
    assert again(row).state == "refunded"


def test_unpaid_pieces_are_simply_not_owed(cast: Cast) -> None:
    """orders-11: one of three before payment: the sum is lower, nothing goes back; closed."""
    (one,) = placed(cast, (WINE, 3))
    (line,) = lines(one)
    (row,) = declared(number_of(one), {line.id: 1})
    assert (again(row).state, part(one).total_minor) == ("closed", 2 * 1140 + 690)
    assert (lines(one)[0].cancelled, part(one).state) == (1, "awaiting_payment")


def test_sent_pieces_wait_for_the_goods_or_their_proof(cast: Cast) -> None:
    """orders-11, 3.6: two of three that arrived; flat sending is not given back for a part; the
    proof of sending makes the money due within 14 days of the declaration.
    """
    (one,) = sent(cast, (WINE, 3))
    (line,) = lines(one)
    (row,) = declared(number_of(one), {line.id: 2})
    assert (again(row).state, lines(one)[0].withdrawn) == ("awaiting_goods", 2)
    assert db.session.scalars(db.select(Refund)).all() == []
    with pytest.raises(Invalid), committing():
        proof_of_sending(row.id, " ", None)
    with committing():
        proof_of_sending(row.id, "DHL 00340434161094042557", None)
    refund = db.session.get_one(Refund, again(row).refund_id)
    assert (refund.cause, refund.minor, refund.goods_minor, refund.shipping_minor) == (
        "withdrawal", 2280, 2280, 0)
    assert refund.due_on == again(row).refund_by == clock.today() + timedelta(days=14)
    with pytest.raises(Conflict), committing():
        proof_of_sending(row.id, "noch einmal", None)
    with committing():
        goods_back(row.id, "Ana")
    assert lines(one)[0].returned == 2
    with pytest.raises(Conflict), committing():
        goods_back(row.id, "Ana")
    assert len(db.session.scalars(db.select(Refund)).all()) == 1


def test_everything_back_gives_the_sending_back(cast: Cast) -> None:
    """orders-13, 3.6: all pieces: goods and the whole standard sending, once the goods are there;
    a second declaration of the same finds nothing left.
    """
    (one,) = sent(cast, (WINE, 2))
    (row,) = declared(number_of(one))
    with committing():
        goods_back(row.id, "Ana")
    refund = db.session.get_one(Refund, again(row).refund_id)
    assert (refund.minor, refund.shipping_minor) == (2280 + 690, 690)
    (second,) = declared(number_of(one), text="Und noch einmal")
    assert (again(second).state, again(second).code != row.code) == ("closed", True)


def test_two_sellers_two_declarations(cast: Cast) -> None:
    """orders-2, orders-11: each seller has its own; what is not chosen stays untouched."""
    wine, hat = sent(cast, (WINE, 2), (HAT, 1))
    rows = declared(number_of(wine))
    assert [row.seller_order_id for row in rows] == [wine, hat]
    assert len({row.code for row in rows}) == 2
    other, kept = sent(cast, (WINE, 2), (HAT, 1))
    (only,) = declared(number_of(other), {lines(other)[0].id: 1, lines(kept)[0].id: 0})
    assert only.seller_order_id == other and lines(kept)[0].withdrawn == 0


def test_parts_of_a_set_keep_their_allocated_price(cast: Cast) -> None:
    """orders-13, 3.6: what stays of a set costs what it did; 5.63 for one of two goes back."""
    (one,) = sent(cast, (WINE, 1), (LITRE, 1))
    wine, litre = lines(one)
    with committing():
        db.session.execute(db.update(OrderLine).where(OrderLine.id == wine.id).values(
            total_minor=858, set_key="s1", set_ref="Abend"))
        db.session.execute(db.update(OrderLine).where(OrderLine.id == litre.id).values(
            total_minor=563, set_key="s1", set_ref="Abend"))
    (row,) = declared(number_of(one), {litre.id: 1})
    with committing():
        goods_back(row.id, "Ana")
    assert db.session.get_one(Refund, again(row).refund_id).minor == 563
    assert lines(one)[0].total_minor == 858


def test_the_same_within_ten_minutes_is_one(cast: Cast) -> None:
    """orders-14: double submit gives one record and one code, another text is another one."""
    (one,) = sent(cast, (WINE, 2))
    (line,) = lines(one)
    first = [row.code for row in declared(number_of(one), {line.id: 1})]
    assert [row.code for row in declared(number_of(one), {line.id: 1})] == first
    assert lines(one)[0].withdrawn == 1
    (other,) = declared(number_of(one), {line.id: 1}, text="Noch eine")
    assert other.code not in first and lines(one)[0].withdrawn == 2
    free = [declared("die Flaschen vom Mai", email="x@example.org")[0].code for _n in range(2)]
    assert free[0] == free[1]


def test_late_and_excluded_ones_are_passed_on(cast: Cast) -> None:
    """orders-11, 3.6: after the period, or without the right: taken, told, and the seller is asked
    before any money is owed; an objection names its reason and can be taken back.
    """
    (one,) = sent(cast, (WINE, 2))
    with committing():
        part(one).withdraw_until = date(2026, 1, 2)
        db.session.flush()
    (row,) = declared(number_of(one))
    assert (again(row).state, again(row).after_deadline) == ("declared", True)
    for reason, words, field in (("", "Zu spät gekommen.", "reason"), ("late", "zu", "words")):
        with pytest.raises(Invalid) as fault, committing():
            object_to(row.id, reason, words, "Ana")
        assert list(fault.value.faults) == [field]
    with committing():
        object_to(row.id, "late", "Die Frist war am 2. Januar zu Ende.", "Ana")
    assert (again(row).state, again(row).objection) == ("objected", "late")
    assert db.session.scalars(db.select(Refund)).all() == []
    with committing():
        accept(row.id, "Ana")
    assert (again(row).state, again(row).objection) == ("awaiting_goods", None)


def test_goods_without_the_right_that_did_not_leave(cast: Cast) -> None:
    """orders-11: made to order and not sent: the seller is asked; accepted it ends the part."""
    (one,) = placed(cast, (WINE, 1))
    with committing():
        mark_paid(one, "system")
        db.session.execute(db.update(OrderLine).where(OrderLine.seller_order_id == one)
                           .values(withdrawable=False, withdrawal="made_to_order"))
    (row,) = declared(number_of(one))
    assert (again(row).state, part(one).state, lines(one)[0].withdrawn) == ("declared", "paid", 1)
    with committing():
        accept(row.id, "Ana")
    assert (again(row).state, part(one).state) == ("refund_due", "cancelled")
    assert part(one).refunded_minor == 1140 + 690


def test_a_wrong_pair_is_kept_and_found_by_a_person(app: Flask, cast: Cast) -> None:
    """orders-12: the declaration stands without an order; the operator finds it; once."""
    (one,) = sent(cast, (WINE, 2))
    (row,) = declared(number_of(one), email="other@example.org")
    assert (again(row).state, again(row).seller_order_id) == ("unassigned", None)
    with committing():
        assign(row.id, part(one), "Olga")
    assert (again(row).state, again(row).seller_order_id) == ("awaiting_goods", one)
    assert sum(one.qty for one in db.session.scalars(db.select(WithdrawalLine))) == 2
    with pytest.raises(Conflict), committing():
        assign(row.id, part(one), "Olga")


def test_three_sellers_are_three_contracts(cast: Cast) -> None:
    """orders-2: one order, two sellers: two contracts, two numbers, two parcels, two invoices; what
    happens to one leaves every row of the other as it was.
    """
    wine, hat = placed(cast, (WINE, 1), (HAT, 1))
    with committing():
        mark_paid(wine, "system")
        mark_paid(hat, "system")
    before = _rows_of(hat)
    with committing():
        hand_over(wine, "Ana")
        deliver(wine, "buyer")
    (row,) = declared(part(wine).number)
    with committing():
        goods_back(row.id, "Ana")
    assert _rows_of(hat) == before
    with committing():
        hand_over(hat, "Bert")
    assert {part(one).number for one in (wine, hat)} == {
        f"{number_of(wine)}-1", f"{number_of(wine)}-2"}
    for table, count in (("parcels", 2), ("documents", 3)):
        assert db.session.scalar(db.text(f"SELECT count(*) FROM {table}")) == count, table


def _rows_of(part_id: int) -> list[str]:
    """Every row of a part, as text."""
    db.session.rollback()
    return [str(row) for query in (
        "SELECT * FROM seller_orders WHERE id = :id",
        "SELECT * FROM order_lines WHERE seller_order_id = :id",
        "SELECT * FROM parcels WHERE seller_order_id = :id",
        "SELECT * FROM refunds WHERE seller_order_id = :id",
        "SELECT * FROM order_history WHERE seller_order_id = :id ORDER BY id")
        for row in db.session.execute(db.text(query), {"id": part_id})]
