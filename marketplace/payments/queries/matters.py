"""What about money waits for a person of the market."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, func, or_, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.orders.models import Order, Refund, SellerOrder
from marketplace.payments.models import (
    Correction,
    Dispute,
    ForeignRefund,
    LedgerMove,
    Payment,
    PaymentNotice,
    PaymentPart,
    RefundRun,
)
from marketplace.payments.models.disputes import OPEN
from marketplace.people.models import Person

LONG = timedelta(days=30)
HELD_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something about money that waits for a person.

    `key` names it at its page; `words` is the provider's or our word for why; minor units.
    """

    kind: str
    key: tuple[Any, ...]
    order_number: str
    minor: int
    words: str
    since: datetime
    until: datetime | None = None


def troubles(limit: int = 100) -> Sequence[Trouble]:
    """Payments that do not fit, messages of the wrong mode, refunds made elsewhere, disputes,
    refused transfers and refunds that wait. Loads: 6 statements.
    """
    return [*_reviews(limit), *_notices(limit), *_foreign(limit), *_disputes(limit),
            *_transfers(limit), *_refunds(limit)]


def _reviews(limit: int) -> list[Trouble]:
    return [Trouble("review", (row[0],), *row[1:3], "", row[3]) for row in db.session.execute(
        select(Payment.id, Order.number, Payment.total_minor, Payment.made_at)
        .join(Order, Order.id == Payment.order_id)
        .where(Payment.state == "review").order_by(Payment.id).limit(limit))]


def _notices(limit: int) -> list[Trouble]:
    return [Trouble("wrong_mode", (row[0], row[1]), *row[2:5], row[5])
            for row in db.session.execute(
        select(PaymentNotice.source, PaymentNotice.event_id, PaymentNotice.order_number,
               PaymentNotice.minor, PaymentNotice.mode, PaymentNotice.received_at)
        .where(PaymentNotice.outcome == "wrong_mode", PaymentNotice.settled_at.is_(None))
        .order_by(PaymentNotice.received_at).limit(limit))]


def _foreign(limit: int) -> list[Trouble]:
    return [Trouble("foreign_refund", (row[0],), *row[1:4], row[4])
            for row in db.session.execute(
        select(ForeignRefund.id, Order.number, ForeignRefund.minor, ForeignRefund.reference,
               ForeignRefund.found_at)
        .join(Payment, Payment.id == ForeignRefund.payment_id)
        .join(Order, Order.id == Payment.order_id)
        .where(ForeignRefund.assigned_at.is_(None)).order_by(ForeignRefund.id).limit(limit))]


def _disputes(limit: int) -> list[Trouble]:
    return [Trouble("dispute", (row[0],), *row[1:]) for row in db.session.execute(
        select(Dispute.id, Order.number, Dispute.minor, Dispute.state, Dispute.opened_at,
               Dispute.evidence_until)
        .join(Payment, Payment.id == Dispute.payment_id)
        .join(Order, Order.id == Payment.order_id).where(Dispute.state.in_(OPEN))
        .order_by(Dispute.state.desc(), Dispute.evidence_until, Dispute.id).limit(limit))]


def _transfers(limit: int) -> list[Trouble]:
    return [Trouble("transfer", (row[0], row[1]), *row[2:5], row[5] or row[6])
            for row in db.session.execute(
        select(PaymentPart.payment_id, PaymentPart.seller_order_id, SellerOrder.number,
               PaymentPart.transfer_minor, PaymentPart.transfer_trouble,
               PaymentPart.refused_since, Payment.made_at)
        .join(Payment, Payment.id == PaymentPart.payment_id)
        .join(SellerOrder, SellerOrder.id == PaymentPart.seller_order_id)
        .where(PaymentPart.transfer_state == "refused")
        .order_by(PaymentPart.payment_id).limit(limit))]


def _refunds(limit: int) -> list[Trouble]:
    return [Trouble("refund", (row[0], row[1]), *row[2:5], row[5])
            for row in db.session.execute(
        select(RefundRun.payment_id, RefundRun.refund_id, SellerOrder.number, Refund.minor,
               RefundRun.trouble, RefundRun.began_at)
        .join(Refund, Refund.id == RefundRun.refund_id)
        .join(SellerOrder, SellerOrder.id == Refund.seller_order_id)
        .where(RefundRun.step != "done", RefundRun.trouble != "")
        .order_by(RefundRun.step != "person", RefundRun.began_at).limit(limit))]


@dataclass(frozen=True, slots=True)
class HeldRow:
    """What the provider still holds of a part, and why; minor units."""

    number: str
    minor: int
    since: datetime
    reason: str
    long: bool


def held_long(limit: int = 100) -> Sequence[HeldRow]:
    """Held for longer than a day, the oldest first: refused, waits to go back, or unknown.

    Loads: 2 statements.
    """
    into, out = LedgerMove.to_account, LedgerMove.from_account
    moves = (select(LedgerMove.seller_order_id,
                    func.sum(case((into.like("held:%"), LedgerMove.minor), else_=0)
                             - case((out.like("held:%"), LedgerMove.minor), else_=0)).label("left"),
                    func.max(LedgerMove.at).label("since"))
             .where(or_(into.like("held:%"), out.like("held:%")))
             .group_by(LedgerMove.seller_order_id).subquery())
    rows = db.session.execute(
        select(SellerOrder.id, SellerOrder.number, moves.c.left, moves.c.since)
        .join(moves, moves.c.seller_order_id == SellerOrder.id)
        .where(moves.c.left > 0, moves.c.since < clock.now() - HELD_FOR)
        .order_by(moves.c.since).limit(limit)).all()
    reasons = _why_held([row[0] for row in rows])
    return [HeldRow(number, int(left), since, reasons.get(part_id, ""),
                    since < clock.now() - LONG) for part_id, number, left, since in rows]


def _why_held(part_ids: Sequence[int]) -> dict[int, str]:
    rows = db.session.execute(
        select(PaymentPart.seller_order_id, PaymentPart.transfer_state, RefundRun.trouble)
        .outerjoin(Refund, Refund.seller_order_id == PaymentPart.seller_order_id)
        .outerjoin(RefundRun, (RefundRun.refund_id == Refund.id) & (RefundRun.step != "done"))
        .where(PaymentPart.seller_order_id.in_(part_ids)))
    return {part_id: "refused" if state in ("refused", "due") else "refund"
            for part_id, state, trouble in rows
            if state in ("refused", "due") or trouble is not None}


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt to pay with everything the provider told of it."""

    payment: Payment
    order_number: str
    notices: Sequence[PaymentNotice]


def attempt_of(payment_id: int) -> Attempt | None:
    """An attempt and its messages. Loads: 2 statements."""
    row = db.session.execute(select(Payment, Order.number).join(Order, Order.id == Payment.order_id)
                             .where(Payment.id == payment_id)
                             .execution_options(populate_existing=True)).first()
    if row is None:
        return None
    notices = db.session.scalars(
        select(PaymentNotice).where(PaymentNotice.order_number == row[1],
                                    PaymentNotice.attempt == row[0].attempt)
        .order_by(PaymentNotice.received_at)).all()
    return Attempt(row[0], row[1], notices)


def notice_of(source: str, event_id: str) -> PaymentNotice | None:
    """A message by its number. Loads: 1 statement."""
    return db.session.scalar(select(PaymentNotice).where(
        PaymentNotice.source == source, PaymentNotice.event_id == event_id)
        .execution_options(populate_existing=True))


@dataclass(frozen=True, slots=True)
class Foreign:
    """A refund made elsewhere, and the parts it may fall on: id, words, what is left of each."""

    row: ForeignRefund
    order_number: str
    parts: Sequence[tuple[int, str, int]]


def foreign_refund(foreign_id: int) -> Foreign | None:
    """A refund made elsewhere. Loads: 2 statements."""
    row = db.session.execute(
        select(ForeignRefund, Order.number).join(Payment, Payment.id == ForeignRefund.payment_id)
        .join(Order, Order.id == Payment.order_id).where(ForeignRefund.id == foreign_id)
        .execution_options(populate_existing=True)).first()
    if row is None:
        return None
    parts = db.session.scalars(
        select(SellerOrder).join(PaymentPart, PaymentPart.seller_order_id == SellerOrder.id)
        .where(PaymentPart.payment_id == row[0].payment_id).order_by(SellerOrder.position)
        .execution_options(populate_existing=True))
    return Foreign(row[0], row[1], [(part.id, f"{part.seller['name']} {part.number}",
                                     part.paid_minor - part.refunded_minor) for part in parts])


@dataclass(frozen=True, slots=True)
class Proposed:
    """A correction that waits, and who proposed it."""

    row: Correction
    by: str


def corrections_waiting(limit: int = 50) -> Sequence[Proposed]:
    """Corrections that wait for a second person. Loads: 1 statement."""
    return [Proposed(*row) for row in db.session.execute(
        select(Correction, func.coalesce(Person.display_name, Person.handle))
        .join(Person, Person.id == Correction.proposed_by)
        .where(Correction.state == "waiting").order_by(Correction.id).limit(limit))]
