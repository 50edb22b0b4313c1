"""When a way to pay is left alone for a while, and how long something unclear is waited for. Pure.

Source: the circuit breaker pattern (Nygard, Release It!).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

FAILURES, WITHIN, FOR = 3, timedelta(seconds=60), timedelta(seconds=60)
FIRST, MOST = timedelta(minutes=10), timedelta(hours=6)


def disturbed(failed_at: Sequence[datetime], now: datetime) -> bool:
    """Whether the last three failures lie within 60 s and the newest is not 60 s ago."""
    last = sorted(failed_at)[-FAILURES:]
    return (len(last) == FAILURES and last[-1] - last[0] <= WITHIN and now - last[-1] < FOR)


def pause(asked: int) -> timedelta:
    """How long to wait after the n-th question whose answer was no end: 10 min, doubled, 6 h."""
    return min(FIRST * 2 ** min(max(asked - 1, 0), 20), MOST)
