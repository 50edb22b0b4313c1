"""The books against the orders: nothing to say where all is well, one sentence for each fault."""

from __future__ import annotations

import pytest
from flask import Flask

from marketplace.foundation.database import Model, committing, db
from marketplace.orders.actions import owe
from marketplace.orders.models import SellerOrder
from marketplace.orders.queries.keeping import wrong_stock
from marketplace.payments.actions import post
from marketplace.payments.models import PaymentPart, RefundRun
from marketplace.payments.queries.invariants import broken_books
from marketplace.payments.rules import ledger
from marketplace.payments.rules.ledger import Move
from tests.orders.hands import number_of
from tests.payments.hands import RED, Shop


def paid(shop: Shop) -> int:
    """A part that is paid by card and handed over."""
    parts = shop.order((RED, 1))
    shop.fake.pay(shop.page(parts[0]))
    shop.told()
    assert list(broken_books()) == []
    return parts[0]


def said() -> list[str]:
    """What the look over all rows says."""
    db.session.rollback()
    return list(broken_books())


def test_paid_sum_and_refund_counter_are_compared(shop: Shop) -> None:
    """payments 3.6: paid_minor equals the moves, the counter of refunds equals the refunds."""
    part_id = paid(shop)
    number = f"{number_of(part_id)}-1"
    row = db.session.get_one(SellerOrder, part_id)
    total = row.paid_minor
    with committing():
        db.session.execute(db.update(SellerOrder).where(SellerOrder.id == part_id).values(
            paid_minor=total + 1, refunded_minor=5))
    assert said() == [f"{number}: {total + 1} paid, {total} in the books",
                      f"{number}: refunds of 0, counted 5"]


def test_transfer_without_its_move_is_found(shop: Shop) -> None:
    """payments 3.6: what is noted as taken back has moved."""
    part_id = paid(shop)
    with committing():
        db.session.execute(db.update(PaymentPart).where(
            PaymentPart.seller_order_id == part_id).values(taken_back_minor=3))
    assert said() == [f"{number_of(part_id)}-1: 3 as take_back, 0 in the books"]


@pytest.mark.parametrize(("move", "words"), [
    (Move("operator:commission", "producer:1", 5, "transfer"),
     "planted: from operator:commission to producer:1"),
    (Move("buyer:1", "operator:commission", 5, "paid"),
     "planted: from buyer:1 to operator:commission"),
    (Move("held:1", "operator:advances", 5, "transfer"),
     "planted: from held:1 to operator:advances")])
def test_operator_holds_nobodys_money(shop: Shop, move: Move, words: str) -> None:
    """payments-7: no money of a buyer reaches the operator, none of the operator a producer."""
    paid(shop)
    with committing():
        post("planted", [move])
    assert words in said()


def test_nothing_is_held_without_a_reason(shop: Shop) -> None:
    """payments-7: held money has a transfer, a refund, a dispute or a person behind it."""
    part_id = paid(shop)
    row = db.session.get_one(SellerOrder, part_id)
    producer, minor = f"producer:{row.producer_id}", row.total_minor
    db.session.rollback()
    with committing():
        post("planted", [Move(producer, f"held:{part_id}", 7, "correction", part_id)])
    assert said() == [f"held:{part_id}: 7 held without a reason"]
    with committing():
        owe(part_id, "complaint", minor, name="Ute", words="Korken")
    assert said() == []
    with committing():
        db.session.execute(db.update(RefundRun).values(step="done"))
    assert f"held:{part_id}: 7 held without a reason" in said()


def test_reserved_pieces_are_held_for_an_order(shop: Shop) -> None:
    """checkout-30: reserved equals the open rows; a lost one is named with its SKU."""
    shop.order((RED, 2))
    assert list(wrong_stock(9)) == []
    variant = shop.cast.goods(RED).variant_id
    db.session.rollback()
    with committing():
        db.session.execute(db.text("UPDATE variants SET reserved = 3 WHERE id = :v"),
                           {"v": variant})
    assert [row[1:] for row in wrong_stock(9)] == [(3, 2)]


def test_no_column_and_no_account_lets_the_operator_owe(app: Flask) -> None:
    """payments-7: read from the schema: the book has no account of the operator's that a buyer's
    money could wait on, no table of money has a column for what the operator owes or holds, and
    no move of the room's own rules takes a buyer's or a held amount to the operator but as
    commission or to undo a dispute.
    """
    assert sorted(name for name in (
        "operator:commission", "operator:disputes", "operator:advances", "operator:held",
        "operator:buyers", "operator:payouts", "operator:balance", "operator")
        if ledger.is_account(name)) == [
            "operator:advances", "operator:commission", "operator:disputes"]
    columns = {str(column) for mapper in Model.registry.mappers for column in mapper.columns
               if mapper.class_.__module__.startswith("marketplace.payments.")}
    minors = {name for name in columns if name.endswith("minor")}
    assert len(minors) > 20
    assert not [name for name in columns if any(
        word in name for word in ("operator", "wallet", "payout", "escrow", "owed"))]
    part = ledger.Part(1, 2, 3, 6090, 432)
    moves = [*ledger.paid([part]), *ledger.paid_directly(part, 6090), *ledger.handed_over(part),
             *ledger.fee(187), *ledger.refunded(part, 650, 52),
             *ledger.refunded(part, 650, 52, 598),
             *ledger.refunded_directly(part, 650), *ledger.refunded_from_held(part, 650),
             *ledger.disputed(1, 500), *ledger.dispute_won(1, 500), *ledger.recovered(part, 500),
             *ledger.recovered(part, 500, held=True), *ledger.returned(part, 500),
             *ledger.advance_back(3, 598)]
    to_operator = {(move.source.split(":")[0], move.reason) for move in moves
                   if move.target.startswith("operator:")}
    assert to_operator == {("held", "commission"), ("buyer", "dispute_in"),
                           ("producer", "dispute_recover"), ("held", "dispute_recover"),
                           ("producer", "advance_back")}
    from_operator = {(move.target.split(":")[0], move.reason) for move in moves
                     if move.source.startswith("operator:")}
    assert from_operator == {("provider", "fee"), ("held", "commission_back"), ("held", "advance"),
                             ("buyer", "dispute_out"), ("producer", "dispute_return")}
