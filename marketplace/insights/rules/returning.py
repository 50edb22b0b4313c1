"""Whether a buyer came back to a producer. Pure. Source: spec producers 3.5."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

RETURN_WITHIN = timedelta(days=120)


def came_back(placed_at: Sequence[datetime]) -> bool:
    """Whether a second order followed the first within 120 days; moments oldest first."""
    return len(placed_at) > 1 and placed_at[1] - placed_at[0] <= RETURN_WITHIN
