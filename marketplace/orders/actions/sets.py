"""Sets of several sellers: when a part of one falls away, the buyer decides about the others."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import select, update

from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import announce
from marketplace.orders.actions.owing import line_back, owe
from marketplace.orders.actions.parcels import finish, locked, note
from marketplace.orders.actions.shortening import lines_locked, owe_less, sending_back, take_out
from marketplace.orders.actions.steps import cancel_part
from marketplace.orders.events import LinesCancelled, SellerOrderCancelled, SetAsked
from marketplace.orders.models import OrderLine, SellerOrder

ALIVE = ("awaiting_payment", "paid", "preparing")


def ask_about_sets(event: LinesCancelled | SellerOrderCancelled) -> None:
    """A seller cannot send what is part of a set: the buyer is asked about each other part of it
    that did not leave. Changes order_lines; announces SetAsked.
    """
    if isinstance(event, SellerOrderCancelled) and event.by == "buyer":
        return
    keys = select(OrderLine.set_key).where(
        OrderLine.seller_order_id == event.seller_order_id, OrderLine.set_key.is_not(None))
    if isinstance(event, LinesCancelled):
        keys = keys.where(OrderLine.id.in_(event.line_ids))
    asked = db.session.execute(
        select(OrderLine.id, OrderLine.seller_order_id)
        .join(SellerOrder, SellerOrder.id == OrderLine.seller_order_id)
        .where(SellerOrder.order_id == event.order_id, SellerOrder.state.in_(ALIVE),
               OrderLine.set_key.in_(keys), OrderLine.set_asked.is_(None),
               OrderLine.qty > OrderLine.cancelled + OrderLine.dispatched)
        .order_by(OrderLine.id)).all()
    if isinstance(event, LinesCancelled):
        asked = [row for row in asked if row[0] not in event.line_ids]
    if not asked:
        return
    db.session.execute(update(OrderLine).where(OrderLine.id.in_([row[0] for row in asked]))
                       .values(set_asked="open").execution_options(synchronize_session=False))
    announce(SetAsked(event.order_id, tuple(row[0] for row in asked)))


def answer_set(line_id: int, answer: str) -> None:
    """The buyer keeps a part of a broken set, or cancels what is open of it free of charge.

    Raises Invalid, Conflict if it was answered or left. Changes order_lines, and for cancel
    reservations, variants, refunds, seller_orders, order_history.
    """
    if answer not in ("keep", "cancel"):
        raise Invalid({"answer": _("Please choose: keep or cancel.")})
    changed = db.session.execute(
        update(OrderLine).where(OrderLine.id == line_id, OrderLine.set_asked == "open")
        .values(set_asked=answer).execution_options(synchronize_session=False))
    if not changed.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("It was answered already."))
    line = db.session.get_one(OrderLine, line_id, populate_existing=True)
    part = locked(line.seller_order_id)
    note(part, f"set_{answer}", "buyer", None, title=line.title[:100])
    if answer == "cancel":
        cancel_bought(part, line_id)


def cancel_bought(part: SellerOrder, line_id: int) -> None:
    """The buyer cancels what is open of a line. As `answer_set`."""
    lines = {line.id: line for line in lines_locked(part.id)}
    line = lines[line_id]
    qty = line.qty - line.cancelled - line.dispatched
    if part.state not in ALIVE or qty <= 0:
        raise Conflict(_("Some of these pieces are on their way already."))
    before = {i: one.qty - one.cancelled for i, one in lines.items()}
    kept = {**before, line_id: before[line_id] - qty}
    if not any(kept.values()):
        cancel_part(part.id, "buyer")
        return
    minor, goods = line_back(line, line.cancelled, qty)
    sending = sending_back(part, before, kept)
    take_out(line_id, qty)
    finish(part.id, "buyer")
    if part.state == "awaiting_payment":
        owe_less(part, goods, minor - goods, sending)
        return
    owe(part.id, "cancel", minor + sending, goods_minor=goods, shipping_minor=sending,
        lines={line_id: (qty, minor)})
