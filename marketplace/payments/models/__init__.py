"""Tables of `payments`: attempts and notices, the ledger, accounts, disputes, statements."""

from marketplace.payments.models.accounts import AccountChange, BankAccount, ProviderAccount
from marketplace.payments.models.advances import Advance
from marketplace.payments.models.attempts import (
    Payment,
    PaymentNotice,
    PaymentPart,
    RefundRun,
)
from marketplace.payments.models.disputes import Dispute, DisputeFact, DisputeShare
from marketplace.payments.models.fees import FeeRule
from marketplace.payments.models.ledger import LedgerMove
from marketplace.payments.models.matters import Correction, ForeignRefund
from marketplace.payments.models.reconciling import ComparedDay, Difference, ProviderLine
from marketplace.payments.models.statements import StatementEntry, StatementFile

__all__ = [
    "AccountChange", "Advance", "BankAccount", "ComparedDay", "Correction", "Difference", "Dispute",
    "DisputeFact", "DisputeShare", "FeeRule", "ForeignRefund", "LedgerMove", "Payment",
    "PaymentNotice", "PaymentPart", "ProviderAccount", "ProviderLine", "RefundRun",
    "StatementEntry", "StatementFile",
]
