"""What the test card's page tells later."""

from __future__ import annotations

from flask import current_app

from marketplace.adapters.payment import site_of
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import job
from marketplace.payments.actions import trying
from marketplace.payments.models import Payment


@job("payments.test_card_paid")
def test_card_paid(payment_id: int) -> None:
    """A test payment that was confirmed late."""
    with committing():
        payment = db.session.get_one(Payment, payment_id)
        trying.tell(payment, ("paid",), site_of(current_app.config["ZURUF_URL"]))
