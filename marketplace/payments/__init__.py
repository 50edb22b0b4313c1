"""Room `payments`: how money moves from buyers to producers.

Tables: payments, payment_parts, payment_notices, bank_accounts. Announces PaymentPaid. Uses orders
(what is owed) and the payment doors. Bank transfer goes straight to each producer.
"""
