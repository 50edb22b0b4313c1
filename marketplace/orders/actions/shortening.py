"""Taking pieces out of a part: what a seller cannot send, and what a buyer gives back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select, update

from marketplace.catalog.actions import Held, free
from marketplace.catalog.models import Variant
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import announce
from marketplace.orders.actions.owing import line_back, owe
from marketplace.orders.actions.parcels import finish
from marketplace.orders.actions.steps import cancel_part
from marketplace.orders.events import LinesCancelled
from marketplace.orders.models import (
    Order,
    OrderHistory,
    OrderLine,
    Refund,
    Reservation,
    SellerOrder,
)
from marketplace.orders.queries.received import shipping_rates
from marketplace.orders.rules.amounts import shipping_back
from marketplace.orders.rules.shipping import Parcel, cheapest

OPEN = ("awaiting_payment", "paid", "preparing", "dispatched")


def cancel_lines(part_id: int, pieces: Mapping[int, int], name: str, reason: str) -> Refund | None:
    """The seller cannot send some pieces: they are free again, what was paid for them is owed.

    Everything gone ends the part. Raises Invalid (no reason, no pieces), Conflict (sent already,
    the part ended). Changes order_lines, reservations, variants, seller_orders, refunds.
    """
    if len(reason.strip()) < 3:
        raise Invalid({"reason": _("The buyer has to know why.")})
    part = db.session.execute(
        select(SellerOrder).where(SellerOrder.id == part_id).with_for_update()
        .execution_options(populate_existing=True)).scalar_one()
    if part.state not in OPEN:
        raise Conflict(_("That is not possible any more: the order moved on."))
    lines = {line.id: line for line in lines_locked(part_id)}
    wanted = {line_id: qty for line_id, qty in pieces.items() if qty}
    if not wanted or any(line_id not in lines or qty < 0 for line_id, qty in wanted.items()):
        raise Invalid({"pieces": _("Please say how many pieces of which line.")})
    if all(wanted.get(i, 0) == line.qty - line.cancelled and not line.dispatched
           for i, line in lines.items()):
        cancel_part(part_id, "seller", name, reason)
        return None
    return _shorten(part, lines, wanted, name, reason)


def lines_locked(part_id: int) -> list[OrderLine]:
    """The lines of a part as they stand now; its row is locked before. Loads: 1 statement."""
    return list(db.session.scalars(
        select(OrderLine).where(OrderLine.seller_order_id == part_id).order_by(OrderLine.id)
        .execution_options(populate_existing=True)))


def _shorten(part: SellerOrder, lines: Mapping[int, OrderLine], wanted: Mapping[int, int],
             name: str, reason: str) -> Refund | None:
    before = {i: line.qty - line.cancelled for i, line in lines.items()}
    backs = {}
    for line_id, qty in sorted(wanted.items()):
        take_out(line_id, qty)
        line = lines[line_id]
        backs[line_id] = (qty, *line_back(line, line.cancelled, qty))
    kept = {i: count - wanted.get(i, 0) for i, count in before.items()}
    sending = sending_back(part, before, kept)
    goods = sum(back[2] for back in backs.values())
    total = sum(back[1] for back in backs.values()) + sending
    db.session.add(OrderHistory(
        order_id=part.order_id, seller_order_id=part.id, at=clock.now(), kind="shortened",
        actor="staff", actor_name=name, args={"reason": reason[:200], "pieces": sum(
            wanted.values())}))
    db.session.flush()
    announce(LinesCancelled(part.id, part.order_id, tuple(sorted(wanted)), reason[:200]))
    finish(part.id, "staff", name)
    if part.state == "awaiting_payment":
        owe_less(part, goods, total - goods - sending, sending)
        return None
    return owe(part.id, "cancel", total, goods_minor=goods, shipping_minor=sending,
               lines={i: back[:2] for i, back in backs.items()}, words=reason, name=name)


def take_out(line_id: int, qty: int) -> None:
    """Cancel pieces of a line that did not leave: one conditional UPDATE, then its reservation
    gives them back. Raises Conflict. Changes order_lines, reservations, variants.
    """
    changed = db.session.execute(
        update(OrderLine).where(OrderLine.id == line_id,
                                OrderLine.qty - OrderLine.cancelled - OrderLine.dispatched >= qty)
        .values(cancelled=OrderLine.cancelled + qty).execution_options(synchronize_session=False))
    if not changed.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("Some of these pieces are on their way already."))
    row = db.session.scalar(select(Reservation).where(
        Reservation.line_id == line_id, Reservation.state == "held")
        .execution_options(populate_existing=True))
    if row is None:
        return
    ended = row.qty <= qty
    freed = db.session.execute(
        update(Reservation).where(Reservation.id == row.id, Reservation.state == "held")
        .values(**({"state": "freed"} if ended else {"qty": Reservation.qty - qty}))
        .execution_options(synchronize_session=False))
    if freed.rowcount:  # type: ignore[attr-defined]
        free([Held(row.variant_id, min(qty, row.qty))])


def owe_less(part: SellerOrder, goods: int, deposit: int, shipping: int) -> None:
    """Nothing is paid yet: the buyer simply owes less. Changes seller_orders, orders."""
    less = {"goods_minor": goods, "deposit_minor": deposit, "shipping_minor": shipping,
            "total_minor": goods + deposit + shipping}
    for table, row_id in ((SellerOrder, part.id), (Order, part.order_id)):
        db.session.execute(
            update(table).where(table.id == row_id)
            .values({name: getattr(table, name) - minus for name, minus in less.items()})
            .execution_options(synchronize_session=False))


def sending_back(part: SellerOrder, before: Mapping[int, int], kept: Mapping[int, int]) -> int:
    """What of the sending is given back when `before` pieces become `kept`, by line.

    By today's table of the seller; where it no longer serves that address, nothing of it unless
    nothing is kept. Loads: 3 statements.
    """
    if not any(kept.values()):
        return part.shipping_minor
    plain, left = (standard_sending(part, counts) for counts in (before, kept))
    if plain is None or left is None:
        return 0
    return shipping_back(part.shipping_minor, plain, left)


def standard_sending(part: SellerOrder, counts: Mapping[int, int],
                     place: Mapping[str, Any] | None = None) -> int | None:
    """What plain sending of these pieces costs today, to where the order goes or to `place`; None
    where it is not served. Loads: 3 statements, 2 with a place.
    """
    rows = db.session.execute(
        select(OrderLine.id, OrderLine.total_minor, OrderLine.qty, Variant.weight_g)
        .join(Variant, Variant.id == OrderLine.variant_id)
        .where(OrderLine.id.in_(sorted(counts)))).all()
    country = place or db.session.scalar(
        select(Order.ship_to).where(Order.id == part.order_id)) or {}
    parcel = Parcel(
        sum(counts.values()), sum(row.weight_g * counts[row.id] for row in rows),
        sum(row.total_minor * counts[row.id] // row.qty for row in rows), part.age_class)
    rates = shipping_rates([part.producer_id], str(country.get("country", "")),
                           str(country.get("postcode", "")))
    found = cheapest([rate for rate in rates.get(part.producer_id, ())
                      if rate.method == part.delivery_method], parcel)
    return None if found is None else found[1]
