"""When people hear that the market closes. Pure."""

from __future__ import annotations

LEAST_DAYS = 60
ROUNDS = (30, 7)
"""Days before the closing on which everybody hears of it again."""


def round_due(days_left: int) -> int:
    """Which round of the notice is due: 1 when it is announced, 2 at thirty days, 3 at seven."""
    return 1 + sum(0 <= days_left <= days for days in ROUNDS)
