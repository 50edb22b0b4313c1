"""The test card of the demo: every number of it, and every way in which messages go wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from werkzeug.test import TestResponse

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.orders.models import Order
from marketplace.payments.actions import begin_page, keep_page
from marketplace.payments.jobs import ask_again
from marketplace.payments.models import Dispute
from marketplace.payments.queries.invariants import broken_books
from tests.cast import Cast
from tests.orders.hands import number_of, part, placed
from tests.payments.hands import HAT, attempt_of, books

PAID, ASKS, DECLINED, DISPUTED = ("4242 4242 4242 4242", "4000 0025 0000 3155",
                                  "4000 0000 0000 9995", "4000 0000 0000 0259")


@pytest.fixture
def one(cast: Cast) -> int:
    """A part that is to be paid by test card; its page is open."""
    from marketplace.adapters.doors import doors
    from marketplace.adapters.payment import Bill

    (found,) = placed(cast, (HAT, 1), method="test_card")
    with committing():
        db.session.execute(db.update(Order).values(mode="demo"))
    with committing():
        attempt = begin_page(part(found).order_id)
        assert attempt.page_until is not None
        keep_page(attempt.id, doors().payment["test_card"].open_page(Bill(
            number_of(found), 1, attempt.key, "EUR", attempt.total_minor, (), "", "de", "",
            attempt.page_until)))
    return found


def send(cast: Cast, one: int, card: str, **more: str) -> TestResponse:
    """The form of the test card's page."""
    answer = cast.post(cast.browser("cleo"), f"/orders/{number_of(one)}/test-card", card=card,
                       **more)
    db.session.rollback()
    return answer


def moves() -> int:
    """How often money came in."""
    return int(db.session.scalar(db.text(
        "SELECT count(*) FROM ledger_moves WHERE reason = 'paid'")) or 0)


def test_the_bank_asks_whether_it_is_the_payer(cast: Cast, one: int) -> None:
    """payments-13, payments 3.9: asked first; no is declined, yes is paid; nothing before."""
    asked = send(cast, one, ASKS)
    assert asked.status_code == 200 and "Bist du es?" in asked.get_data(as_text=True)
    assert part(one).state == "awaiting_payment"
    assert send(cast, one, ASKS, sure="no").status_code == 422
    assert attempt_of(one).state == "failed" and books() == {}
    assert send(cast, one, ASKS, sure="yes").status_code == 303
    assert part(one).state == "paid" and moves() == 1


def test_a_declined_card_offers_the_next_try(cast: Cast, one: int) -> None:
    """payments 3.9: declined, said so, nothing booked; the next card pays."""
    assert send(cast, one, DECLINED).status_code == 422
    assert attempt_of(one).state == "failed" and books() == {}
    assert send(cast, one, PAID).status_code == 303 and part(one).state == "paid"


def test_paid_and_then_disputed(cast: Cast, one: int) -> None:
    """payments 3.9: the dispute comes through the same inbox, holds the part, and is answered."""
    assert send(cast, one, DISPUTED).status_code == 303
    run_due()
    row = db.session.scalars(db.select(Dispute)).one()
    assert (row.state, row.minor) == ("open", part(one).total_minor)
    assert part(one).hold == "dispute" and list(broken_books()) == []
    olga, page = cast.browser("olga"), f"/operator/payments/disputes/{row.id}"
    assert olga.get(page).status_code == 200
    assert cast.post(olga, f"{page}/answer").status_code == 303


@pytest.mark.parametrize("how", ["", "twice", "reversed"])
def test_doubled_and_in_the_wrong_order(cast: Cast, one: int, how: str) -> None:
    """payments-1, payments 3.9: paid once whatever the order; one set of moves, one transfer."""
    assert send(cast, one, PAID, how=how).status_code == 303
    run_due()
    total = part(one).total_minor
    assert part(one).state == "paid" and attempt_of(one).state == "paid" and moves() == 1
    assert books() == {f"buyer:{part(one).order_id}": -total,
                       f"producer:{part(one).producer_id}": total}


def test_confirmed_later(cast: Cast, one: int) -> None:
    """payments 3.9: processing first; the goods stay kept; a minute later it is paid."""
    assert "/pay" in send(cast, one, PAID, how="late").location
    assert attempt_of(one).state == "processing" and part(one).state == "awaiting_payment"
    page = cast.browser("cleo").get(f"/orders/{number_of(one)}/pay").get_data(as_text=True)
    assert "Wir warten auf die Bestätigung" in page
    with time_machine.travel(clock.now() + timedelta(seconds=61), tick=False):
        run_due()
    assert part(one).state == "paid" and moves() == 1


def test_never_told_is_found_by_asking(cast: Cast, one: int) -> None:
    """payments 3.9, 3.4: no message at all; after ten minutes the page is looked at."""
    assert "/pay" in send(cast, one, PAID, how="never").location
    run_due()
    assert part(one).state == "awaiting_payment" and books() == {}
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        db.session.rollback()
        ask_again()
        run_due()
    assert part(one).state == "paid" and moves() == 1 and list(broken_books()) == []


def test_a_button_that_is_none(cast: Cast, one: int) -> None:
    """payments-13: anything else is refused, nothing changes."""
    assert send(cast, one, PAID, how="sometimes").status_code == 422
    assert attempt_of(one).state == "open" and books() == {}
