"""Parcels that leave: packed first, or handed over at once, whole or in part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from marketplace.catalog.actions import Held, use
from marketplace.foundation import clock
from marketplace.foundation.codes import new_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import announce
from marketplace.foundation.jobs import enqueue
from marketplace.orders.actions.parcels import inside, locked, note, open_lines, parcel_of
from marketplace.orders.actions.steps import demand_free, move
from marketplace.orders.events import ParcelHandedOver
from marketplace.orders.models import Parcel, ParcelLine, Reservation, SellerOrder
from marketplace.orders.queries.studio import packed_pieces
from marketplace.orders.rules.parcels import age_fault
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
    """A parcel leaves; None if everything had gone already. Without pieces all that is here
    leaves, packed parcels as they are.

    Raises Invalid (no pieces, age not checked), Conflict. Changes seller_orders, parcels,
    parcel_lines, order_lines, reservations, variants, order_history; announces ParcelHandedOver.
    """
    how = how or Handing(carrier, tracking, note)
    part = _leaving(part_id)
    if part.state == "dispatched":
        return None
    _demand_age(part, how)
    waiting = _packed_ids(part_id) if how.pieces is None else []
    gone = [hand_packed(one, name, how) for one in waiting]
    left = still_open(part_id)
    if gone and not left:
        return gone[-1]
    parcel = _new(part, name, how, clipped(how.pieces, left) if how.pieces is not None else left)
    _leave(part, parcel, name)
    return parcel


def pack(part_id: int, name: str, how: Handing) -> Parcel:
    """A parcel is ready and leaves later; its pieces are in no other one.

    Raises Invalid (no pieces), Conflict. Changes parcels, parcel_lines, seller_orders,
    order_history.
    """
    part = _leaving(part_id)
    left = still_open(part_id)
    parcel = _new(part, name, how, clipped(how.pieces, left) if how.pieces is not None else left)
    if part.state == "paid":
        move(part.id, "packing", "staff", name)
    return parcel


def hand_packed(parcel_id: int, name: str, how: Handing) -> Parcel:
    """A packed parcel leaves as it is. Raises Invalid (age not checked), Conflict.

    Changes and announces as `hand_over`.
    """
    parcel = _packed(parcel_id)
    part = _leaving(parcel.seller_order_id)
    _demand_age(part, how)
    if any(qty > line.qty - line.cancelled - line.dispatched for line, qty in inside(parcel.id)):
        raise Conflict(_("Pieces of this parcel were cancelled meanwhile: unpack it and pack it "
                         "anew."))
    parcel.carrier = how.carrier[:40] or parcel.carrier
    parcel.tracking = how.tracking[:60] or parcel.tracking
    parcel.age_check, parcel.handed_to = how.age_check or None, how.handed_to[:80] or None
    _leave(part, parcel, name)
    return parcel


def unpack(parcel_id: int) -> None:
    """A packed parcel is none any more; its pieces can be packed anew. Raises Conflict.

    Changes parcels, parcel_lines, jobs: a picture that lay in no other parcel goes.
    """
    parcel = _packed(parcel_id)
    picture = parcel.note_picture
    locked(parcel.seller_order_id)
    db.session.execute(delete(ParcelLine).where(ParcelLine.parcel_id == parcel.id))
    db.session.delete(parcel)
    db.session.flush()
    if picture and not lies_in_a_parcel(picture):
        enqueue("orders.drop_picture", picture, name=picture)


def lies_in_a_parcel(picture: str) -> bool:
    """Whether a picture was put into any parcel. Loads: 1 statement."""
    return db.session.scalar(
        select(Parcel.id).where(Parcel.note_picture == picture).limit(1)) is not None


def still_open(part_id: int) -> dict[int, int]:
    """Pieces by line that are here and in no packed parcel. Loads: 2 statements."""
    kept = packed_pieces(part_id)
    found = {line.id: line.qty - line.cancelled - line.dispatched - kept.get(line.id, 0)
             for line in open_lines(part_id)}
    return {line: qty for line, qty in found.items() if qty > 0}


def new_parcel(part_id: int, name: str, how: Handing, state: str = "handed_over") -> Parcel:
    """A new parcel without its lines, on its way or packed. Changes parcels."""
    now = clock.now()
    row = Parcel(
        seller_order_id=part_id, code=new_code(7), carrier=how.carrier[:40],
        tracking=how.tracking[:60], note=how.note[:600], note_picture=how.picture,
        state=state, packed_at=now, handed_over_at=now if state == "handed_over" else None,
        made_by=name[:60], age_check=how.age_check or None, handed_to=how.handed_to[:80] or None)
    db.session.add(row)
    db.session.flush()
    return row


def _leaving(part_id: int) -> SellerOrder:
    """A part of which something may be packed or leave, locked. Raises Conflict."""
    part = locked(part_id)
    if after("handed_over", part.state) == REFUSED:
        raise Conflict(_("That is not possible any more: the order moved on."))
    demand_free(part)
    return part


def _demand_age(part: SellerOrder, how: Handing) -> None:
    if age_fault(part.age_class, how.age_check, how.handed_to):
        raise Invalid({"age_check": _("From %(age)s years on: say who looks at the identity card, "
                                      "or to whom you gave it.", age=part.age_class)})


def _packed_ids(part_id: int) -> list[int]:
    return list(db.session.scalars(select(Parcel.id).where(
        Parcel.seller_order_id == part_id, Parcel.state == "packed").order_by(Parcel.id)))


def _packed(parcel_id: int) -> Parcel:
    parcel = parcel_of(parcel_id)
    if parcel.state != "packed":
        raise Conflict(_("This parcel has left already."))
    return parcel


def _new(part: SellerOrder, name: str, how: Handing, pieces: Mapping[int, int]) -> Parcel:
    """A packed parcel with these pieces. Raises Invalid."""
    if not pieces:
        raise Invalid({"pieces": _("Please say how many pieces are in the parcel.")})
    parcel = new_parcel(part.id, name, replace(how, pieces=None), "packed")
    lots = {line.id: line.lot_id for line in open_lines(part.id)}
    db.session.add_all(ParcelLine(parcel_id=parcel.id, line_id=line_id, qty=qty,
                                  lot_id=lots[line_id]) for line_id, qty in sorted(pieces.items()))
    db.session.flush()
    return parcel


def _leave(part: SellerOrder, parcel: Parcel, name: str) -> None:
    """A packed parcel is on its way, and the part with its last piece."""
    parcel.state, parcel.handed_over_at = "handed_over", clock.now()
    for line, qty in inside(parcel.id):
        line.dispatched += qty
        db.session.flush()
        _use(line.id, qty)
    if not open_lines(part.id):
        move(part.id, "handed_over", "staff", name, dispatched_at=clock.now())
    else:
        if part.state == "paid":
            move(part.id, "packing", "staff", name)
        note(part, "partly_sent", "staff", name)
    announce(ParcelHandedOver(part.id, part.order_id, parcel.id))


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
