"""How much of each variant was ordered lately."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta

from sqlalchemy import func, select

from marketplace.catalog.rules.waiting import WEEKS_SEEN
from marketplace.foundation import clock
from marketplace.foundation.database import read
from marketplace.orders.models import Order, OrderLine, SellerOrder


def sold_lately(variant_ids: Collection[int] | None = None) -> Mapping[int, int]:
    """Pieces ordered in the last four weeks by variant, without what was cancelled.

    Loads: 1 statement for any number; None for all.
    """
    since = clock.now() - timedelta(weeks=WEEKS_SEEN)
    rows = (select(OrderLine.variant_id, func.sum(OrderLine.qty - OrderLine.cancelled))
            .join(SellerOrder, SellerOrder.id == OrderLine.seller_order_id)
            .join(Order, Order.id == SellerOrder.order_id)
            .where(Order.placed_at >= since,
                   SellerOrder.state.not_in(("cancelled", "expired")))
            .group_by(OrderLine.variant_id))
    if variant_ids is not None:
        rows = rows.where(OrderLine.variant_id.in_(list(variant_ids)))
    return {int(variant): int(count) for variant, count in read(rows) if variant is not None}
