"""Money that needs a person: each decision has a name and a reason."""

from __future__ import annotations

import re
from datetime import timedelta

import time_machine

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.orders.actions import cancel_part
from marketplace.orders.models import Refund
from marketplace.payments.jobs import sweep
from marketplace.payments.models import Correction, ForeignRefund, PaymentNotice, RefundRun
from marketplace.payments.queries.matters import held_long
from tests.orders.hands import part
from tests.payments.hands import RED, Shop, attempt_of, books

WHY = "Mit dem Zahlungsdienst verglichen."


def acts() -> list[tuple[str, str]]:
    """What the audit log says, in order; its chain holds."""
    db.session.rollback()
    return [(row[0], row[1]) for row in db.session.execute(db.text(
        "SELECT action, why FROM audit_log ORDER BY n"))]


def mismatched(shop: Shop) -> int:
    """A payment one cent short; the id of its part."""
    (one,) = shop.order((RED, 1))
    reference = shop.page(one)
    shop.fake.world.get(reference)["amount_total"] -= 1
    shop.fake.pay(reference)
    shop.told()
    return one


def test_a_payment_that_does_not_fit_is_decided_by_a_person(shop: Shop) -> None:
    """payments-16: told at once, nothing dispatched; without reason nothing happens; paid as
    agreed goes its way, with name and reason in the log; once only.
    """
    one = mismatched(shop)
    payment = attempt_of(one)
    assert payment.state == "review" and part(one).state == "awaiting_payment"
    assert "money_waits" in set(db.session.scalars(db.text("SELECT template FROM letters")))
    olga, page = shop.cast.browser("olga"), f"/operator/payments/attempts/{payment.id}"
    assert page in olga.get("/operator/payments").get_data(as_text=True)
    assert olga.get(page).status_code == 200
    for sent in ({"how": "paid", "why": ""}, {"how": "", "why": WHY}):
        assert shop.cast.post(olga, page, **sent).status_code == 422
    assert acts() == [] and attempt_of(one).state == "review"
    assert shop.cast.post(olga, page, how="paid", why=WHY).status_code == 303
    assert shop.cast.post(olga, page, how="paid", why=WHY).status_code == 409
    run_due()
    assert part(one).state == "paid" and f"held:{one}" not in books()
    assert acts() == [("payment.paid", WHY)]


def test_a_payment_that_does_not_count_frees_the_goods(shop: Shop) -> None:
    """payments-16: closed by a person; nothing is booked."""
    one = mismatched(shop)
    olga, page = shop.cast.browser("olga"), f"/operator/payments/attempts/{attempt_of(one).id}"
    assert shop.cast.post(olga, page, how="closed", why=WHY).status_code == 303
    assert attempt_of(one).state == "closed" and books() == {}
    assert acts() == [("payment.closed", WHY)]


def test_a_message_of_another_mode_is_put_aside_and_applied_again(shop: Shop) -> None:
    """payments-12, -16: no effect, listed until somebody says why; again is the same result."""
    (one,) = shop.order((RED, 1))
    reference = shop.page(one)
    with committing():
        db.session.execute(db.text("UPDATE payments SET mode = 'live'"))
    shop.fake.pay(reference)
    shop.told()
    row = db.session.scalars(db.select(PaymentNotice).where(
        PaymentNotice.outcome == "wrong_mode")).one()
    olga, page = shop.cast.browser("olga"), f"/operator/payments/notices/stripe/{row.event_id}"
    assert page in olga.get("/operator/payments").get_data(as_text=True)
    assert shop.cast.post(olga, page, why="").status_code == 422
    assert shop.cast.post(olga, page, why=WHY).status_code == 303
    assert page not in olga.get("/operator/payments").get_data(as_text=True)
    assert shop.cast.post(olga, page, again="1").status_code == 303
    assert part(one).state == "awaiting_payment" and books() == {}
    assert [act for act, _why in acts()] == ["notice.settle"]


def console_refund(shop: Shop, part_id: int, minor: int) -> str:
    """Somebody gives money back in the provider's own console; its number."""
    charge = shop.charge(part_id)
    made = shop.door._client.v1.refunds.create({"charge": charge["id"], "amount": minor})
    shop.told()
    return str(made.id)


def test_a_refund_of_the_console_is_assigned_and_never_sent_again(shop: Shop) -> None:
    """payments-20: also where refunds of ours exist; listed once, assigned with a reason, taken
    back from the house, booked once; the message repeated changes nothing.

    6.50 of 18.50 are 4.57 of the goods 13.00; commission on 8.43 left is 0.67 of 1.04, so 0.37
    goes back with it, and the house gives 6.13.
    """
    parts = shop.paid(shop.three())
    with committing():
        cancel_part(parts[2], "seller", "Ute", "Frost")
    run_due()
    number = console_refund(shop, parts[0], 650)
    for event in list(shop.fake.world.events):
        if event["type"].startswith("refund"):
            shop.fake.hooks.waiting.put({**event, "id": f"{event['id']}x"})
    shop.told()
    row = db.session.scalars(db.select(ForeignRefund)).one()
    assert (row.reference, row.minor) == (number, 650)
    olga, page = shop.cast.browser("olga"), f"/operator/payments/refunds/{row.id}"
    assert page in olga.get("/operator/payments").get_data(as_text=True)
    sent = {f"part-{i}": "" for i in parts}
    wrong = shop.cast.post(olga, page, **{**sent, f"part-{parts[1]}": "6,40"}, why=WHY,
                           cause="complaint")
    assert wrong.status_code == 422
    right = {**sent, f"part-{parts[1]}": "6,50"}
    assert shop.cast.post(olga, page, **right, why=WHY, cause="complaint").status_code == 303
    assert shop.cast.post(olga, page, **right, why=WHY, cause="complaint").status_code == 409
    run_due()
    refunds = {r["id"]: r["amount"] for r in shop.fake.world.all("refund")}
    assert sorted(refunds.values()) == [650, 2890] and number in refunds
    order, houses = part(parts[0]).order_id, [part(i).producer_id for i in parts]
    assert part(parts[1]).refunded_minor == 650
    said = books()
    assert said[f"buyer:{order}"] == -10830 + 2890 + 650
    assert said[f"producer:{houses[1]}"] == 1746 - 613
    assert acts() == [("refund.assign", WHY)]
    assert f"held:{parts[1]}" not in said


def test_a_refund_without_cover_is_on_the_way_and_not_done(shop: Shop) -> None:
    """payments 3.4: pending at the provider is sent, not done; done once the provider says so."""
    (one,) = shop.paid(shop.order((RED, 1)))
    shop.fake.world.platform = 0
    with committing():
        cancel_part(one, "seller", "Ute", "Frost")
    run_due()
    row = db.session.scalars(db.select(Refund)).one()
    assert row.state == "sent" and books()[f"held:{one}"] == row.minor
    (refund,) = shop.fake.world.all("refund")
    refund["status"] = "succeeded"
    shop.fake.world.entry("refund", refund, -row.minor)
    shop.fake.world.emit("refund.updated", refund)
    shop.told()
    assert db.session.scalars(db.select(Refund.state)).one() == "done"
    assert f"held:{one}" not in books()


def test_a_refund_that_fails_later_needs_a_person(shop: Shop) -> None:
    """payments-16: the provider takes its word back; nothing is silent."""
    (one,) = shop.paid(shop.order((RED, 1)))
    with committing():
        cancel_part(one, "seller", "Ute", "Frost")
    run_due()
    (refund,) = shop.fake.world.all("refund")
    refund["status"] = "failed"
    shop.fake.world.emit("refund.failed", refund)
    shop.told()
    run = db.session.scalars(db.select(RefundRun)).one()
    assert (run.step, run.trouble) == ("person", "refund_failed")
    assert db.session.scalars(db.select(Refund.state)).one() == "done"


def test_refused_transfers_are_told_on_the_seventh_day_and_tried_by_hand(shop: Shop) -> None:
    """payments-7, -16: listed at once, a person on day 7, longer than 30 days stands out."""
    with committing():
        db.session.execute(db.text("UPDATE provider_accounts SET state = 'restricted'"))
    (one,) = shop.paid(shop.order((RED, 1)))
    olga = shop.cast.browser("olga")
    page = olga.get("/operator/payments").get_data(as_text=True)
    assert "kein bereites Konto" in page
    letters = "SELECT count(*) FROM letters WHERE template = 'money_waits'"
    assert db.session.scalar(db.text(letters)) == 0
    with time_machine.travel(clock.now() + timedelta(days=7, hours=1), tick=False):
        db.session.rollback()
        sweep()
        run_due()
        db.session.rollback()
        assert db.session.scalar(db.text(letters)) == 1
    with time_machine.travel(clock.now() + timedelta(days=31), tick=False):
        db.session.rollback()
        (row,) = held_long()
        assert (row.number, row.reason, row.long) == (part(one).number, "refused", True)
    with committing():
        db.session.execute(db.text("UPDATE provider_accounts SET state = 'ready'"))
    way = re.search(r'action="(/operator/payments/again/transfer/\d+/\d+)"', page)
    assert way and shop.cast.post(olga, way.group(1)).status_code == 303
    run_due()
    assert f"held:{one}" not in books() and held_long() == []


def test_a_correction_needs_a_second_person(shop: Shop) -> None:
    """payments 3.6: proposed by one, made by another, once; both stand in the log."""
    olga = shop.cast.browser("olga")
    new = {"source": "operator:disputes", "target": "operator:commission", "sum": "5,00",
           "why": WHY}
    for wrong in ({"source": "olga"}, {"sum": "0"}, {"why": ""}, {"target": "operator:disputes"}):
        sent = shop.cast.post(olga, "/operator/payments/correction", **{**new, **wrong})
        assert sent.status_code == 422, wrong
    assert shop.cast.post(olga, "/operator/payments/correction", **new).status_code == 303
    db.session.rollback()
    number = db.session.scalars(db.select(Correction.id)).one()
    make = f"/operator/payments/corrections/{number}/make"
    page = olga.get("/operator/payments").get_data(as_text=True)
    assert make not in page and f"/{number}/drop" in page
    assert shop.cast.post(olga, make).status_code == 409 and books() == {}
    with committing():
        db.session.execute(db.text("UPDATE people SET is_operator = true WHERE handle = 'max'"))
    assert shop.cast.post(shop.cast.browser("max"), make).status_code == 303
    assert books() == {"operator:disputes": -500, "operator:commission": 500}
    assert shop.cast.post(shop.cast.browser("max"), make).status_code == 409
    assert [act for act, _why in acts()] == ["correction.propose", "correction.make"]
