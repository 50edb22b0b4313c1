"""A producer's own parts of orders, as its staff see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func, select

from marketplace.catalog.models import Product
from marketplace.foundation.database import db
from marketplace.orders.models import (
    Billing,
    Order,
    OrderHistory,
    Parcel,
    ParcelLine,
    SellerOrder,
)
from marketplace.orders.queries.orders import LineView, lines_of


@dataclass(frozen=True, slots=True)
class StudioOrder:
    """A producer's own part in the studio; nothing of the other sellers."""

    id: int
    number: str
    order_number: str
    state: str
    placed_at: datetime
    promised_on: date | None
    total_minor: int
    paid_minor: int
    ship_to: Mapping[str, Any]
    lines: Sequence[LineView]
    age_class: int
    method: str
    language: str
    own_bills: bool = False
    hold: str = ""


URGENCY = case(
    (SellerOrder.state == "paid", 0), (SellerOrder.state == "preparing", 1),
    (SellerOrder.state == "awaiting_payment", 2), (SellerOrder.state == "dispatched", 3), else_=4)


def studio_orders(producer_id: int, state: str | None, limit: int = 40, offset: int = 0
                  ) -> Sequence[StudioOrder]:
    """A producer's own parts: to do first, by promised day; what is done, newest first.

    Loads: 2 statements.
    """
    return studio_page(producer_id, state, limit, offset)[0]


def studio_page(producer_id: int, state: str | None, limit: int, offset: int
                ) -> tuple[Sequence[StudioOrder], int]:
    """As `studio_orders`, and how many there are in all. Loads: 2 statements."""
    mine = [SellerOrder.producer_id == producer_id]
    if state:
        mine.append(SellerOrder.state == state)
    count = select(func.count()).select_from(SellerOrder).where(*mine).scalar_subquery()
    rows = db.session.execute(
        select(SellerOrder, Order, Billing.invoices, count)
        .join(Order, Order.id == SellerOrder.order_id)
        .outerjoin(Billing, Billing.producer_id == SellerOrder.producer_id).where(*mine)
        .order_by(URGENCY, SellerOrder.promised_on.is_(None),
                  case((URGENCY < 4, SellerOrder.promised_on)), SellerOrder.id.desc())
        .offset(offset).limit(limit)).all()
    lines = lines_of([row[0].id for row in rows])
    return [StudioOrder(
        part.id, part.number, order.number, part.state, order.placed_at, part.promised_on,
        part.total_minor, part.paid_minor, order.ship_to, lines.get(part.id, []), part.age_class,
        order.method, order.language, bills == "own", part.hold,
    ) for part, order, bills, _count in rows], rows[0][3] if rows else 0


def studio_part(producer_id: int, number: str) -> tuple[StudioOrder, Mapping[int, str]] | None:
    """A producer's own part and the short codes of its goods. Loads: 3 statements."""
    row = db.session.execute(
        select(SellerOrder, Order).join(Order, Order.id == SellerOrder.order_id)
        .where(SellerOrder.number == number.upper(),
               SellerOrder.producer_id == producer_id)).first()
    if row is None:
        return None
    part, order = row
    lines = lines_of([part.id]).get(part.id, [])
    codes: Mapping[int, str] = dict(db.session.execute(
        select(Product.id, Product.code)
        .where(Product.id.in_([line.product_id for line in lines]))).all())
    return StudioOrder(
        part.id, part.number, order.number, part.state, order.placed_at, part.promised_on,
        part.total_minor, part.paid_minor, order.ship_to, lines, part.age_class, order.method,
        order.language), codes


@dataclass(frozen=True, slots=True)
class PartFacts:
    """An own part with everything that its page tells."""

    row: SellerOrder
    placed_at: datetime
    ship_to: Mapping[str, Any]
    method: str
    language: str
    lines: Sequence[LineView]
    history: Sequence[OrderHistory]
    parcels: Sequence[Parcel]
    inside: Mapping[int, Mapping[int, int]]

    @property
    def packed(self) -> dict[int, int]:
        """Pieces by line in parcels that have not left."""
        found: dict[int, int] = {}
        for parcel in self.parcels:
            for line, qty in self.inside.get(parcel.id, {}).items():
                found[line] = found.get(line, 0) + (qty if parcel.state == "packed" else 0)
        return found

    @property
    def loose(self) -> dict[int, int]:
        """Pieces by line that are here and in no packed parcel."""
        packed = self.packed
        found = {line.id: line.qty - line.cancelled - line.dispatched - packed.get(line.id, 0)
                 for line in self.lines}
        return {line: qty for line, qty in found.items() if qty > 0}


def part_facts(part: SellerOrder) -> PartFacts:
    """What the page of an own part shows; of the whole order nothing else.

    Loads: 4 statements, 5 where there are parcels.
    """
    order = db.session.execute(
        select(Order.placed_at, Order.ship_to, Order.method, Order.language)
        .where(Order.id == part.order_id)).one()
    history = db.session.scalars(
        select(OrderHistory).where(OrderHistory.seller_order_id == part.id)
        .order_by(OrderHistory.at, OrderHistory.id).limit(200)).all()
    parcels = db.session.scalars(
        select(Parcel).where(Parcel.seller_order_id == part.id).order_by(Parcel.id)).all()
    return PartFacts(part, order.placed_at, order.ship_to, order.method, order.language,
                     lines_of([part.id]).get(part.id, []), history, parcels,
                     _inside([parcel.id for parcel in parcels]))


def _inside(parcel_ids: Sequence[int]) -> dict[int, dict[int, int]]:
    """Pieces by line of each parcel. Loads: 1 statement, or none."""
    found: dict[int, dict[int, int]] = {}
    if parcel_ids:
        for parcel, line, qty in db.session.execute(
                select(ParcelLine.parcel_id, ParcelLine.line_id, ParcelLine.qty)
                .where(ParcelLine.parcel_id.in_(parcel_ids)).order_by(ParcelLine.line_id)):
            found.setdefault(parcel, {})[line] = qty
    return found


def packed_pieces(part_id: int) -> dict[int, int]:
    """Pieces by line in parcels that are packed and have not left. Loads: 1 statement."""
    rows = db.session.execute(
        select(ParcelLine.line_id, func.sum(ParcelLine.qty))
        .join(Parcel, Parcel.id == ParcelLine.parcel_id)
        .where(Parcel.seller_order_id == part_id, Parcel.state == "packed")
        .group_by(ParcelLine.line_id))
    return {row[0]: int(row[1]) for row in rows}


def to_pack(producer_id: int, limit: int = 200) -> Sequence[StudioOrder]:
    """Own parts that were paid and are not wholly sent or on hold, most urgent first.

    Loads: 2 statements.
    """
    rows = db.session.execute(
        select(SellerOrder, Order).join(Order, Order.id == SellerOrder.order_id)
        .where(SellerOrder.producer_id == producer_id, SellerOrder.hold == "",
               SellerOrder.state.in_(("paid", "preparing")))
        .order_by(SellerOrder.promised_on.is_(None), SellerOrder.promised_on, SellerOrder.id)
        .limit(limit)).all()
    lines = lines_of([row[0].id for row in rows])
    return [StudioOrder(
        part.id, part.number, order.number, part.state, order.placed_at, part.promised_on,
        part.total_minor, part.paid_minor, order.ship_to, lines.get(part.id, []), part.age_class,
        order.method, order.language) for part, order in rows]
