"""Who of some people has orders."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.orders.models import Order, SellerOrder

AT_THE_END = ("delivered", "cancelled", "expired")


def buyers_with_orders(ids: Collection[int], ever: bool) -> set[int]:
    """Who of these has an order that is not at its end, or with `ever` any. Loads: 1 statement."""
    found = select(Order.buyer_id).where(Order.buyer_id.in_(list(ids)))
    if not ever:
        found = found.join(SellerOrder, SellerOrder.order_id == Order.id).where(
            SellerOrder.state.not_in(AT_THE_END))
    return {int(i) for i in db.session.scalars(found.distinct()) if i is not None}
