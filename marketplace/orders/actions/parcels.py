"""Parcels: handed over whole or in part, arrived, or never heard of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import Select, func, select, update

from marketplace.catalog.actions import Held, use
from marketplace.foundation import clock
from marketplace.foundation.codes import new_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import announce
from marketplace.orders.actions.steps import demand_free, move, part_of
from marketplace.orders.events import LineDelivered, ParcelHandedOver, ParcelSilent
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
from marketplace.orders.rules.parcels import SILENT_DAYS, age_fault
from marketplace.orders.rules.returning import clipped
from marketplace.orders.rules.states import REFUSED, after


@dataclass(frozen=True, slots=True)
class Handing:
    """How a parcel leaves: carrier and its number, personal words and picture for the buyer alone,
    pieces by line (None: all that is open); who checks the age, and to whom it was given.
    """

    carrier: str = ""
    tracking: str = ""
    note: str = ""
    picture: str | None = None
    pieces: Mapping[int, int] | None = None
    age_check: str = ""
    handed_to: str = ""


def hand_over(part_id: int, name: str, carrier: str = "", tracking: str = "", note: str = "",
              how: Handing | None = None) -> Parcel | None:
    """A parcel leaves; None if everything had gone already.

    Raises Invalid (no pieces, age not checked), Conflict. Changes seller_orders, parcels,
    parcel_lines, order_lines, reservations, variants, order_history; announces ParcelHandedOver.
    """
    how = how or Handing(carrier, tracking, note)
    part = locked(part_id)
    if after("handed_over", part.state) == REFUSED:
        raise Conflict(_("That is not possible any more: the order moved on."))
    if part.state == "dispatched":
        return None
    demand_free(part)
    fault = age_fault(part.age_class, how.age_check, how.handed_to)
    if fault:
        raise Invalid({"age_check": _("From %(age)s years on: say who looks at the identity card, "
                                      "or to whom you gave it.", age=part.age_class)})
    lines = {line.id: line for line in open_lines(part_id)}
    left = {i: line.qty - line.cancelled - line.dispatched for i, line in lines.items()}
    wanted = left if how.pieces is None else clipped(how.pieces, left)
    if not wanted:
        raise Invalid({"pieces": _("Please say how many pieces are in the parcel.")})
    _step_on(part, wanted == left, name)
    parcel = packed(part_id, name, how)
    for line_id, qty in sorted(wanted.items()):
        line = lines[line_id]
        db.session.add(ParcelLine(parcel_id=parcel.id, line_id=line_id, qty=qty,
                                  lot_id=line.lot_id))
        line.dispatched += qty
        db.session.flush()
        _use(line_id, qty)
    announce(ParcelHandedOver(part_id, part.order_id, parcel.id))
    return parcel


def _step_on(part: SellerOrder, whole: bool, name: str) -> None:
    if whole:
        move(part.id, "handed_over", "staff", name, dispatched_at=clock.now())
        return
    if part.state == "paid":
        move(part.id, "packing", "staff", name)
    note(part, "partly_sent", "staff", name)


def packed(part_id: int, name: str, how: Handing) -> Parcel:
    """A new parcel on its way, without its lines. Changes parcels."""
    now = clock.now()
    row = Parcel(
        seller_order_id=part_id, code=new_code(7), carrier=how.carrier[:40],
        tracking=how.tracking[:60], note=how.note[:600], note_picture=how.picture,
        state="handed_over", packed_at=now, handed_over_at=now, made_by=name[:60],
        age_check=how.age_check or None, handed_to=how.handed_to[:80] or None)
    db.session.add(row)
    db.session.flush()
    return row


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


def _use(line_id: int, qty: int) -> None:
    """Kept pieces of a line leave the house, each once."""
    row = db.session.scalar(select(Reservation).where(
        Reservation.line_id == line_id, Reservation.state == "held")
        .execution_options(populate_existing=True))
    if row is None:
        return
    values = {"state": "used"} if row.qty <= qty else {"qty": Reservation.qty - qty}
    used = db.session.execute(
        update(Reservation).where(Reservation.id == row.id, Reservation.state == "held")
        .values(values).execution_options(synchronize_session=False))
    if used.rowcount:  # type: ignore[attr-defined]
        use([Held(row.variant_id, min(qty, row.qty))])


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
