"""What of a payment was handed over to its seller."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.events import announce
from marketplace.orders.models import SellerOrder
from marketplace.payments.actions.ledger import post
from marketplace.payments.events import PaymentNeedsPerson, TransferRefused, TransferSent
from marketplace.payments.models import PaymentPart
from marketplace.payments.rules import ledger

PERSON_AFTER = timedelta(days=7)


def handed_over(payment_id: int, part_id: int, reference: str) -> bool:
    """A seller's part is on their account; False where it was known.

    Changes payment_parts, ledger_moves; announces TransferSent.
    """
    moved = db.session.execute(
        update(PaymentPart)
        .where(PaymentPart.payment_id == payment_id, PaymentPart.seller_order_id == part_id,
               PaymentPart.transfer_state.in_(("due", "refused")))
        .values(transfer_state="sent", transfer_reference=reference, transfer_trouble="",
                refused_since=None)
        .execution_options(synchronize_session=False))
    if not moved.rowcount:  # type: ignore[attr-defined]
        return False
    share = db.session.get_one(PaymentPart, (payment_id, part_id), populate_existing=True)
    order_id, producer_id = db.session.execute(
        select(SellerOrder.order_id, SellerOrder.producer_id)
        .where(SellerOrder.id == part_id)).one()
    total = share.transfer_minor + share.commission_minor
    post(f"give-{part_id}-{payment_id}", [
        *ledger.handed_over(
            ledger.Part(order_id, part_id, producer_id, total, share.commission_minor)),
        *ledger.advance_back(producer_id, share.netted_minor, part_id)], reference)
    announce(TransferSent(part_id, order_id, producer_id,
                          share.transfer_minor - share.netted_minor))
    return True


def unclear_transfer(payment_id: int, part_id: int) -> None:
    """Nobody knows whether it was handed over; it is looked up before the next try.

    Changes payment_parts.
    """
    db.session.execute(
        update(PaymentPart)
        .where(PaymentPart.payment_id == payment_id, PaymentPart.seller_order_id == part_id,
               PaymentPart.transfer_state == "due")
        .values(transfer_trouble="unclear").execution_options(synchronize_session=False))


def refused_for_now(payment_id: int, part_id: int, why: str) -> None:
    """The provider would not hand over; it is tried again. Changes payment_parts; announces."""
    db.session.execute(
        update(PaymentPart)
        .where(PaymentPart.payment_id == payment_id, PaymentPart.seller_order_id == part_id,
               PaymentPart.transfer_state.in_(("due", "refused")))
        .values(transfer_state="refused", transfer_trouble=why[:120],
                refused_since=func.coalesce(PaymentPart.refused_since, clock.now()))
        .execution_options(synchronize_session=False))
    order_id, producer_id = db.session.execute(
        select(SellerOrder.order_id, SellerOrder.producer_id)
        .where(SellerOrder.id == part_id)).one()
    announce(TransferRefused(part_id, order_id, producer_id, why))
    share = db.session.get_one(PaymentPart, (payment_id, part_id), populate_existing=True)
    if share.refused_since and clock.now() - share.refused_since >= PERSON_AFTER:
        announce(PaymentNeedsPerson(order_id, payment_id, "transfer"))
