"""What of orders is stuck and waits for a person of the market."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from marketplace.foundation import clock
from marketplace.foundation.database import read
from marketplace.orders.models import Complaint, Order, Refund, SellerOrder


@dataclass(frozen=True, slots=True)
class LateRefund:
    """Money that should be back already; minor units."""

    number: str
    seller: str
    code: str
    minor: int
    due_on: date
    cause: str


def late_refunds(limit: int = 50) -> Sequence[LateRefund]:
    """Refunds past their day, oldest first. Loads: 1 statement."""
    rows = read(select(SellerOrder.number, SellerOrder.seller, Refund.code, Refund.minor,
                       Refund.due_on, Refund.cause)
                .join(SellerOrder, SellerOrder.id == Refund.seller_order_id)
                .where(Refund.state.in_(("due", "sending", "sent", "failed")),
                       Refund.due_on < clock.today())
                .order_by(Refund.due_on, Refund.id).limit(limit))
    return [LateRefund(row[0], str(row[1]["name"]), *row[2:]) for row in rows]


def candidates(emails: Collection[str]) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Numbers and sellers of the newest contracts by the address they were ordered with.

    Loads: 1 statement, none without addresses.
    """
    if not emails:
        return {}
    found: dict[str, list[tuple[str, str]]] = {}
    for email, number, seller in read(
            select(func.lower(Order.email), SellerOrder.number, SellerOrder.seller)
            .join(SellerOrder, SellerOrder.order_id == Order.id)
            .where(func.lower(Order.email).in_([email.lower() for email in emails]))
            .order_by(Order.id.desc(), SellerOrder.position).limit(200)):
        if len(found.setdefault(email, [])) < 6:
            found[email].append((number, str(seller["name"])))
    return found


def vanished_parts(limit: int = 50) -> Sequence[tuple[str, str, date]]:
    """Number, seller and promised day of parts for which nobody acts. Loads: 1 statement."""
    rows = read(select(SellerOrder.number, SellerOrder.seller, SellerOrder.promised_on)
                .where(SellerOrder.state.in_(("paid", "preparing")),
                       SellerOrder.vanished_at.is_not(None),
                       SellerOrder.promised_on < clock.today())
                .order_by(SellerOrder.promised_on, SellerOrder.id).limit(limit))
    return [(row[0], str(row[1]["name"]), row[2]) for row in rows]


@dataclass(frozen=True, slots=True)
class Disputed:
    """A complaint about which both sides twice did not agree."""

    number: str
    seller: str
    kind: str
    since: datetime


def disputed_complaints(limit: int = 50) -> Sequence[Disputed]:
    """Disputes, oldest first. Loads: 1 statement."""
    rows = read(select(SellerOrder.number, SellerOrder.seller, Complaint.kind, Complaint.state_at)
                .join(SellerOrder, SellerOrder.id == Complaint.seller_order_id)
                .where(Complaint.state == "disputed")
                .order_by(Complaint.state_at, Complaint.id).limit(limit))
    return [Disputed(row[0], str(row[1]["name"]), row[2], row[3]) for row in rows]
