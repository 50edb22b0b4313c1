"""The way of a seller order: paid, packed, handed over, delivered, cancelled, expired."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select, true, update

from marketplace.catalog.actions import Held, free, use
from marketplace.foundation import clock
from marketplace.foundation.codes import new_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict
from marketplace.foundation.events import announce
from marketplace.orders.actions.owing import owe
from marketplace.orders.events import (
    LineDelivered,
    ParcelHandedOver,
    SellerOrderCancelled,
    SellerOrderExpired,
)
from marketplace.orders.models import (
    Order,
    OrderHistory,
    OrderLine,
    Parcel,
    ParcelLine,
    Reservation,
    SellerOrder,
)
from marketplace.orders.rules.dates import withdraw_until
from marketplace.orders.rules.states import REFUSED, after, sources

WORDS = {
    "fully_paid": "paid", "packing": "packing", "handed_over": "dispatched",
    "delivered": "delivered", "buyer_cancels": "cancelled", "seller_cancels": "cancelled",
    "time_over": "expired",
}


def _move(part_id: int, event: str, actor: str, name: str | None = None, **values: Any) -> bool:
    """One conditional UPDATE by the table of states; False where nothing changes.

    Raises Conflict where the event is refused. Changes seller_orders, order_history.
    """
    targets = {after(event, state) for state in sources(event)}
    free = SellerOrder.hold == "" if event == "handed_over" else true()
    moved = db.session.execute(
        update(SellerOrder)
        .where(SellerOrder.id == part_id, SellerOrder.state.in_(sources(event)), free)
        .values(state=targets.pop(), **values).execution_options(synchronize_session=False))
    if moved.rowcount:  # type: ignore[attr-defined]
        order_id = db.session.scalar(select(SellerOrder.order_id).where(SellerOrder.id == part_id))
        db.session.add(OrderHistory(order_id=order_id, seller_order_id=part_id, at=clock.now(),
                                    kind=WORDS[event], actor=actor, actor_name=name))
        db.session.flush()
        return True
    state, hold = db.session.execute(select(SellerOrder.state, SellerOrder.hold).where(
        SellerOrder.id == part_id)).first() or (None, "")
    if hold and event == "handed_over":
        raise Conflict(_("This order is on hold: the buyer's bank disputes the payment. Nothing "
                         "is sent until the bank has decided."))
    if state is None or after(event, state) == REFUSED:
        raise Conflict(_("That is not possible any more: the order moved on."))
    return False


def _part(part_id: int) -> SellerOrder:
    return db.session.execute(
        select(SellerOrder).where(SellerOrder.id == part_id)
        .execution_options(populate_existing=True)).scalar_one()


def start_packing(part_id: int, name: str) -> bool:
    """The producer began to pack. Changes seller_orders."""
    return _move(part_id, "packing", "staff", name)


def hand_over(part_id: int, name: str, carrier: str = "", tracking: str = "", note: str = ""
              ) -> Parcel | None:
    """Everything that is open goes out in one parcel; None if it had gone already.

    `note`: personal words to the buyer, which only the buyer reads.

    Changes seller_orders, parcels, order_lines, reservations, variants; announces.
    """
    now = clock.now()
    if not _move(part_id, "handed_over", "staff", name, dispatched_at=now):
        return None
    parcel = Parcel(seller_order_id=part_id, code=new_code(7), carrier=carrier[:40],
                    tracking=tracking[:60], note=note[:600], state="handed_over",
                    handed_over_at=now)
    db.session.add(parcel)
    db.session.flush()
    for line in _open_lines(part_id):
        qty = line.qty - line.cancelled - line.dispatched
        db.session.add(ParcelLine(parcel_id=parcel.id, line_id=line.id, qty=qty,
                                  lot_id=line.lot_id))
        line.dispatched += qty
    _settle(part_id, "used")
    db.session.flush()
    announce(ParcelHandedOver(part_id, _part(part_id).order_id, parcel.id))
    return parcel


def _open_lines(part_id: int) -> list[OrderLine]:
    rows = db.session.scalars(
        select(OrderLine).where(OrderLine.seller_order_id == part_id,
                                OrderLine.qty > OrderLine.cancelled + OrderLine.dispatched)
        .order_by(OrderLine.id).execution_options(populate_existing=True))
    return list(rows)


def _settle(part_id: int, state: str) -> None:
    """End the held reservations of a part: used or freed, each once."""
    rows = db.session.scalars(
        select(Reservation).join(OrderLine, OrderLine.id == Reservation.line_id)
        .where(OrderLine.seller_order_id == part_id, Reservation.state == "held")
        .order_by(Reservation.variant_id)).all()
    for row in rows:
        ended = db.session.execute(
            update(Reservation).where(Reservation.id == row.id, Reservation.state == "held")
            .values(state=state).execution_options(synchronize_session=False))
        if ended.rowcount:  # type: ignore[attr-defined]
            (use if state == "used" else free)([Held(row.variant_id, row.qty)])


def deliver(part_id: int, by: str, name: str | None = None, at: datetime | None = None) -> bool:
    """Everything is in the buyer's hands. False if it was before. Announces LineDelivered."""
    now = at or clock.now()
    actor = "buyer" if by == "buyer" else "staff"
    if not _move(part_id, "delivered", actor, name, delivered_at=now,
                 withdraw_until=withdraw_until(clock.in_zone(now).date())):
        return False
    db.session.execute(update(Parcel).where(Parcel.seller_order_id == part_id,
                                            Parcel.state == "handed_over")
                       .values(state="delivered", delivered_at=now, delivered_by=by))
    part = _part(part_id)
    buyer = db.session.scalar(select(Order.buyer_id).where(Order.id == part.order_id))
    for line in db.session.scalars(
        select(OrderLine).where(OrderLine.seller_order_id == part_id, OrderLine.dispatched > 0)
        .order_by(OrderLine.id).execution_options(populate_existing=True)
    ):
        line.delivered = line.dispatched
        db.session.flush()
        announce(LineDelivered(line.id, part.order_id, buyer, line.product_id, line.lot_id))
    return True


def cancel_part(part_id: int, by: str, name: str | None = None, reason: str = "") -> bool:
    """End a part before dispatch; its goods are free again, what was paid is owed back.

    Raises Conflict after dispatch. Changes seller_orders, reservations, variants, refunds.
    """
    event = "buyer_cancels" if by == "buyer" else "seller_cancels"
    if not _move(part_id, event, "buyer" if by == "buyer" else "staff", name):
        return False
    _end(part_id)
    part = _part(part_id)
    owe(part_id, "cancel", part.paid_minor - part.refunded_minor,
        goods_minor=part.goods_minor - part.refunded_goods_minor,
        shipping_minor=part.shipping_minor, words=reason, name=name)
    announce(SellerOrderCancelled(part_id, _part(part_id).order_id, by))
    return True


def _end(part_id: int) -> None:
    _settle(part_id, "freed")
    db.session.execute(update(OrderLine).where(OrderLine.seller_order_id == part_id)
                       .values(cancelled=OrderLine.qty - OrderLine.dispatched)
                       .execution_options(synchronize_session=False))


def expire_due(limit: int = 200) -> int:
    """End unpaid parts whose time is over; how many. Changes as `cancel_part`.

    Parts that are paid on a page elsewhere are ended by `payments` once that page is closed.
    """
    late = db.session.scalars(
        select(SellerOrder.id).join(OrderLine, OrderLine.seller_order_id == SellerOrder.id)
        .join(Reservation, Reservation.line_id == OrderLine.id)
        .join(Order, Order.id == SellerOrder.order_id)
        .where(SellerOrder.state == "awaiting_payment", Reservation.state == "held",
               Order.method == "bank_transfer")
        .group_by(SellerOrder.id).having(func.max(Reservation.until) < clock.now())
        .order_by(SellerOrder.id).limit(limit)).all()
    for part_id in late:
        expire_part(part_id)
    return len(late)


def expire_part(part_id: int) -> bool:
    """End one unpaid part; False if it is not unpaid any more. Changes as `cancel_part`."""
    if not _move(part_id, "time_over", "system"):
        return False
    _end(part_id)
    announce(SellerOrderExpired(part_id, _part(part_id).order_id))
    return True
