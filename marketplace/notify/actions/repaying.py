"""Buyers and producers hear of money that goes back, and of pieces that are not sent."""

from __future__ import annotations

from marketplace.foundation.database import db
from marketplace.notify.actions import tell
from marketplace.notify.actions.reacting import of_part, to_buyer
from marketplace.orders.events import LinesCancelled, RefundDone, RefundDue
from marketplace.orders.models import Refund
from marketplace.producers.queries import staff_ids


def refund_due(event: RefundDue) -> None:
    """The buyer hears how much comes back, why, and by when; the seller what is to be sent.

    What a bank took back is told by the bank.
    """
    order, part = of_part(event.seller_order_id)
    refund = db.session.get_one(Refund, event.refund_id)
    if refund.cause == "dispute":
        return
    to_buyer(order, "payment", "refund_due", "refund_due", producer=str(part.seller["name"]),
             part=part.number, minor=str(refund.minor), due=refund.due_on.isoformat(),
             code=refund.code)
    if refund.method == "bank_transfer":
        for person in staff_ids(part.producer_id):
            tell(person, "payment", f"repay {refund.code}", "repay", "/studio/payments",
                 number=part.number)


def refund_done(event: RefundDone) -> None:
    """The buyer hears that it was sent."""
    order, part = of_part(event.seller_order_id)
    refund = db.session.get_one(Refund, event.refund_id)
    if refund.cause == "dispute":
        return
    to_buyer(order, "payment", "refunded", "refunded", producer=str(part.seller["name"]),
             part=part.number, minor=str(refund.minor), code=refund.code)


def shortened(event: LinesCancelled) -> None:
    """The buyer hears what is not sent, and why."""
    order, part = of_part(event.seller_order_id)
    to_buyer(order, "cancellation", "shortened", "shortened", producer=str(part.seller["name"]),
             part=part.number, why=event.reason)
