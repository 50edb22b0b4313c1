"""Room `payments`: how money moves from buyers to producers.

Tables: payments, payment_parts, payment_notices, refund_runs, disputes, ledger_moves,
bank_accounts, provider_accounts, statement_files, statement_entries.
Announces PaymentPaid, PaymentNeedsPerson, TransferSent, TransferRefused, AccountKept. Uses orders
(what is owed) and the payment doors. A transfer goes straight to each producer; a card payment
lies with the provider until it is handed over.
"""
