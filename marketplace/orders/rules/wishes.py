"""How long a house reads what its buyer shows. Pure."""

from __future__ import annotations

SHOWN_IN = ("awaiting_payment", "paid", "preparing", "dispatched")
"""States of a part in which it still helps; once the goods are there nobody reads it any more."""


def reads(state: str) -> bool:
    """Whether a house reads the wishes of a part in this state."""
    return state in SHOWN_IN
