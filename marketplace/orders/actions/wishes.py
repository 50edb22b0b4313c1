"""Showing what one told to the house of one part of an order."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import gettext as _
from sqlalchemy import delete, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, NotYours
from marketplace.orders.models import Order, OrderWish, SellerOrder
from marketplace.orders.rules.wishes import reads
from marketplace.people.models import Wish
from marketplace.people.rules.wishes import OFFERED


def show_at_order(part_id: int, person_id: int, wishes: Collection[int]) -> int:
    """Show exactly these wishes of one's own to the house of one's own part; how many.

    Others than one's own are left out. Raises NotYours, Conflict once the goods are there.
    Changes order_wishes.
    """
    row = db.session.execute(
        select(SellerOrder.state, Order.buyer_id).join(Order, Order.id == SellerOrder.order_id)
        .where(SellerOrder.id == part_id)).one()
    if row.buyer_id != person_id:
        raise NotYours(_("Only who bought something shows it to the house."))
    if not reads(row.state):
        raise Conflict(_("The goods are there, or do not come any more: nobody reads it now."))
    db.session.execute(delete(OrderWish).where(OrderWish.seller_order_id == part_id))
    own = db.session.scalars(select(Wish.id).where(
        Wish.person_id == person_id, Wish.kind.in_(OFFERED), Wish.id.in_(list(wishes)))).all()
    db.session.add_all(OrderWish(seller_order_id=part_id, wish_id=wish, person_id=person_id,
                                 at=clock.now()) for wish in own)
    db.session.flush()
    return len(own)
