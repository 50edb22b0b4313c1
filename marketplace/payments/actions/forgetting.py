"""What of money names a buyer goes with the order's; references and amounts stay."""

from __future__ import annotations

from sqlalchemy import select, update

from marketplace.foundation.database import db
from marketplace.orders.events import BuyerForgotten
from marketplace.payments.models import Dispute, DisputeFact, Payment


def forget_buyer(event: BuyerForgotten) -> None:
    """The pages of providers and what houses said of the buyer are gone. Changes payments,
    dispute_facts.
    """
    mine = select(Payment.id).where(Payment.order_id == event.order_id)
    db.session.execute(update(Payment).where(Payment.order_id == event.order_id)
                       .values(page_url=None).execution_options(synchronize_session=False))
    db.session.execute(
        update(DisputeFact).where(DisputeFact.dispute_id.in_(
            select(Dispute.id).where(Dispute.payment_id.in_(mine))))
        .values(words="").execution_options(synchronize_session=False))
