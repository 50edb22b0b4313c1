"""Room `orders`: what was agreed with each producer, parcels, history, withdrawal.

Tables: orders, seller_orders, order_lines, reservations, parcels, parcel_lines,
dispatch_promises, order_history, order_wishes, withdrawals, withdrawal_lines, refunds,
refund_lines, complaints, complaint_lines, complaint_steps, order_signals,
shipping_zones, shipping_rates, tax_rates, documents, number_series, billing. Announces
OrderPlaced, SellerOrderPaid, SellerOrderCancelled, SellerOrderExpired, ParcelHandedOver,
LineDelivered, WithdrawalDeclared, DocumentIssued. Uses catalog (stock) and producers (promises).
"""
