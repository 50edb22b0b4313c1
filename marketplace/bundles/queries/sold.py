"""What bundles led to, for their author."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import or_, select

from marketplace.bundles.rules.buying import Line, Sold, sold
from marketplace.foundation.database import db
from marketplace.orders.models import Order, OrderLine, SellerOrder
from marketplace.orders.queries.received import BOUGHT


def sold_of(slugs: Collection[str], author_id: int) -> Mapping[str, Sold]:
    """Purchases out of these bundles, and of the same goods again; the author's own left out.

    Loads: 1 statement, 2 where something was bought.
    """
    out = [_line(row) for row in db.session.execute(_lines(author_id).where(
        OrderLine.source_kind == "bundle", OrderLine.source_ref.in_(list(slugs))))] \
        if slugs else []
    if not out:
        return {}
    lines = [_line(row) for row in db.session.execute(_lines(author_id).where(
        Order.buyer_key.in_({line.buyer for line in out}),
        OrderLine.product_id.in_({line.product for line in out})))]
    return {slug: sold(slug, lines) for slug in slugs}


def _lines(author_id: int) -> Any:
    return (select(Order.buyer_key, Order.id, OrderLine.product_id, Order.placed_at,
                   (OrderLine.qty - OrderLine.cancelled).label("units"), OrderLine.source_kind,
                   OrderLine.source_ref)
            .join(SellerOrder, SellerOrder.id == OrderLine.seller_order_id)
            .join(Order, Order.id == SellerOrder.order_id)
            .where(SellerOrder.state.in_(BOUGHT), OrderLine.qty > OrderLine.cancelled,
                   or_(Order.buyer_id.is_(None), Order.buyer_id != author_id)))


def _line(row: Any) -> Line:
    return Line(row.buyer_key, row.id, row.product_id, row.placed_at, row.units,
                row.source_ref or "" if row.source_kind == "bundle" else "")
