"""Messages of providers: kept once, then applied; the same end state in any order."""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from marketplace.adapters.payment.contract import Notice
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.events import announce
from marketplace.foundation.jobs import enqueue
from marketplace.orders.models import Order
from marketplace.payments.actions.attempts import stands
from marketplace.payments.events import PaymentNeedsPerson
from marketplace.payments.models import Payment, PaymentNotice

ATTEMPT_KINDS = frozenset(("paid", "processing", "not_paid", "page_closed"))


def take_notice(source: str, notice: Notice, body: bytes = b"", priority: int = 5) -> bool:
    """Put a genuine message into the inbox and plan its application; False if it is there.

    Changes payment_notices, jobs.
    """
    row = PaymentNotice(
        source=source, event_id=notice.event_id, kind=notice.kind, mode=notice.mode,
        site=notice.site[:120], reference=notice.reference[:80], attempt=notice.attempt,
        order_number=notice.order_number[:8], minor=notice.minor, currency=notice.currency[:3],
        body_hash=sha256(body).hexdigest(), said_at=notice.created_at, received_at=clock.now())
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return False
    enqueue("payments.notice", f"{source} {notice.event_id}", priority=priority, source=source,
            event_id=notice.event_id)
    return True


def apply_notice(source: str, event_id: str, site: str, again: bool = False) -> str:
    """Apply a kept message in one transaction; its outcome. Applied twice is applied once.

    Changes payment_notices and what `stands` does. Outcomes: a state of the attempt, foreign,
    wrong_mode, account, noted.
    """
    row = db.session.execute(
        select(PaymentNotice).where(PaymentNotice.source == source,
                                    PaymentNotice.event_id == event_id).with_for_update()
        .execution_options(populate_existing=True)).scalar_one()
    if row.handled_at is not None and not again:
        return row.outcome or ""
    row.outcome = _applied(row, site)
    row.handled_at = clock.now()
    db.session.flush()
    return row.outcome


def _applied(row: PaymentNotice, site: str) -> str:
    if row.kind == "account_changed":
        enqueue("payments.account", row.reference, reference=row.reference)
        return "account"
    if row.kind.startswith("dispute"):
        enqueue("payments.disputes", row.reference, charge=row.reference)
        return "noted"
    if row.kind == "refund_moved":
        enqueue("payments.refunds", row.reference, charge=row.reference)
        return "noted"
    if row.kind not in ATTEMPT_KINDS or row.site != site:
        return "foreign"
    payment = db.session.scalar(
        select(Payment).join(Order, Order.id == Payment.order_id)
        .where(Order.number == row.order_number, Payment.attempt == row.attempt))
    if payment is None:
        return "foreign"
    if row.mode != payment.mode:
        announce(PaymentNeedsPerson(payment.order_id, payment.id, "wrong_mode"))
        return "wrong_mode"
    kind = row.kind
    if kind == "paid" and (row.reference, row.minor, row.currency) != (
            payment.reference, payment.total_minor, payment.currency):
        kind = "mismatch"
    return stands(payment.id, kind)
