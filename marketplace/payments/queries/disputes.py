"""Disputes: what the bank wants, on whom it falls, and everything our data say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal, select

from marketplace.foundation.database import db
from marketplace.orders.models import Order, Parcel, Refund, SellerOrder
from marketplace.orders.queries.orders import LineView, lines_of
from marketplace.payments.models import (
    Dispute,
    DisputeFact,
    DisputeShare,
    LedgerMove,
    Payment,
    RefundRun,
)
from marketplace.payments.models.disputes import OPEN


@dataclass(frozen=True, slots=True)
class ShareView:
    """A seller order of a disputed payment: its share, and how it was sent; minor units."""

    part_id: int
    producer_id: int
    number: str
    producer: str
    total_minor: int
    minor: int
    state: str
    hold: str
    lines: Sequence[LineView]
    parcels: Sequence[Parcel]
    delivered_at: datetime | None


@dataclass(frozen=True, slots=True)
class DisputeView:
    """A dispute with everything our data say; minor units."""

    id: int
    reference: str
    state: str
    reason: str
    minor: int
    fee_minor: int
    opened_at: datetime
    until: datetime | None
    answered_at: datetime | None
    answered_by: str
    closed_at: datetime | None
    method: str
    paid_minor: int
    order_number: str
    placed_at: datetime
    email: str
    ship_to: Mapping[str, Any]
    shares: Sequence[ShareView]
    facts: Sequence[DisputeFact]


def dispute_view(dispute_id: int, producer_id: int | None = None) -> DisputeView | None:
    """A dispute, or a producer's side of it; None for others. Loads: 5 statements."""
    found = db.session.execute(
        select(Dispute, Payment, Order).join(Payment, Payment.id == Dispute.payment_id)
        .join(Order, Order.id == Payment.order_id).where(Dispute.id == dispute_id)
        .execution_options(populate_existing=True)).first()
    if found is None:
        return None
    row, payment, order = found
    wanted = (select(SellerOrder, DisputeShare.minor)
              .join(DisputeShare, DisputeShare.seller_order_id == SellerOrder.id)
              .where(DisputeShare.dispute_id == row.id))
    said = select(DisputeFact).where(DisputeFact.dispute_id == row.id)
    if producer_id is not None:
        wanted = wanted.where(SellerOrder.producer_id == producer_id)
        said = said.where(DisputeFact.producer_id == producer_id)
    parts = db.session.execute(wanted.order_by(SellerOrder.position)
                               .execution_options(populate_existing=True)).all()
    if producer_id is not None and not parts:
        return None
    facts = db.session.scalars(said.order_by(DisputeFact.id)).all()
    return DisputeView(
        row.id, row.reference, row.state, row.reason, row.minor, row.fee_minor, row.opened_at,
        row.evidence_until, row.answered_at, row.answered_by, row.closed_at, payment.method,
        payment.total_minor, order.number, order.placed_at, order.email, order.ship_to,
        _shares(parts), facts)


def _shares(parts: Sequence[Any]) -> list[ShareView]:
    ids = [part.id for part, _minor in parts]
    lines = lines_of(ids)
    parcels: dict[int, list[Parcel]] = {}
    for parcel in db.session.scalars(select(Parcel).where(Parcel.seller_order_id.in_(ids))
                                     .order_by(Parcel.id)):
        parcels.setdefault(parcel.seller_order_id, []).append(parcel)
    return [ShareView(part.id, part.producer_id, part.number, str(part.seller["name"]),
                      part.total_minor, minor, part.state, part.hold, lines.get(part.id, ()),
                      parcels.get(part.id, ()), part.delivered_at) for part, minor in parts]


def unreturned() -> Sequence[int]:
    """Refunds recovered for disputes that were won after all, not returned. Loads: 1 statement."""
    known = (select(LedgerMove.id).where(LedgerMove.batch == literal("return-") + Refund.code)
             .exists())
    return db.session.scalars(
        select(RefundRun.refund_id).join(Dispute, Dispute.id == RefundRun.dispute_id)
        .join(Refund, Refund.id == RefundRun.refund_id)
        .where(Dispute.state == "won", RefundRun.step == "done", ~known)).all()


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """A dispute in a list; `minor` is the whole, or a producer's share."""

    id: int
    order_number: str
    minor: int
    state: str
    until: datetime | None


def disputes_of(producer_id: int, limit: int = 50) -> Sequence[DisputeRow]:
    """Disputes in which a producer has a share, open ones first. Loads: 1 statement."""
    rows = db.session.execute(
        select(Dispute.id, func.min(Order.number), func.sum(DisputeShare.minor), Dispute.state,
               Dispute.evidence_until)
        .join(DisputeShare, DisputeShare.dispute_id == Dispute.id)
        .join(SellerOrder, SellerOrder.id == DisputeShare.seller_order_id)
        .join(Order, Order.id == SellerOrder.order_id)
        .where(SellerOrder.producer_id == producer_id, DisputeShare.minor > 0)
        .group_by(Dispute.id, Dispute.state, Dispute.evidence_until)
        .order_by(Dispute.state.not_in(OPEN), Dispute.id.desc()).limit(limit))
    return [DisputeRow(row[0], row[1], int(row[2]), row[3], row[4]) for row in rows]
