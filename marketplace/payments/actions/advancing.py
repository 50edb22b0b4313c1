"""The market advances a refund that its producer's account does not cover, and gets it back."""

from __future__ import annotations

from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.events import announce
from marketplace.orders.models import Refund, SellerOrder
from marketplace.payments.events import RefundAdvanced
from marketplace.payments.models import Advance, Payment, RefundRun
from marketplace.payments.rules.advances import kept_of


def advance(refund_id: int, minor: int) -> None:
    """So much of what the producer should give back comes from the market; it is their debt.

    Changes advances, refund_runs; announces RefundAdvanced. `taken_back` follows in the same
    transaction and writes the moves.
    """
    run = db.session.get_one(RefundRun, refund_id, with_for_update=True, populate_existing=True)
    if run.step != "take_back":
        return
    run.advanced_minor = minor
    producer_id, mode, order_id, code = db.session.execute(
        select(SellerOrder.producer_id, Payment.mode, Payment.order_id, Refund.code)
        .select_from(Refund).join(SellerOrder, SellerOrder.id == Refund.seller_order_id)
        .join(Payment, Payment.id == run.payment_id).where(Refund.id == refund_id)).one()
    db.session.add(Advance(refund_id=refund_id, producer_id=producer_id, mode=mode, minor=minor,
                           back_minor=0, made_at=clock.now()))
    db.session.flush()
    announce(RefundAdvanced(refund_id, order_id, producer_id, minor, code))


def keep_for_advances(producer_id: int, mode: str, transfer_minor: int) -> int:
    """What is kept of a transfer that is due now; planned once, as its key allows one amount.

    Changes advances.
    """
    rows = db.session.scalars(
        select(Advance).where(Advance.producer_id == producer_id, Advance.mode == mode,
                              Advance.back_minor < Advance.minor)
        .order_by(Advance.refund_id).with_for_update()
        .execution_options(populate_existing=True)).all()
    kept = kept_of(transfer_minor, (row.minor - row.back_minor for row in rows))
    for row, minor in zip(rows, kept, strict=True):
        row.back_minor += minor
    return sum(kept)
