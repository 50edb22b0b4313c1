"""Reads of `orders`."""

from marketplace.orders.queries.orders import (
    LineView,
    OrderRow,
    OrderView,
    SellerPart,
    StudioOrder,
    order_for,
    order_view,
    orders_of,
    part_numbers,
    studio_order_count,
    studio_orders,
)
from marketplace.orders.queries.received import (
    Received,
    buyer_counts,
    buyers,
    ever_bought,
    line_for_rating,
    open_transfers,
    received,
    shipping_rates,
    to_rate,
)

__all__ = [
    "LineView", "OrderRow", "OrderView", "Received", "SellerPart", "StudioOrder", "buyer_counts",
    "buyers", "ever_bought", "line_for_rating", "open_transfers", "order_for", "order_view",
    "orders_of", "part_numbers",
    "received", "shipping_rates", "studio_order_count", "studio_orders", "to_rate",
]
