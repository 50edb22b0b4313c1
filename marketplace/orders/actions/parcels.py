"""Parcels that arrive, or that nobody hears of."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import Select, func, select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict
from marketplace.foundation.events import announce
from marketplace.orders.actions.steps import move, part_of
from marketplace.orders.events import LineDelivered, ParcelSilent
from marketplace.orders.models import (
    Order,
    OrderHistory,
    OrderLine,
    Parcel,
    ParcelLine,
    SellerOrder,
)
from marketplace.orders.rules.dates import withdraw_until
from marketplace.orders.rules.parcels import SILENT_DAYS


def locked(part_id: int) -> SellerOrder:
    """A part that nobody else changes meanwhile. Loads: 1 statement."""
    return db.session.execute(
        select(SellerOrder).where(SellerOrder.id == part_id).with_for_update()
        .execution_options(populate_existing=True)).scalar_one()


def open_lines(part_id: int) -> list[OrderLine]:
    """Lines of which pieces are still here. Loads: 1 statement."""
    return list(db.session.scalars(
        select(OrderLine).where(OrderLine.seller_order_id == part_id,
                                OrderLine.qty > OrderLine.cancelled + OrderLine.dispatched)
        .order_by(OrderLine.id).execution_options(populate_existing=True)))


def parcel_of(parcel_id: int) -> Parcel:
    """A parcel that nobody else changes meanwhile. Loads: 1 statement."""
    return db.session.execute(
        select(Parcel).where(Parcel.id == parcel_id).with_for_update()
        .execution_options(populate_existing=True)).scalar_one()


def inside(parcel_id: int) -> list[tuple[OrderLine, int]]:
    """Lines and pieces of a parcel. Loads: 1 statement."""
    rows = db.session.execute(
        select(OrderLine, ParcelLine.qty).join(ParcelLine, ParcelLine.line_id == OrderLine.id)
        .where(ParcelLine.parcel_id == parcel_id).order_by(OrderLine.id)
        .execution_options(populate_existing=True))
    return [(row[0], row[1]) for row in rows]


def deliver(part_id: int, by: str, name: str | None = None, at: datetime | None = None) -> bool:
    """Everything is in the buyer's hands. False if it was before. Announces LineDelivered.

    Raises Conflict before dispatch. Changes parcels, order_lines, seller_orders, order_history.
    """
    now, actor = at or clock.now(), "buyer" if by == "buyer" else "staff"
    if not move(part_id, "delivered", actor, name, delivered_at=now,
                withdraw_until=withdraw_until(clock.in_zone(now).date())):
        return False
    db.session.execute(update(Parcel).where(Parcel.seller_order_id == part_id,
                                            Parcel.state == "handed_over")
                       .values(state="delivered", delivered_at=now, delivered_by=by))
    db.session.execute(update(OrderLine).where(OrderLine.seller_order_id == part_id,
                                               OrderLine.dispatched > 0)
                       .values(delivered=OrderLine.dispatched)
                       .execution_options(synchronize_session=False))
    _tell_arrived(part_id, now)
    return True


def deliver_parcel(parcel_id: int, by: str, name: str | None = None) -> bool:
    """One parcel arrived; the part too, if it was the last one. False if it had arrived.

    Raises Conflict. Changes and announces as `deliver`.
    """
    parcel = parcel_of(parcel_id)
    if parcel.state == "delivered":
        return False
    if parcel.state != "handed_over":
        raise Conflict(_("That is not possible any more: the order moved on."))
    part = locked(parcel.seller_order_id)
    parcel.state, parcel.delivered_at, parcel.delivered_by = "delivered", clock.now(), by
    for line, qty in inside(parcel.id):
        line.delivered += qty
    db.session.flush()
    note(part, "parcel_arrived", "buyer" if by == "buyer" else "staff", name)
    finish(part.id, "buyer" if by == "buyer" else "staff", name)
    return True


def finish(part_id: int, actor: str, name: str | None = None) -> None:
    """What follows when nothing of a part is open any more: it is on its way, or has arrived.

    Changes seller_orders, order_lines, order_history; announces LineDelivered.
    """
    part, now = part_of(part_id), clock.now()
    here, sent, arrived = db.session.execute(
        select(func.sum(OrderLine.qty - OrderLine.cancelled - OrderLine.dispatched),
               func.sum(OrderLine.dispatched), func.sum(OrderLine.delivered))
        .where(OrderLine.seller_order_id == part_id)).one()
    if part.state in ("paid", "preparing") and not here and sent:
        move(part_id, "handed_over", actor, name, dispatched_at=now)
        part = part_of(part_id)
    if part.state == "dispatched" and sent and sent == arrived:
        last = db.session.scalar(select(func.max(Parcel.delivered_at)).where(
            Parcel.seller_order_id == part_id)) or now
        move(part_id, "delivered", actor, name, delivered_at=last,
             withdraw_until=withdraw_until(clock.in_zone(last).date()))
    _tell_arrived(part_id, now)


def _tell_arrived(part_id: int, now: datetime) -> None:
    """Each line that is whole in the buyer's hands is told of once."""
    part = part_of(part_id)
    buyer = db.session.scalar(select(Order.buyer_id).where(Order.id == part.order_id))
    for line in db.session.scalars(
        select(OrderLine).where(OrderLine.seller_order_id == part_id, OrderLine.delivered > 0,
                                OrderLine.arrived_at.is_(None),
                                OrderLine.delivered == OrderLine.qty - OrderLine.cancelled)
        .order_by(OrderLine.id).execution_options(populate_existing=True)
    ):
        line.arrived_at = now
        db.session.flush()
        announce(LineDelivered(line.id, part.order_id, buyer, line.product_id, line.lot_id))


def note(part: SellerOrder, kind: str, actor: str, name: str | None, **args: str) -> None:
    """Write into the history of an order. Changes order_history."""
    db.session.add(OrderHistory(
        order_id=part.order_id, seller_order_id=part.id, at=clock.now(), kind=kind, actor=actor,
        actor_name=name, args=args))
    db.session.flush()


def silent_parcels() -> Select[int]:
    """The statement of parcels that nobody heard of for ten days, oldest first."""
    return (select(Parcel.id)
            .where(Parcel.state == "handed_over", Parcel.asked_at.is_(None),
                   Parcel.handed_over_at < clock.now() - timedelta(days=SILENT_DAYS))
            .order_by(Parcel.handed_over_at, Parcel.id))


def ask_silent(limit: int = 200) -> int:
    """Ask the buyers of silent parcels, once each, whether they came; how many.

    Changes parcels; announces ParcelSilent.
    """
    late = db.session.scalars(silent_parcels().limit(limit)).all()
    for parcel_id in late:
        parcel = parcel_of(parcel_id)
        parcel.asked_at = clock.now()
        db.session.flush()
        announce(ParcelSilent(parcel.id, parcel.seller_order_id))
    return len(late)


def publish_note(parcel_id: int, public: bool) -> None:
    """The recipient shows the note of a parcel to everybody, or to nobody again.

    Changes parcels.
    """
    parcel = parcel_of(parcel_id)
    parcel.published_at = clock.now() if public else None
    db.session.flush()
