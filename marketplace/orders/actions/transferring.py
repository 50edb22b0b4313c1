"""Orders that are paid by transfer: how many may wait, and a card order that becomes one."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, TooMany
from marketplace.orders.models import Order, OrderHistory, OrderLine, Reservation, SellerOrder
from marketplace.orders.queries.received import open_transfers
from marketplace.orders.rules.dates import DUE_DAYS, GRACE_DAYS

MOST_OPEN, MOST_OF_NETWORK = 3, 5


def demand_few_open(buyer_key: str, network_key: str | None) -> None:
    """Nobody keeps many goods without paying. Raises TooMany."""
    own, near = open_transfers(buyer_key, network_key)
    if own >= MOST_OPEN:
        raise TooMany(_("Three of your orders still wait for a transfer. Please pay one of them "
                        "first: the way to pay stands on each order and in its letter."))
    if near >= MOST_OF_NETWORK:
        raise TooMany(_("Five orders from your network wait for a transfer today already. Please "
                        "pay one of them first, or try again tomorrow."))


def pay_by_transfer(order_id: int, mode: str) -> None:
    """What is not paid yet is paid by transfer; the goods are kept as long as for any transfer.

    Raises Conflict where nothing is open or a seller has no account, TooMany. Changes orders,
    seller_orders, reservations, order_history.
    """
    order = db.session.get_one(Order, order_id, with_for_update=True, populate_existing=True)
    parts = db.session.scalars(
        select(SellerOrder).where(SellerOrder.order_id == order_id,
                                  SellerOrder.state == "awaiting_payment")
        .order_by(SellerOrder.id).execution_options(populate_existing=True)).all()
    if not parts or order.method == "bank_transfer" or any(part.paid_minor for part in parts):
        raise Conflict(_("There is nothing left to pay here."))
    if not all(part.bank for part in parts):
        raise Conflict(_("Not every producer takes this way of paying any more. Please choose "
                         "again."))
    demand_few_open(order.buyer_key, order.network_key)
    now = clock.now()
    order.method, order.mode = "bank_transfer", mode
    for part in parts:
        part.due_on = clock.in_zone(now).date() + timedelta(days=DUE_DAYS)
    db.session.execute(
        update(Reservation).where(Reservation.state == "held", Reservation.line_id.in_(
            select(OrderLine.id).where(OrderLine.seller_order_id.in_([p.id for p in parts]))))
        .values(until=now + timedelta(days=DUE_DAYS + GRACE_DAYS))
        .execution_options(synchronize_session=False))
    db.session.add(OrderHistory(order_id=order_id, at=now, kind="by_transfer", actor="buyer"))
    db.session.flush()
