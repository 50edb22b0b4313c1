"""What the books say to a producer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select

from marketplace.foundation.database import db
from marketplace.orders.models import Order, Refund, SellerOrder
from marketplace.payments.models import LedgerMove, RefundRun


@dataclass(frozen=True, slots=True)
class OpenSum:
    """A part that waits for a transfer; minor units."""

    number: str
    order_number: str
    open_minor: int
    due_on: date | None


@dataclass(frozen=True, slots=True)
class OwedBack:
    """A refund a producer owes; `by_transfer` where they send it themselves."""

    code: str
    number: str
    order_number: str
    minor: int
    cause: str
    words: str
    due_on: date
    by_transfer: bool
    trouble: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A move as an account sees it; minor units, negative where it went out."""

    at: datetime
    minor: int
    reason: str
    number: str


def open_sums(producer_id: int, limit: int = 100) -> Sequence[OpenSum]:
    """What buyers have still to transfer, by due day. Loads: 1 statement."""
    rows = db.session.execute(
        select(SellerOrder.number, Order.number, SellerOrder.total_minor - SellerOrder.paid_minor,
               SellerOrder.due_on)
        .join(Order, Order.id == SellerOrder.order_id)
        .where(SellerOrder.producer_id == producer_id, SellerOrder.state == "awaiting_payment",
               Order.method == "bank_transfer")
        .order_by(SellerOrder.due_on, SellerOrder.id).limit(limit))
    return [OpenSum(*row) for row in rows]


def owed_back(producer_id: int, limit: int = 100) -> Sequence[OwedBack]:
    """Refunds that are not done, the oldest due day first. Loads: 1 statement."""
    rows = db.session.execute(
        select(Refund.code, SellerOrder.number, Order.number, Refund.minor, Refund.cause,
               Refund.words, Refund.due_on, Refund.method, RefundRun.trouble)
        .join(SellerOrder, SellerOrder.id == Refund.seller_order_id)
        .join(Order, Order.id == SellerOrder.order_id)
        .outerjoin(RefundRun, RefundRun.refund_id == Refund.id)
        .where(SellerOrder.producer_id == producer_id, Refund.state != "done")
        .order_by(Refund.due_on, Refund.id).limit(limit))
    return [OwedBack(*row[:7], row[7] == "bank_transfer", row[8] or "") for row in rows]


def entries(account: str, limit: int = 50) -> Sequence[Entry]:
    """The newest moves of an account. Loads: 1 statement."""
    rows = db.session.execute(
        select(LedgerMove.at, LedgerMove.minor, LedgerMove.to_account, LedgerMove.reason,
               SellerOrder.number)
        .outerjoin(SellerOrder, SellerOrder.id == LedgerMove.seller_order_id)
        .where(or_(LedgerMove.to_account == account, LedgerMove.from_account == account))
        .order_by(LedgerMove.at.desc(), LedgerMove.id.desc()).limit(limit))
    return [Entry(row[0], row[1] if row[2] == account else -row[1], row[3], row[4] or "")
            for row in rows]


def refund_of(code: str, producer_id: int) -> Refund | None:
    """A producer's own open refund. Loads: 1 statement."""
    return db.session.scalar(
        select(Refund).join(SellerOrder, SellerOrder.id == Refund.seller_order_id)
        .where(Refund.code == code.upper(), SellerOrder.producer_id == producer_id,
               Refund.method == "bank_transfer", Refund.state != "done"))
