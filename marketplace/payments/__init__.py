"""Room `payments`: how money moves from buyers to producers.

Tables: advances, payments, payment_parts, payment_notices, refund_runs, disputes, dispute_shares,
dispute_facts, foreign_refunds, ledger_moves, corrections, provider_lines, compared_days,
differences, bank_accounts, account_changes, provider_accounts, statement_files,
statement_entries, fee_rules. Announces PaymentPaid, PaymentNeedsPerson, DisputeOpened,
DisputeClosed, TransferSent, TransferRefused, RefundAdvanced, FeeAnnounced,
AccountKept, BankAccountChanged. Uses orders (what is owed) and the payment doors. A transfer goes
straight to each producer; a card payment lies with the provider until it is handed over.
"""
