"""What the test card's page does in place of a payment service: tells, or keeps silent."""

from __future__ import annotations

from datetime import timedelta

from marketplace.adapters.payment.contract import DISPUTED, SILENT, Notice, Page
from marketplace.foundation import clock
from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import db
from marketplace.foundation.jobs import enqueue
from marketplace.orders.models import Order
from marketplace.payments.actions.attempts import keep_charge, keep_page
from marketplace.payments.actions.inbox import apply_notice, take_notice
from marketplace.payments.models import Payment

LATER = timedelta(minutes=1)
SOURCE = "test_card"


def message(payment: Payment, kind: str, site: str, reference: str = "") -> Notice:
    """What a provider would say of an attempt, or of the charge of it."""
    number = db.session.get_one(Order, payment.order_id).number
    return Notice(secret_code(96), kind, payment.mode, site, number, payment.attempt,
                  reference or payment.reference or "", payment.total_minor, payment.currency,
                  clock.now())


def tell(payment: Payment, kinds: tuple[str, ...], site: str) -> str:
    """Messages through the same inbox, one after the other; equal ones are the same message.

    The state of the attempt at the end. Changes as `apply_notice`.
    """
    state, told = payment.state, {kind: message(payment, kind, site) for kind in set(kinds)}
    for kind in kinds:
        take_notice(SOURCE, told[kind])
        state = apply_notice(SOURCE, told[kind].event_id, site)
    return state


def tell_later(payment: Payment) -> None:
    """That it is paid, in a minute. Changes jobs."""
    enqueue("payments.test_card_paid", str(payment.id), due_at=clock.now() + LATER,
            payment_id=payment.id)


def keep_silent(payment: Payment) -> None:
    """Paid, and nobody is told: only asking finds it. Changes payments."""
    keep_page(payment.id, Page(
        payment.page_url, f"{payment.reference}{SILENT}{payment.total_minor}"[:80],
        payment.page_until))


def dispute(payment: Payment, site: str) -> None:
    """The payer's bank takes all of it back. Changes payments, payment_notices, jobs."""
    charge = f"test {payment.key} {DISPUTED}{payment.total_minor}"
    keep_charge(payment.id, charge)
    take_notice(SOURCE, message(payment, "dispute_opened", site, charge))
