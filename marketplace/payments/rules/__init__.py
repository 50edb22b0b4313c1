"""Decisions about money on plain values: attempts, transfers, commission, the ledger, matching."""

from marketplace.payments.rules.attempts import TEST_CARDS, after
from marketplace.payments.rules.transfers import spaced, transfer_payload

__all__ = ["TEST_CARDS", "after", "spaced", "transfer_payload"]
