"""The way of a seller order: paid, packed, handed over, delivered, cancelled, expired."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, select, true, update

from marketplace.catalog.actions import Held, free
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict
from marketplace.foundation.events import announce
from marketplace.orders.actions.owing import owe
from marketplace.orders.events import (
    SellerOrderCancelled,
    SellerOrderExpired,
)
from marketplace.orders.models import (
    Order,
    OrderHistory,
    OrderLine,
    Reservation,
    SellerOrder,
)
from marketplace.orders.rules.states import REFUSED, after, sources

WORDS = {
    "fully_paid": "paid", "packing": "packing", "handed_over": "dispatched",
    "delivered": "delivered", "buyer_cancels": "cancelled", "seller_cancels": "cancelled",
    "time_over": "expired", "taken_back": "taken_back",
}


def move(part_id: int, event: str, actor: str, name: str | None = None, **values: Any) -> bool:
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
        raise Conflict(_on_hold())
    if state is None or after(event, state) == REFUSED:
        raise Conflict(_("That is not possible any more: the order moved on."))
    return False


def _on_hold() -> str:
    return _("This order is on hold: the buyer's bank disputes the payment. Nothing is sent until "
             "the bank has decided.")


def demand_free(part: SellerOrder) -> None:
    """Refuse to send what is on hold. Raises Conflict."""
    if part.hold:
        raise Conflict(_on_hold())


def part_of(part_id: int) -> SellerOrder:
    """A part as it stands in the database. Loads: 1 statement."""
    return db.session.execute(
        select(SellerOrder).where(SellerOrder.id == part_id)
        .execution_options(populate_existing=True)).scalar_one()


def start_packing(part_id: int, name: str) -> bool:
    """The producer began to pack. Changes seller_orders."""
    return move(part_id, "packing", "staff", name)


def _free(part_id: int) -> None:
    """End the held reservations of a part, each once; its goods are free again."""
    rows = db.session.scalars(
        select(Reservation).join(OrderLine, OrderLine.id == Reservation.line_id)
        .where(OrderLine.seller_order_id == part_id, Reservation.state == "held")
        .order_by(Reservation.variant_id)).all()
    for row in rows:
        ended = db.session.execute(
            update(Reservation).where(Reservation.id == row.id, Reservation.state == "held")
            .values(state="freed").execution_options(synchronize_session=False))
        if ended.rowcount:  # type: ignore[attr-defined]
            free([Held(row.variant_id, row.qty)])


def _nothing_left(part_id: int) -> None:
    """Refuse to end a part of which a parcel is on its way. Raises Conflict."""
    if db.session.scalar(select(OrderLine.id).where(
            OrderLine.seller_order_id == part_id, OrderLine.dispatched > 0,
            SellerOrder.id == OrderLine.seller_order_id,
            SellerOrder.state.in_(("paid", "preparing"))).limit(1)) is not None:
        raise Conflict(_("A parcel of it is on its way: what is still here can be cancelled piece "
                         "by piece, the rest withdrawn from."))


def _nothing_made(part_id: int) -> None:
    """Refuse a buyer's cancelling once something is being made for them. Raises Conflict."""
    if db.session.scalar(select(OrderLine.id).where(
            OrderLine.seller_order_id == part_id, OrderLine.withdrawal == "made_to_measure",
            OrderLine.qty > OrderLine.cancelled, SellerOrder.id == OrderLine.seller_order_id,
            SellerOrder.state == "preparing").limit(1)) is not None:
        raise Conflict(_("Something is being made for you already. Please ask the seller."))


def cancel_part(part_id: int, by: str, name: str | None = None, reason: str = "") -> bool:
    """End a part before dispatch; its goods are free again, what was paid is owed back.

    Raises Conflict after dispatch. Changes seller_orders, reservations, variants, refunds.
    """
    event = "buyer_cancels" if by == "buyer" else "seller_cancels"
    _nothing_left(part_id)
    if by == "buyer":
        _nothing_made(part_id)
    if not move(part_id, event, "buyer" if by == "buyer" else "staff", name):
        return False
    _end(part_id)
    part = part_of(part_id)
    owe(part_id, "cancel", part.paid_minor - part.refunded_minor,
        goods_minor=part.goods_minor - part.refunded_goods_minor,
        shipping_minor=part.shipping_minor, words=reason, name=name)
    announce(SellerOrderCancelled(part_id, part_of(part_id).order_id, by))
    return True


def _end(part_id: int) -> None:
    _free(part_id)
    db.session.execute(update(OrderLine).where(OrderLine.seller_order_id == part_id)
                       .values(cancelled=OrderLine.qty - OrderLine.dispatched)
                       .execution_options(synchronize_session=False))


def due_to_expire(limit: int) -> Select[int]:
    """The statement of unpaid parts whose goods are kept no longer; all of a part for as long."""
    return (
        select(SellerOrder.id).join(OrderLine, OrderLine.seller_order_id == SellerOrder.id)
        .join(Reservation, Reservation.line_id == OrderLine.id)
        .join(Order, Order.id == SellerOrder.order_id)
        .where(SellerOrder.state == "awaiting_payment", Order.method == "bank_transfer",
               Reservation.state == "held", Reservation.until < clock.now())
        .group_by(SellerOrder.id).order_by(SellerOrder.id).limit(limit))


def expire_due(limit: int = 200) -> int:
    """End unpaid parts whose time is over; how many. Changes as `cancel_part`.

    Parts that are paid on a page elsewhere are ended by `payments` once that page is closed.
    """
    late = db.session.scalars(due_to_expire(limit)).all()
    for part_id in late:
        expire_part(part_id)
    return len(late)


def expire_part(part_id: int) -> bool:
    """End one unpaid part; False if it is not unpaid any more. Changes as `cancel_part`."""
    if not move(part_id, "time_over", "system"):
        return False
    _end(part_id)
    announce(SellerOrderExpired(part_id, part_of(part_id).order_id))
    return True
