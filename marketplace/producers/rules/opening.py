"""The nine steps before a producer sells, and what follows from those done. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

WHO, TRADER, MONEY, SHIPPING, TERMS, REGISTRATIONS, PROMISES, STORY, PRODUCT = range(1, 10)
STEPS = tuple(range(1, 10))
FOR_PAGE = frozenset((WHO, STORY))
FOR_SALE = frozenset(STEPS) - {STORY}


def state_of(state: str, done: Collection[int], checked: bool) -> str:
    """The state that follows from the steps done. Source: spec producers 3.1.

    Draft -> open with steps 1 and 8; either -> selling with 1-7, 9 and checked trader data. What
    has been public or paused, suspended or ended does not change by itself.
    """
    if state not in ("draft", "open"):
        return state
    if checked and set(done) >= FOR_SALE:
        return "selling"
    return "open" if set(done) >= FOR_PAGE else state


REMINDERS = (3, 10, 30)
"""Days without a further step after which its people are reminded; never more often than this."""


def step_reminder(last_step_on: date, reminded: int, today: date) -> int:
    """Which reminder of open steps is due: 1 to 3, or 0 for none. One day sends one at most."""
    due = sum((today - last_step_on).days >= after for after in REMINDERS)
    return reminded + 1 if due > reminded else 0
