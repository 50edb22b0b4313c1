"""A payer's bank takes money back, and gives it or keeps it."""

from __future__ import annotations

from sqlalchemy import select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.events import announce
from marketplace.payments.actions.ledger import post
from marketplace.payments.events import PaymentNeedsPerson
from marketplace.payments.models import Dispute, Payment, RefundRun
from marketplace.payments.rules import ledger


def note_dispute(kind: str, charge: str, minor: int, event_id: str) -> None:
    """A dispute opened or closed, or a refund made at the provider itself.

    A person always hears of it. Changes disputes, ledger_moves; announces PaymentNeedsPerson.
    """
    payment = db.session.scalar(select(Payment).where(Payment.charge == charge).with_for_update()
                                .execution_options(populate_existing=True))
    if payment is None:
        return
    if kind == "refund_moved":
        _foreign_refund(payment)
        return
    known = db.session.scalar(select(Dispute).where(Dispute.payment_id == payment.id,
                                                    Dispute.state == "open"))
    if kind in ("dispute_won", "dispute_lost") and known is not None:
        close_dispute(known.id, kind == "dispute_won")
        announce(PaymentNeedsPerson(payment.order_id, payment.id, kind))
    if kind == "dispute_opened" and known is None:
        db.session.add(Dispute(payment_id=payment.id, reference=event_id, minor=minor,
                               opened_at=clock.now()))
        db.session.flush()
        post(f"dispute-{payment.key}-{event_id}", [ledger.Move(
            ledger.DISPUTES, f"buyer:{payment.order_id}", minor, "dispute_out")], charge)
        announce(PaymentNeedsPerson(payment.order_id, payment.id, "dispute"))


def _foreign_refund(payment: Payment) -> None:
    """Only where none of ours is on its way or done for this payment."""
    ours = db.session.scalar(select(RefundRun.refund_id).where(
        RefundRun.payment_id == payment.id).limit(1))
    if ours is None:
        announce(PaymentNeedsPerson(payment.order_id, payment.id, "foreign_refund"))


def close_dispute(dispute_id: int, won: bool) -> bool:
    """The bank decided: won gives the amount back to where it was taken from.

    False where it was decided before. Changes disputes, ledger_moves.
    """
    moved = db.session.execute(
        update(Dispute).where(Dispute.id == dispute_id, Dispute.state == "open")
        .values(state="won" if won else "lost", closed_at=clock.now())
        .execution_options(synchronize_session=False))
    if not moved.rowcount:  # type: ignore[attr-defined]
        return False
    row = db.session.get_one(Dispute, dispute_id, populate_existing=True)
    order_id = db.session.scalar(select(Payment.order_id).where(Payment.id == row.payment_id))
    if won:
        post(f"dispute-in-{row.reference}", [ledger.Move(
            f"buyer:{order_id}", ledger.DISPUTES, row.minor, "dispute_in")])
    return True
