"""Room `checkout`: the basket and the way from basket to order.

Tables: baskets, basket_lines, line_sources, touches, checkouts. Announces BasketLineAdded,
BasketLineRemoved; placing announces OrderPlaced of `orders`. Uses catalog, orders, payments.
A recommendation, bundle or search is stored as kind and reference text only.
"""
