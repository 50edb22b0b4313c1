"""Money in trouble: pages nobody got, parts that have not left, disputes, foreign messages."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.orders.actions import cancel_part, owe
from marketplace.orders.models import Order, Refund, SellerOrder
from marketplace.payments.actions import begin_page
from marketplace.payments.jobs import ask_again, sweep
from marketplace.payments.models import FeeRule, PaymentNotice, RefundRun
from marketplace.payments.rules.commission import commission
from tests.orders.hands import part
from tests.payments.hands import HAT, RED, Shop, attempt_of, books, held_rows
from tests.stories.test_circle import finish


def later(minutes: float) -> None:
    """What the worker does so much later, the hourly sweep among it."""
    with time_machine.travel(clock.now() + timedelta(minutes=minutes), tick=False):
        sweep()
        run_due()
    db.session.rollback()


def test_an_attempt_without_a_page_holds_nothing_up(shop: Shop) -> None:
    """payments-22: nobody was sent to a page, so nobody is asked; its goods and those of others
    are free again, and one page that cannot be closed does not stop that.
    """
    never = shop.order((RED, 1))
    with committing():
        begin_page(part(never[0]).order_id)
    opened = shop.order((HAT, 1))
    shop.page(opened[0])
    assert held_rows() == 2
    shop.fake.asked.clear()
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        ask_again()
    assert [line.split("/")[-2] for line in shop.fake.asked] == ["sessions"]
    with time_machine.travel(clock.now() + timedelta(minutes=34), tick=False):
        ask_again()
    assert held_rows() == 0 and attempt_of(never[0]).state == "closed"
    assert (part(never[0]).state, part(opened[0]).state) == ("expired", "expired")


def test_what_has_not_left_leaves_before_it_comes_back(shop: Shop) -> None:
    """payments-19, -7: the seller's account was not ready; the refund waits, then the part leaves,
    is taken back and refunded; the books agree with the provider.
    """
    with committing():
        db.session.execute(db.text("UPDATE provider_accounts SET state = 'restricted'"))
    (one,) = shop.order((RED, 1))
    shop.fake.pay(shop.page(one))
    shop.told()
    row = part(one)
    half = row.goods_minor // 2
    with committing():
        owe(one, "complaint", half, goods_minor=half)
    run_due()
    run = db.session.scalars(db.select(RefundRun)).one()
    assert (run.step, run.trouble) == ("take_back", "not_handed_over")
    fee = row.total_minor * 150 // 10_000 + 25
    assert books() == {f"buyer:{row.order_id}": -row.total_minor, f"held:{one}": row.total_minor,
                       "operator:commission": -fee, "provider:fees": fee}
    assert shop.fake.world.all("transfer") == shop.fake.world.all("refund") == []
    with committing():
        db.session.execute(db.text("UPDATE provider_accounts SET state = 'ready'"))
    later(61)
    assert db.session.scalars(db.select(Refund.state)).one() == "done"
    account = next(a for a in shop.fake.world.all("v2.core.account") if a["balance"])
    assert books()[f"producer:{row.producer_id}"] == account["balance"]
    assert account["balance"] == row.total_minor - half - commission(row.goods_minor - half, 800)


def test_nothing_goes_back_while_a_dispute_is_open(shop: Shop) -> None:
    """payments 3.7: a refund waits for the bank; won, it goes on."""
    (one,) = shop.order((RED, 1))
    shop.fake.pay(shop.page(one))
    shop.told()
    charge = shop.fake.world.get(attempt_of(one).charge or "")
    dispute = shop.fake.world.dispute(charge, 500)
    shop.told()
    with committing():
        cancel_part(one, "seller", "Ute", "Frost")
    run_due()
    run = db.session.scalars(db.select(RefundRun)).one()
    assert (run.step, run.trouble) == ("take_back", "charge_disputed")
    assert shop.fake.world.all("transfer_reversal") == []
    charge["disputed"] = False
    shop.fake.world.end_dispute(dispute, won=True)
    shop.told()
    later(61)
    assert db.session.scalars(db.select(Refund.state)).one() == "done"
    assert f"buyer:{part(one).order_id}" not in books()


def test_a_message_with_another_sites_words_is_taken_and_left_alone(shop: Shop) -> None:
    """payments-11: an attempt that is no number is nobody's of ours; 204, so it comes once."""
    shop.fake.world.emit("checkout.session.expired", {
        "id": "cs_test_1", "metadata": {"site": "elsewhere", "order": "X", "attempt": "first"}})
    shop.told()
    assert db.session.scalars(db.select(PaymentNotice.outcome)).one() == "foreign"


def test_the_commission_of_the_page_is_the_one_of_the_order(
    shop: Shop
) -> None:
    """payments-18: frozen at sale, from the one place that /fees prints."""
    with committing():
        db.session.add(FeeRule(commission_bp=750, valid_from=clock.today(),
                               announced_on=clock.today(), announced_at=clock.now()))
    guest = shop.cast.app.test_client()
    shop.cast.post(guest, "/basket/lines", variant=shop.cast.goods(RED).variant_id, qty=1)
    number = finish(shop.cast, guest)
    assert db.session.scalars(db.select(SellerOrder.commission_bp).join(
        Order, Order.id == SellerOrder.order_id).where(Order.number == number)).one() == 750


@pytest.mark.slow
def test_twenty_deliveries_at_once_are_one(shop: Shop) -> None:
    """payments-2: 20 parallel deliveries of one event: one inbox row, one effect."""
    (one,) = shop.order((RED, 1))
    shop.fake.pay(shop.page(one))
    told = next(e for e in shop.fake.world.events if e["type"] == "checkout.session.completed")
    shop.fake.hooks.waiting.queue.clear()
    barrier = Barrier(20)

    def deliver() -> int:
        body, sign = shop.fake.hooks.signed(told)
        client = shop.cast.app.test_client()
        barrier.wait()
        answer = client.post("/hooks/stripe", data=body, headers={"Stripe-Signature": sign})
        return answer.status_code

    db.session.remove()
    with ThreadPoolExecutor(20) as pool:
        running = [pool.submit(Context().run, deliver) for _ in range(20)]
        answers = [each.result() for each in running]
    assert set(answers) <= {204, 503} and 204 in answers
    assert db.session.scalar(db.text("SELECT count(*) FROM payment_notices")) == 1
    run_due()
    assert part(one).state == "paid"
    assert db.session.scalar(db.text(
        "SELECT count(*) FROM ledger_moves WHERE reason = 'paid'")) == 1
    assert len(shop.fake.world.all("transfer")) == 1
