"""Reads of `orders`."""

from marketplace.orders.queries.buyers import buyers_with_orders
from marketplace.orders.queries.orders import (
    LineView,
    OrderRow,
    OrderView,
    SellerPart,
    order_for,
    order_view,
    orders_of,
    part_numbers,
)
from marketplace.orders.queries.received import (
    Received,
    bought_again,
    buyer_counts,
    buyers,
    delivered_lines,
    ever_bought,
    open_transfers,
    received,
    received_before,
    shipping_rates,
)
from marketplace.orders.queries.sold import sold_lately
from marketplace.orders.queries.studio import (
    StudioOrder,
    studio_orders,
    studio_page,
    studio_part,
)

__all__ = [
    "LineView", "OrderRow", "OrderView", "Received", "SellerPart", "StudioOrder",
    "bought_again", "buyer_counts", "buyers", "buyers_with_orders", "delivered_lines",
    "ever_bought", "open_transfers", "order_for", "order_view", "orders_of", "part_numbers",
    "received", "received_before", "shipping_rates", "sold_lately", "studio_orders",
    "studio_page", "studio_part",
]
