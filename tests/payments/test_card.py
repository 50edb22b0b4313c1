"""A basket of several sellers paid by card, from the page to the producers' accounts and back."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import OutsideDown
from marketplace.foundation.jobs import run_due
from marketplace.orders.actions import cancel_part, hand_over, owe
from marketplace.orders.models import Refund, SellerOrder
from marketplace.payments.jobs import ask_again, sweep
from marketplace.payments.models import PaymentNotice, PaymentPart, RefundRun
from marketplace.payments.rules.commission import commission
from tests.orders.hands import part
from tests.payments.hands import HAT, RED, Shop, attempt_of, books, held_rows


def shares(parts: list[int]) -> list[PaymentPart]:
    """The parts of the payments, as they stand."""
    db.session.rollback()
    return list(db.session.scalars(db.select(PaymentPart).where(
        PaymentPart.seller_order_id.in_(parts)).order_by(PaymentPart.seller_order_id)
        .execution_options(populate_existing=True)))


def paid(shop: Shop, *goods: tuple[str, int]) -> list[int]:
    """An order that was paid, split and told."""
    parts = shop.order(*goods)
    shop.fake.pay(shop.page(parts[0]))
    shop.told()
    return parts


def test_one_payment_a_transfer_for_each_seller(shop: Shop) -> None:
    """payments-6: order's group and charge; commission kept; nothing stays held; fee known."""
    parts = paid(shop)
    assert [part(i).state for i in parts] == ["paid", "paid"]
    totals = [part(i).total_minor for i in parts]
    kept = [commission(part(i).goods_minor, 800) for i in parts]
    attempt = attempt_of(parts[0])
    fee = sum(totals) * 150 // 10_000 + 25
    assert (attempt.state, attempt.fee_minor) == ("paid", fee)
    assert [s.transfer_state for s in shares(parts)] == ["sent", "sent"]
    sent = shop.fake.world.all("transfer", transfer_group=shop.fake.world.get(
        attempt.reference or "")["client_reference_id"])
    assert sorted(t["amount"] for t in sent) == sorted(
        t - k for t, k in zip(totals, kept, strict=True))
    assert {t["source_transaction"] for t in sent} == {attempt.charge}
    first, second = (part(i).producer_id for i in parts)
    assert books() == {
        f"buyer:{part(parts[0]).order_id}": -sum(totals),
        f"producer:{first}": totals[0] - kept[0], f"producer:{second}": totals[1] - kept[1],
        "operator:commission": sum(kept) - fee, "provider:fees": fee}


def test_doubled_and_reversed_messages_change_nothing(shop: Shop) -> None:
    """payments-1, -2: all messages twice, then backwards: one set of moves."""
    parts = paid(shop)
    before, sent = books(), len(shop.fake.world.all("transfer"))
    for event in [*shop.fake.world.events, *reversed(shop.fake.world.events)]:
        shop.fake.hooks.waiting.put(event)
    shop.told()
    assert books() == before and len(shop.fake.world.all("transfer")) == sent
    assert [part(i).state for i in parts] == ["paid", "paid"]


def test_a_lost_message_is_asked_for(shop: Shop) -> None:
    """payments 3.4: after ten minutes the page is looked at."""
    parts = shop.order()
    shop.fake.pay(shop.page(parts[0]))
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        ask_again()
        run_due()
    assert [part(i).state for i in parts] == ["paid", "paid"]
    assert attempt_of(parts[0]).state == "paid"


def test_a_page_nobody_paid_on_frees_the_goods(shop: Shop) -> None:
    """payments-22: closed first, then free; while the provider is away they stay held."""
    parts = shop.order()
    shop.page(parts[0])
    assert held_rows() == 2
    shop.fake.faults += [("expire", "before")]
    with time_machine.travel(clock.now() + timedelta(minutes=33), tick=False):
        with pytest.raises(OutsideDown):
            ask_again()
        assert held_rows() == 2 and part(parts[0]).state == "awaiting_payment"
    with time_machine.travel(clock.now() + timedelta(minutes=36), tick=False):
        ask_again()
    assert held_rows() == 0
    assert {part(i).state for i in parts} == {"expired"}
    assert attempt_of(parts[0]).state == "closed" and books() == {}


def test_money_that_comes_after_the_end(shop: Shop) -> None:
    """payments-23: revived with stock; without it goes back from what is held."""
    parts = shop.order((RED, 1))
    reference = shop.page(parts[0])
    with committing():
        cancel_part(parts[0], "buyer")
    shop.fake.pay(reference)
    shop.told()
    assert part(parts[0]).state == "paid"
    parts = shop.order((HAT, 1))
    reference = shop.page(parts[0])
    with committing():
        cancel_part(parts[0], "buyer")
        db.session.execute(db.text("UPDATE variants SET on_hand = 0, reserved = 0 WHERE id = :v"),
                           {"v": shop.cast.goods(HAT).variant_id})
    shop.fake.pay(reference)
    shop.told()
    assert part(parts[0]).state == "cancelled"
    row = db.session.scalars(db.select(Refund)).one()
    assert (row.cause, row.state) == ("late_payment", "done")
    assert f"buyer:{part(parts[0]).order_id}" not in books()
    assert f"held:{parts[0]}" not in books()


def test_a_refund_takes_back_first(shop: Shop) -> None:
    """payments-19, -20: the producer's share, the commission, then the buyer; goods of a sent
    parcel; the books know each step.
    """
    parts = paid(shop, (RED, 2))
    row = part(parts[0])
    one = row.goods_minor // 2
    with committing():
        hand_over(parts[0], "Ute")
        owe(parts[0], "complaint", one, goods_minor=one, name="Ute", words="Korken")
    run_due()
    back = commission(row.goods_minor, 800) - commission(row.goods_minor - one, 800)
    kept = commission(row.goods_minor, 800) - back
    assert shop.fake.world.all("transfer_reversal")[0]["amount"] == one - back
    assert shop.fake.world.all("refund")[0]["amount"] == one
    said = books()
    assert said[f"buyer:{row.order_id}"] == one - row.total_minor
    assert said[f"producer:{row.producer_id}"] == row.total_minor - one - kept
    assert db.session.scalars(db.select(Refund.state)).one() == "done"


def test_a_refused_taking_back_waits(shop: Shop) -> None:
    """payments-19: paid out already; after an hour it works; nothing was refunded before."""
    parts = paid(shop, (RED, 1))
    for account in shop.fake.world.all("v2.core.account"):
        shop.fake.world.pay_out(account)
    with committing():
        cancel_part(parts[0], "seller", "Ute", "Frost")
    run_due()
    run = db.session.scalars(db.select(RefundRun)).one()
    assert (run.step, run.trouble, run.tries) == ("take_back", "balance_insufficient", 1)
    assert shop.fake.world.all("refund") == [] and f"held:{parts[0]}" not in books()
    for account in shop.fake.world.all("v2.core.account"):
        account["balance"] = 100_000
    with time_machine.travel(clock.now() + timedelta(minutes=61), tick=False):
        sweep()
        run_due()
    db.session.rollback()
    assert db.session.scalars(db.select(Refund.state)).one() == "done"
    assert books().get(f"buyer:{part(parts[0]).order_id}") is None


@pytest.mark.parametrize("how", ["before", "after", "500"])
@pytest.mark.parametrize("what", ["POST /v1/transfers$", "reversals", "POST /v1/refunds"])
def test_lost_answers_end_in_one_transfer_and_one_refund(shop: Shop, what: str, how: str) -> None:
    """payments-3: a request or its answer is lost at each call; it is done once in the end."""
    shop.fake.faults.append((what, how))
    parts = paid(shop, (RED, 1))
    hours = 0
    for _round in range(4):
        hours += 3
        with time_machine.travel(clock.now() + timedelta(hours=hours), tick=False):
            sweep()
            run_due()
    if part(parts[0]).state == "paid":
        with committing():
            cancel_part(parts[0], "seller", "Ute", "Frost")
    for _round in range(6):
        hours += 3
        with time_machine.travel(clock.now() + timedelta(hours=hours), tick=False):
            sweep()
            run_due()
    world = shop.fake.world
    assert [len(world.all(k)) for k in ("transfer", "transfer_reversal", "refund")] == [1, 1, 1]
    assert f"buyer:{part(parts[0]).order_id}" not in books()
    assert f"held:{parts[0]}" not in books()


def test_what_does_not_fit_waits_for_a_person(shop: Shop) -> None:
    """payments-16: another sum leads to review, nothing is dispatched."""
    parts = shop.order()
    reference = shop.page(parts[0])
    shop.fake.world.get(reference)["amount_total"] -= 1
    shop.fake.pay(reference)
    shop.told()
    assert attempt_of(parts[0]).state == "review" and books() == {}
    assert {part(i).state for i in parts} == {"awaiting_payment"}


def test_foreign_and_wrong_mode(shop: Shop) -> None:
    """payments-11, -12: another site's payment has no effect; a test event does not pay a live
    order.
    """
    parts = shop.order()
    reference = shop.page(parts[0])
    session = shop.fake.world.get(reference)
    session["metadata"] = {**session["metadata"], "site": "other.example"}
    shop.fake.pay(reference)
    shop.told()
    assert attempt_of(parts[0]).state == "open"
    other = shop.order()
    reference = shop.page(other[0])
    with committing():
        db.session.execute(db.text("UPDATE payments SET mode = 'live' WHERE id = :i"),
                           {"i": attempt_of(other[0]).id})
    shop.fake.pay(reference)
    shop.told()
    outcomes = set(db.session.scalars(db.select(PaymentNotice.outcome)))
    assert {"foreign", "wrong_mode"} <= outcomes and books() == {}
    assert db.session.scalar(db.select(db.func.count()).where(
        SellerOrder.state != "awaiting_payment")) == 0
