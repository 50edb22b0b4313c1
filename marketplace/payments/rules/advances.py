"""What is kept of a transfer for what was advanced before. Pure; minor units."""

from __future__ import annotations

from collections.abc import Iterable


def kept_of(transfer_minor: int, debts: Iterable[int]) -> list[int]:
    """How much of each debt a transfer brings back, the oldest first, never more than it is."""
    found = []
    for debt in debts:
        kept = min(debt, transfer_minor)
        found.append(kept)
        transfer_minor -= kept
    return found
