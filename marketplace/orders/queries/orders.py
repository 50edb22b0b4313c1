"""Orders as buyers and staff see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from hmac import compare_digest
from typing import Any, TypeVar

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, func, or_, select

from marketplace.foundation.database import db
from marketplace.foundation.errors import NotFound
from marketplace.orders.models import (
    Order,
    OrderHistory,
    OrderLine,
    Parcel,
    Refund,
    SellerOrder,
)
from marketplace.orders.rules.states import shown

Beside = TypeVar("Beside", Parcel, Refund)


@dataclass(frozen=True, slots=True)
class LineView:
    """One line as it was agreed; minor units."""

    id: int
    position: int
    product_id: int
    lot_id: int | None
    title: str
    essentials: str
    picture_file: str | None
    qty: int
    unit_minor: int
    total_minor: int
    base_price: str
    delivered: int
    dispatched: int
    cancelled: int
    source_kind: str
    source_ref: str | None
    set_ref: str | None
    age_class: int
    withdrawal: str
    withdrawn: int
    set_key: str | None
    set_asked: str | None
    variant_id: int
    tax_bp: int
    tax_note: str
    deposit_minor: int

    @property
    def left(self) -> int:
        """Pieces that are neither cancelled nor withdrawn from."""
        return self.qty - self.cancelled - self.withdrawn


@dataclass(frozen=True, slots=True)
class SellerPart:
    """The contract with one producer."""

    id: int
    producer_id: int
    position: int
    number: str
    reference: str
    state: str
    seller: Mapping[str, Any]
    bank: Mapping[str, Any] | None
    goods_minor: int
    shipping_minor: int
    total_minor: int
    paid_minor: int
    commission_bp: int
    promised_on: date | None
    paid_at: datetime | None
    dispatched_at: datetime | None
    delivered_at: datetime | None
    due_on: date | None
    withdraw_until: date | None
    lines: Sequence[LineView]
    parcels: Sequence[Parcel]
    refunds: Sequence[Refund] = ()

    @property
    def deposit_minor(self) -> int:
        """The deposit of all pieces; it is no part of the goods."""
        return sum(line.deposit_minor for line in self.lines)

    @property
    def open_minor(self) -> int:
        """What is still to be paid."""
        return max(0, self.total_minor - self.paid_minor)


@dataclass(frozen=True, slots=True)
class OrderView:
    """A whole order."""

    id: int
    number: str
    buyer_id: int | None
    email: str
    language: str
    currency: str
    ship_to: Mapping[str, Any]
    method: str
    mode: str
    goods_minor: int
    shipping_minor: int
    total_minor: int
    placed_at: datetime
    status: str
    parts: Sequence[SellerPart]
    history: Sequence[OrderHistory]
    guest_secret_hash: str | None
    look_until: datetime | None = None

    @property
    def deposit_minor(self) -> int:
        """The deposit of everything ordered."""
        return sum(part.deposit_minor for part in self.parts)


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order in the buyer's list."""

    number: str
    placed_at: datetime
    total_minor: int
    status: str
    sellers: tuple[str, ...]
    pictures: tuple[str, ...]
    pieces: int


def order_view(number: str) -> OrderView | None:
    """An order with all its parts. Loads: 3 statements."""
    rows = db.session.execute(
        select(Order, SellerOrder, Parcel, Refund)
        .join(SellerOrder, SellerOrder.order_id == Order.id)
        .outerjoin(Parcel, Parcel.seller_order_id == SellerOrder.id)
        .outerjoin(Refund, Refund.seller_order_id == SellerOrder.id)
        .where(Order.number == number.upper())
        .order_by(SellerOrder.position, Parcel.id, Refund.id)
        .execution_options(populate_existing=True)).all()
    if not rows:
        return None
    order, parts = rows[0][0], list(dict.fromkeys(row[1] for row in rows))
    parcels, refunds = _beside(row[2] for row in rows), _beside(row[3] for row in rows)
    lines = lines_of([part.id for part in parts])
    history = db.session.scalars(
        select(OrderHistory).where(OrderHistory.order_id == order.id, OrderHistory.for_buyer)
        .order_by(OrderHistory.at, OrderHistory.id).limit(200)).all()
    return OrderView(
        order.id, order.number, order.buyer_id, order.email, order.language, order.currency,
        order.ship_to, order.method, order.mode, order.goods_minor, order.shipping_minor,
        order.total_minor, order.placed_at, shown(part.state for part in parts),
        [_part(part, lines.get(part.id, []), parcels.get(part.id, []), refunds.get(part.id, []))
         for part in parts],
        history, order.guest_secret_hash, order.look_until,
    )


def _beside(rows: Iterable[Beside | None]) -> Mapping[int, Sequence[Beside]]:
    """Rows of a joined table by part, each once."""
    found: dict[int, list[Beside]] = {}
    for row in dict.fromkeys(rows):
        if row is not None:
            found.setdefault(row.seller_order_id, []).append(row)
    return found


def _part(row: SellerOrder, lines: Sequence[LineView], parcels: Sequence[Parcel],
          refunds: Sequence[Refund]) -> SellerPart:
    return SellerPart(
        row.id, row.producer_id, row.position, row.number, row.reference, row.state, row.seller,
        row.bank, row.goods_minor, row.shipping_minor, row.total_minor, row.paid_minor,
        row.commission_bp, row.promised_on, row.paid_at, row.dispatched_at, row.delivered_at,
        row.due_on, row.withdraw_until, lines, parcels, refunds,
    )


def lines_of(part_ids: Sequence[int]) -> Mapping[int, Sequence[LineView]]:
    """Lines by part, in their order. Loads: 1 statement."""
    found: dict[int, list[LineView]] = {}
    for row in db.session.scalars(
        select(OrderLine).where(OrderLine.seller_order_id.in_(list(part_ids)))
        .order_by(OrderLine.position).execution_options(populate_existing=True)
    ):
        found.setdefault(row.seller_order_id, []).append(LineView(
            row.id, row.position, row.product_id, row.lot_id, row.title, row.essentials,
            row.picture_file, row.qty, row.unit_minor, row.total_minor, row.base_price,
            row.delivered, row.dispatched, row.cancelled, row.source_kind, row.source_ref,
            row.set_ref, row.age_class, row.withdrawal, row.withdrawn, row.set_key, row.set_asked,
            row.variant_id, row.tax_bp, row.tax_note, row.deposit_minor))
    return found


def orders_of(person_id: int, offset: int, limit: int, words: str = ""
              ) -> tuple[Sequence[OrderRow], int]:
    """A person's orders, newest first, and how many; with `words` those whose number, goods or
    sellers have all of them. Loads: 4 statements.
    """
    mine = [Order.buyer_id == person_id, *(_says(word) for word in words.lower().split()[:6])]
    total = db.session.scalar(select(func.count()).select_from(Order).where(*mine)) or 0
    orders = db.session.scalars(
        select(Order).where(*mine)
        .order_by(Order.placed_at.desc(), Order.id.desc()).offset(offset).limit(limit)).all()
    parts: dict[int, list[SellerOrder]] = {}
    for part in db.session.scalars(
        select(SellerOrder).where(SellerOrder.order_id.in_([o.id for o in orders]))
        .order_by(SellerOrder.position)
    ):
        parts.setdefault(part.order_id, []).append(part)
    lines = lines_of([part.id for some in parts.values() for part in some])
    return [_row(order, parts.get(order.id, []), lines) for order in orders], total


def _says(word: str) -> ColumnElement[bool]:
    """Whether an order has a word in its number, its goods or the names of its sellers."""
    like = "%" + word.replace("\\", "").replace("%", "\\%").replace("_", "\\_") + "%"
    seller = SellerOrder.seller["name"].as_string()
    inside = (select(SellerOrder.id)
              .outerjoin(OrderLine, OrderLine.seller_order_id == SellerOrder.id)
              .where(SellerOrder.order_id == Order.id,
                     or_(func.lower(OrderLine.title).like(like, escape="\\"),
                         func.lower(seller).like(like, escape="\\"))))
    return or_(func.lower(Order.number).like(like, escape="\\"), inside.exists())


def _row(order: Order, parts: Sequence[SellerOrder], lines: Mapping[int, Sequence[LineView]]
         ) -> OrderRow:
    own = [line for part in parts for line in lines.get(part.id, [])]
    return OrderRow(
        order.number, order.placed_at, order.total_minor, shown(part.state for part in parts),
        tuple(str(part.seller["name"]) for part in parts),
        tuple(line.picture_file for line in own if line.picture_file)[:4],
        sum(line.qty for line in own),
    )


def order_for(number: str, viewer_id: int | None, secrets: Mapping[str, str]) -> OrderView:
    """An order for who may see it: the member who placed it, or the browser that has its secret.

    `secrets` holds the secrets of guests' orders by number. Loads: 3 statements. Raises NotFound.
    """
    found = order_view(number)
    if found is not None:
        if viewer_id is not None and found.buyer_id == viewer_id:
            return found
        if found.buyer_id is None and is_guest_of(found, secrets.get(found.number, "")):
            return found
    raise NotFound(_("There is no such order here."))


def part_numbers(seller_order_id: int) -> tuple[str, str]:
    """The number of an order and of one producer's part of it. Loads: 1 statement."""
    row = db.session.execute(
        select(Order.number, SellerOrder.number)
        .join(Order, Order.id == SellerOrder.order_id).where(SellerOrder.id == seller_order_id)
    ).one()
    return row[0], row[1]


def own_head(number: str, viewer_id: int | None, secrets: Mapping[str, str]
             ) -> tuple[str, str] | None:
    """Name and address of one's own order, to fill in a form. Loads: 1 statement."""
    row = db.session.execute(
        select(Order.number, Order.buyer_id, Order.guest_secret_hash, Order.email, Order.ship_to)
        .where(Order.number == number.strip().upper())).first()
    if row is None:
        return None
    mine = row.buyer_id == viewer_id if row.buyer_id is not None else is_guest_of(
        row, secrets.get(row.number, ""))
    return (str(row.ship_to.get("name", "")), row.email) if mine else None


def is_guest_of(order: Any, secret: str) -> bool:
    """Whether a secret from a guest's link belongs to this order."""
    known = order.guest_secret_hash or ""
    return bool(known) and compare_digest(sha256(secret.encode()).hexdigest(), known)
