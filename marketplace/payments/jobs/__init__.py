"""Background work of `payments`: everything that asks or tells a provider, and what follows."""

from marketplace.payments.jobs.asking import account, ask_again, disputes, notice, refunds
from marketplace.payments.jobs.books import (
    COUNT_AT_ONCE,
    accounts,
    commission,
    count_statement,
    sweep,
)
from marketplace.payments.jobs.moving import door_of, fee, hand_over, refund, return_dispute
from marketplace.payments.jobs.reconciling import compare_day, reconcile
from marketplace.payments.jobs.trying import test_card_paid

__all__ = [
    "COUNT_AT_ONCE", "account", "accounts", "ask_again", "commission", "compare_day",
    "count_statement", "disputes", "door_of", "fee", "hand_over", "notice", "reconcile", "refund",
    "refunds", "return_dispute", "sweep", "test_card_paid",
]
