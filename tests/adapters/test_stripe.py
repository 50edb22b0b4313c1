"""The card through Stripe, against a server that refuses what Stripe refuses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from marketplace.adapters.payment.contract import Bill, BillPart, NotGenuine, Refused
from marketplace.adapters.payment.stripe_connect import StripeConnect
from marketplace.foundation.errors import OutsideDown
from tests.adapters.stripe_fake import FakeStripe
from tests.adapters.stripe_fake.server import ASKS, LATE

SITE = "market.example"
UNTIL = datetime.now(UTC) + timedelta(minutes=45)


@pytest.fixture
def fake() -> Iterator[FakeStripe]:
    """A server of its own."""
    with FakeStripe() as server:
        yield server


@pytest.fixture
def door(fake: FakeStripe) -> StripeConnect:
    """The real adapter, with the server's address and two secrets."""
    return StripeConnect("sk_test_x", ("whsec_old", "whsec_test"), SITE, fake.url)


def bill(attempt: int = 1) -> Bill:
    """The order of checkout 3.3: 60.90, 18.50, 28.90."""
    return Bill("K7M3Q9TB", attempt, f"pay-K7M3Q9TB-{attempt}", "EUR", 10830,
                (BillPart("K7M3Q9TB-1", "Hof A", 6090), BillPart("K7M3Q9TB-2", "Hof B", 1850),
                 BillPart("K7M3Q9TB-3", "Hof C", 2890)),
                "cleo@example.org", "de", "http://127.0.0.1/orders/K7M3Q9TB/pay",
                UNTIL)


def account(fake: FakeStripe, door: StripeConnect) -> str:
    """A producer's account, completed."""
    made = door.open_account("Hof A", "hof@example.org", "DE", "http://127.0.0.1/studio")
    assert door.look_account(made.reference).state == "restricted"
    assert door.look_account(made.reference).missing == ("identity.individual.id_number",)
    fake.complete_account(made.reference)
    assert door.look_account(made.reference).state == "ready"
    return made.reference


def test_one_page_for_all_sellers(fake: FakeStripe, door: StripeConnect) -> None:
    """payments-6, -21: one line per seller order, no titles; the same key, the same page."""
    page = door.open_page(bill())
    assert page.url and page.url.startswith(fake.url) and page.until is not None
    assert door.open_page(bill()).reference == page.reference
    session = fake.world.get(page.reference)
    assert (session["amount_total"], session["client_reference_id"]) == (10830, "K7M3Q9TB")
    assert door.look(page.reference).state == "open"
    fake.pay(page.reference)
    seen = door.look(page.reference)
    assert (seen.state, seen.paid_minor, seen.currency, seen.fee_minor) == \
        ("paid", 10830, "EUR", 187)
    assert (seen.order_number, seen.attempt) == ("K7M3Q9TB", 1)


def test_three_transfers_and_a_refund(fake: FakeStripe, door: StripeConnect) -> None:
    """payments-6, -19: handed over out of the charge; taken back first, then refunded."""
    page = door.open_page(bill())
    fake.pay(page.reference)
    charge, to = door.look(page.reference).charge, account(fake, door)
    given = [door.hand_over("K7M3Q9TB", to, charge, minor, "EUR", f"give-{n}")
             for n, minor in enumerate((5658, 1746, 2698), 1)]
    again = door.hand_over("K7M3Q9TB", to, charge, 5658, "EUR", "give-1")
    assert again == given[0] and len(set(given)) == 3
    assert door.find("transfer", "K7M3Q9TB", "give-2") == given[1]
    assert door.find("transfer", "K7M3Q9TB", "give-9") is None
    with pytest.raises(Refused):
        door.hand_over("K7M3Q9TB", to, charge, 729, "EUR", "give-4")
    back = door.take_back(given[2], 2698, "back-1")
    assert door.find("take_back", given[2], "back-1") == back
    refund = door.refund(charge, 2890, "refund-1")
    assert door.find("refund", charge, "refund-1") == refund
    with pytest.raises(Refused) as over:
        door.refund(charge, 7941, "refund-2")
    assert over.value.reason == "charge_already_refunded"


def test_a_paid_out_account_has_nothing_to_take_back(
    fake: FakeStripe, door: StripeConnect
) -> None:
    """payments 3.4: refused, so that the run waits and the producer is asked."""
    page = door.open_page(bill())
    fake.pay(page.reference)
    to = account(fake, door)
    given = door.hand_over("K7M3Q9TB", to, door.look(page.reference).charge, 5658, "EUR", "give-1")
    assert fake.world.pay_out(fake.world.get(to)) == 5658
    with pytest.raises(Refused) as none:
        door.take_back(given, 100, "back-1")
    assert none.value.reason == "balance_insufficient"


def test_an_account_that_is_not_complete_gets_nothing(
    fake: FakeStripe, door: StripeConnect
) -> None:
    """payments-15."""
    page = door.open_page(bill())
    fake.pay(page.reference)
    made = door.open_account("Hof A", "hof@example.org", "DE", "http://127.0.0.1/studio")
    with pytest.raises(Refused) as refused:
        door.hand_over("K7M3Q9TB", made.reference, door.look(page.reference).charge, 1, "EUR", "g")
    assert refused.value.reason == "insufficient_capabilities_for_transfer"


@pytest.mark.parametrize("how", ["before", "after", "500"])
def test_lost_requests_and_answers(fake: FakeStripe, door: StripeConnect, how: str) -> None:
    """payments 6: nothing is known after it; the same key finds what exists, and no double."""
    page = door.open_page(bill())
    fake.pay(page.reference)
    charge = door.look(page.reference).charge
    fake.faults.append(("POST /v1/refunds", how))
    with pytest.raises(OutsideDown):
        door.refund(charge, 500, "refund-1")
    found = door.find("refund", charge, "refund-1")
    assert (found is not None) is (how == "after")
    if how == "500":
        with pytest.raises(OutsideDown):
            door.refund(charge, 500, "refund-1")
    key = "refund-1+1" if how == "500" else "refund-1"
    refund = door.refund(charge, 500, key)
    assert refund == (found or refund) and door.find("refund", charge, "refund-1") == refund
    assert fake.world.get(charge)["amount_refunded"] == 500


def test_the_provider_is_away() -> None:
    """Nobody answers at that address: it may work later."""
    with FakeStripe() as fake:
        gone = fake.url
    with pytest.raises(OutsideDown):
        StripeConnect("sk_test_x", (), SITE, gone).open_page(bill())


def test_closing_a_page(fake: FakeStripe, door: StripeConnect) -> None:
    """payments-22: closed, or paid where somebody was faster, or late and processing."""
    page = door.open_page(bill())
    assert door.close_page(page.reference).state == "page_closed"
    assert door.close_page(page.reference).state == "page_closed"
    paid = door.open_page(bill(2))
    fake.pay(paid.reference)
    assert door.close_page(paid.reference).state == "paid"
    late = door.open_page(bill(3))
    fake.pay(late.reference, LATE)
    assert door.close_page(late.reference).state == "processing"
    fake.settle(late.reference, paid=False)
    assert door.look(late.reference).state == "not_paid"
    over = door.open_page(bill(4))
    fake.world.later(3600)
    assert door.look(over.reference).state == "page_closed"


def test_shapes_stripe_refuses_are_refused(fake: FakeStripe, door: StripeConnect) -> None:
    """payments-21: unknown keys, wrong enumerations and missing ones never pass the server."""
    sessions: Any = door._client.v1.checkout.sessions
    for wrong in ({"mode": "payment", "colour": "red"}, {"mode": "buy"},
                  {"mode": "payment", "ui_mode": "hosted"},
                  {"mode": "payment", "line_items": [{"quantity": "many"}]}):
        with pytest.raises(Refused) as refused:
            door._call(lambda wrong=wrong: sessions.create(wrong))  # type: ignore[misc]
        assert refused.value.reason.startswith("parameter_"), wrong


def test_what_messages_say(fake: FakeStripe, door: StripeConnect) -> None:
    """payments 3.4: paid only with payment_status paid; the old secret still counts."""
    page, late = door.open_page(bill()), door.open_page(bill(2))
    fake.pay(page.reference, ASKS)
    fake.pay(late.reference, LATE)
    fake.settle(late.reference, paid=True)
    charge = fake.world.get(door.look(page.reference).charge)
    door.refund(charge["id"], 100, "refund-1")
    fake.world.end_dispute(fake.world.dispute(charge, 5000), won=False)
    shut = door.open_page(bill(3))
    door.close_page(shut.reference)
    said = [door.read_notice(*fake.hooks.signed(event, "whsec_old"))
            for event in fake.world.events]
    meant = [(note.kind, note.attempt, note.minor) for note in said if note.kind]
    assert meant == [("paid", 1, 10830), ("processing", 2, 10830), ("paid", 2, 10830),
                     ("refund_moved", 0, 100), ("dispute_opened", 1, 5000),
                     ("dispute_lost", 1, 5000), ("page_closed", 3, 10830)]
    assert {note.site for note in said if note.kind in ("paid", "processing")} == {SITE}
    assert {note.mode for note in said} == {"test"}


def test_what_is_not_genuine(fake: FakeStripe, door: StripeConnect) -> None:
    """payments-11: wrong secret, a changed byte, 301 s old, no signature, no JSON."""
    event = fake.world.emit("checkout.session.expired", {"id": "cs_test_1"})
    now = int(datetime.now(UTC).timestamp())
    body, header = fake.hooks.signed(event)
    assert door.read_notice(body, header).kind == "page_closed"
    assert door.read_notice(*fake.hooks.signed(event, at=now - 295)).kind == "page_closed"
    for wrong in (fake.hooks.signed(event, "whsec_other"), fake.hooks.signed(event, at=now - 302),
                  (body.replace(b"expired", b"expireD"), header), (body, ""), (body, "t=x,v1=y"),
                  (b"\xff\xfe", header)):
        with pytest.raises(NotGenuine):
            door.read_notice(*wrong)
