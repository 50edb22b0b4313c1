"""Decisions about money on plain values: attempts, transfers, commission, the ledger, matching."""

from marketplace.payments.rules.attempts import TELLING, TEST_CARDS, after
from marketplace.payments.rules.commission import arrives_minor
from marketplace.payments.rules.transfers import spaced, transfer_payload

__all__ = ["TELLING", "TEST_CARDS", "after", "arrives_minor", "spaced", "transfer_payload"]
