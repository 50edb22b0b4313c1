"""Room `orders`: what was agreed with each producer, parcels, history, withdrawal.

Tables: orders, seller_orders, order_lines, reservations, parcels, parcel_lines,
dispatch_promises, order_history, withdrawals, shipping_zones, shipping_rates. Announces
OrderPlaced, SellerOrderPaid, SellerOrderCancelled, SellerOrderExpired, ParcelHandedOver,
LineDelivered, WithdrawalDeclared. Uses catalog (stock) and producers (promises).
"""
