"""Parcels that do not arrive: taken back within a day, lost, come back; sent again or paid back."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update

from marketplace.catalog.actions import Held, put_back
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict
from marketplace.foundation.events import announce
from marketplace.orders.actions.handing import Handing, new_parcel
from marketplace.orders.actions.owing import line_back, owe
from marketplace.orders.actions.parcels import finish, inside, locked, note, parcel_of
from marketplace.orders.actions.steps import move, part_of
from marketplace.orders.events import ParcelHandedOver
from marketplace.orders.models import OrderLine, Parcel, ParcelLine, Refund, Reservation
from marketplace.orders.rules.parcels import TAKE_BACK


def take_back(parcel_id: int, name: str) -> None:
    """A parcel was not given away after all, within a day. Raises Conflict.

    Changes parcels, seller_orders, order_lines, reservations, variants, order_history.
    """
    parcel = parcel_of(parcel_id)
    at = parcel.handed_over_at
    if parcel.state != "handed_over" or at is None or at < clock.now() - TAKE_BACK:
        raise Conflict(_("Only within a day, and only while it has not arrived."))
    part = locked(parcel.seller_order_id)
    parcel.state = "packed"
    db.session.flush()
    for line, qty in inside(parcel.id):
        line.dispatched -= qty
        db.session.flush()
        put_back([Held(line.variant_id, qty)])
        db.session.add(Reservation(line_id=line.id, variant_id=line.variant_id, qty=qty,
                                   until=clock.now()))
    _one_row(part.id)
    if part.state == "dispatched":
        move(part.id, "taken_back", "staff", name, dispatched_at=None)
    else:
        note(part, "taken_back", "staff", name)


def _one_row(part_id: int) -> None:
    """Held rows of a line become one, so that each line has one reservation that counts."""
    rows: dict[int, Reservation] = {}
    for row in db.session.scalars(
            select(Reservation).join(OrderLine, OrderLine.id == Reservation.line_id)
            .where(OrderLine.seller_order_id == part_id, Reservation.state == "held")
            .order_by(Reservation.id).execution_options(populate_existing=True)):
        first = rows.setdefault(row.line_id, row)
        if first is not row:
            first.qty += row.qty
            db.session.delete(row)
    db.session.flush()


def went_astray(parcel_id: int, state: str, name: str) -> None:
    """A parcel is lost, or came back to its sender. Raises Conflict.

    Changes parcels, order_history.
    """
    parcel = parcel_of(parcel_id)
    if state not in ("lost", "sent_back") or parcel.state != "handed_over":
        raise Conflict(_("That is not possible any more: the order moved on."))
    parcel.state = state
    note(part_of(parcel.seller_order_id), state, "staff", name)


def send_again(parcel_id: int, name: str, carrier: str = "", tracking: str = "") -> Parcel:
    """The same goods go out anew for a parcel that is lost or came back. Raises Conflict.

    Changes parcels, parcel_lines, order_history; announces ParcelHandedOver.
    """
    old = _astray(parcel_id)
    part = locked(old.seller_order_id)
    parcel = new_parcel(part.id, name, Handing(
        carrier, tracking, age_check=old.age_check or "", handed_to=old.handed_to or ""))
    db.session.execute(update(ParcelLine).where(ParcelLine.parcel_id == old.id)
                       .values(parcel_id=parcel.id).execution_options(synchronize_session=False))
    note(part, "sent_again", "staff", name)
    announce(ParcelHandedOver(part.id, part.order_id, parcel.id))
    return parcel


def give_money(parcel_id: int, name: str) -> Refund | None:
    """The money comes back for what was in a parcel that is lost or came back. Raises Conflict.

    Changes parcel_lines, order_lines, refunds, seller_orders, order_history.
    """
    old = _astray(parcel_id)
    part, backs = locked(old.seller_order_id), {}
    for line, qty in inside(old.id):
        minor, goods = line_back(line, line.cancelled + line.withdrawn, qty)
        backs[line.id] = (qty, minor, goods)
        line.dispatched, line.cancelled = line.dispatched - qty, line.cancelled + qty
        db.session.flush()
    left = db.session.scalar(select(func.sum(OrderLine.qty - OrderLine.cancelled)).where(
        OrderLine.seller_order_id == part.id))
    sending = 0 if left else part.shipping_minor
    total = min(sum(one[1] for one in backs.values()) + sending,
                part.paid_minor - part.refunded_minor)
    back = owe(part.id, "cancel", total, shipping_minor=min(sending, total), name=name,
               goods_minor=sum(one[2] for one in backs.values()), words=old.code,
               lines={i: one[:2] for i, one in backs.items()})
    db.session.execute(delete(ParcelLine).where(ParcelLine.parcel_id == old.id))
    finish(part.id, "staff", name)
    return back


def _astray(parcel_id: int) -> Parcel:
    old = parcel_of(parcel_id)
    inside = db.session.scalar(select(func.count()).where(ParcelLine.parcel_id == old.id))
    if old.state not in ("lost", "sent_back") or not inside:
        raise Conflict(_("This parcel is neither lost nor back, or it was settled already."))
    return old
