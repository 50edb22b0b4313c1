"""Room `checkout`: the basket and the way from basket to order.

Tables: baskets, basket_lines, line_sources, touches, checkouts, offers, offer_items, offer_terms,
coupons, basket_coupons, first_contacts. Announces BasketLineAdded, BasketLineRemoved,
CheckoutStepSeen, CheckoutFailed, DemandSignal; placing announces OrderPlaced of `orders`. Uses
catalog, orders, payments. A recommendation, bundle or search is stored as kind and reference only.
"""
