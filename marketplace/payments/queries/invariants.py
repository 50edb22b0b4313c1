"""Whether the books agree with the orders: every rule of money as one look over all rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, func, literal, or_, select
from sqlalchemy.orm import aliased

from marketplace.foundation.database import read
from marketplace.orders.models import Refund, SellerOrder
from marketplace.payments.models import (
    Advance,
    Dispute,
    LedgerMove,
    Payment,
    PaymentPart,
    RefundRun,
)
from marketplace.payments.rules import ledger

TO_PRODUCER = ("dispute_return", "correction")
FROM_BUYER = ("dispute_in", "correction")
FROM_HELD = ("commission", "dispute_recover", "correction")


def broken_books(limit: int = 20) -> Iterator[str]:
    """Sentences for whoever looks after the market; none where all is well.

    Paid sums, refunds that are done, transfers and what was taken back equal their moves; nothing
    is held without a reason; no money of a buyer reaches the operator but as commission, and the
    operator gives producers none; what was advanced is a debt. Source: payments 3.6. Loads: 8
    statements.
    """
    for number, kept, moved in read(_paid(limit)):
        yield f"{number}: {kept} paid, {moved} in the books"
    for number, kept, moved in read(_refunded(limit)):
        yield f"{number}: {kept} given back, {moved} in the books"
    for reason, column in (("transfer", PaymentPart.transfer_minor),
                           ("take_back", PaymentPart.taken_back_minor)):
        for number, kept, moved in read(_handed(reason, column, limit)):
            yield f"{number}: {kept} as {reason}, {moved} in the books"
    for account, minor in read(_held(limit)):
        yield f"{account}: {minor} held without a reason"
    for batch, source, target in read(_forbidden(limit)):
        yield f"{batch}: from {source} to {target}"
    for code, minor, owed in read(_owed(limit)):
        yield f"{code}: refunds of {minor}, counted {owed}"
    for kept, moved in read(_advanced()):
        yield f"{ledger.ADVANCES}: {kept} are to come back, {moved} in the books"


def _sum_of(reason: str) -> Any:
    """What moved for a part, for this reason; what a dispute took from a producer is taken back."""
    fits = LedgerMove.reason == reason
    if reason == "take_back":
        fits |= (LedgerMove.reason == "dispute_recover") & LedgerMove.from_account.like(
            "producer:%")
    return (select(LedgerMove.seller_order_id, func.sum(LedgerMove.minor).label("minor"))
            .where(fits, LedgerMove.seller_order_id.is_not(None))
            .group_by(LedgerMove.seller_order_id).subquery())


def _paid(limit: int) -> Any:
    """Parts whose paid sum is not what came from the buyer."""
    moved = _sum_of("paid")
    minor = func.coalesce(moved.c.minor, 0)
    return (select(SellerOrder.number, SellerOrder.paid_minor, minor)
            .outerjoin(moved, moved.c.seller_order_id == SellerOrder.id)
            .where(SellerOrder.paid_minor != minor).order_by(SellerOrder.id).limit(limit))


def _refunded(limit: int) -> Any:
    """Parts whose done refunds are not what went to the buyer; a lost dispute's the bank gave."""
    moved = _sum_of("refund")
    done = (select(Refund.seller_order_id, func.sum(Refund.minor).label("minor"))
            .outerjoin(RefundRun, RefundRun.refund_id == Refund.id)
            .where(Refund.state == "done", RefundRun.dispute_id.is_(None))
            .group_by(Refund.seller_order_id).subquery())
    kept, minor = func.coalesce(done.c.minor, 0), func.coalesce(moved.c.minor, 0)
    return (select(SellerOrder.number, kept, minor)
            .outerjoin(moved, moved.c.seller_order_id == SellerOrder.id)
            .outerjoin(done, done.c.seller_order_id == SellerOrder.id)
            .where(kept != minor).order_by(SellerOrder.id).limit(limit))


def _owed(limit: int) -> Any:
    """Parts whose counter of refunds is not the sum of their refunds."""
    noted = (select(Refund.seller_order_id, func.sum(Refund.minor).label("minor"))
             .group_by(Refund.seller_order_id).subquery())
    minor = func.coalesce(noted.c.minor, 0)
    return (select(SellerOrder.number, minor, SellerOrder.refunded_minor)
            .outerjoin(noted, noted.c.seller_order_id == SellerOrder.id)
            .where(SellerOrder.refunded_minor != minor).order_by(SellerOrder.id).limit(limit))


def _advanced() -> Any:
    """What is still to come back of advances, where it is not what moved."""
    out, back = (select(func.coalesce(func.sum(LedgerMove.minor), 0))
                 .where(LedgerMove.reason == reason).scalar_subquery()
                 for reason in ("advance", "advance_back"))
    open_ = (select(func.coalesce(func.sum(Advance.minor - Advance.back_minor), 0))
             .scalar_subquery())
    kept = (select(func.coalesce(func.sum(PaymentPart.netted_minor), 0))
            .where(PaymentPart.transfer_state.in_(("due", "refused"))).scalar_subquery())
    return select(open_ + kept, out - back).where(open_ + kept != out - back)


def _handed(reason: str, column: Any, limit: int) -> Any:
    """Parts where what was handed over, or taken back, is not what moved."""
    moved = _sum_of(reason)
    sent = PaymentPart.transfer_state == "sent"
    kept = func.sum(case((sent, column), else_=0)) if reason == "transfer" else func.sum(column)
    minor = func.coalesce(func.max(moved.c.minor), 0)
    return (select(SellerOrder.number, kept, minor)
            .join(PaymentPart, PaymentPart.seller_order_id == SellerOrder.id)
            .outerjoin(moved, moved.c.seller_order_id == SellerOrder.id)
            .group_by(SellerOrder.id, SellerOrder.number).having(kept != minor)
            .order_by(SellerOrder.id).limit(limit))


def _held(limit: int) -> Any:
    """Accounts at the provider that hold less than nothing, or something without a reason."""
    into, out = aliased(LedgerMove), aliased(LedgerMove)
    name = literal("held:") + cast(SellerOrder.id, String)
    came = (select(func.coalesce(func.sum(into.minor), 0))
            .where(into.to_account == name).scalar_subquery())
    went = (select(func.coalesce(func.sum(out.minor), 0))
            .where(out.from_account == name).scalar_subquery())
    touched = select(literal(1)).where(PaymentPart.seller_order_id == SellerOrder.id).exists()
    return (select(name, came - went).where(touched, or_(
        came < went, and_(came > went, ~_reason_to_hold()))).order_by(SellerOrder.id)
        .limit(limit))


def _reason_to_hold() -> ColumnElement[bool]:
    """A transfer that is due, a refund on its way, a dispute, or a person who has to look."""
    def some(*where: Any) -> ColumnElement[bool]:
        return select(literal(1)).where(*where).correlate(SellerOrder).exists()

    part = PaymentPart.seller_order_id == SellerOrder.id
    return or_(
        some(part, PaymentPart.transfer_state.in_(("due", "refused"))),
        some(Refund.seller_order_id == SellerOrder.id, RefundRun.refund_id == Refund.id,
             RefundRun.step != "done"),
        some(part, Dispute.payment_id == PaymentPart.payment_id, Dispute.state == "open"),
        some(part, Payment.id == PaymentPart.payment_id, Payment.state == "review"))


def _forbidden(limit: int) -> Any:
    """Moves that no reason of the market allows."""
    source, target, reason = LedgerMove.from_account, LedgerMove.to_account, LedgerMove.reason
    return select(LedgerMove.batch, source, target).where(or_(
        and_(source.like("operator:%"), target.like("producer:%"), reason.not_in(TO_PRODUCER)),
        and_(source.like("buyer:%"), target.like("operator:%"), reason.not_in(FROM_BUYER)),
        and_(source.like("held:%"), target.like("operator:%"), reason.not_in(FROM_HELD)),
    )).order_by(LedgerMove.id).limit(limit)
