"""How long an ask is open, whom it is put to, when it goes to the request board. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

LEAST_WISH, MOST_WISH = 10, 280
"""Characters of a wish; more than one sentence rarely helps who answers."""
MOST_OPEN = 5
"""Open asks of one person at a time."""
DAYS, MOST_DAYS = 14, 60
ANSWERS_EACH = 3
"""Answers of one person to one ask."""
UNANSWERED_AFTER = timedelta(hours=48)
MOST_PEOPLE, MOST_GROUPS = 5, 2
ASKED_WITHIN, MOST_ASKED = timedelta(days=7), 3
"""How often one person is asked at most."""


def last_day(wanted: date | None, today: date) -> date | None:
    """The last day an ask is open: as wished, 14 days without a wish; None outside 0 to 60."""
    day = wanted or today + timedelta(days=DAYS)
    return day if today <= day <= today + timedelta(days=MOST_DAYS) else None


def is_open(state: str, until: date, today: date) -> bool:
    """Tell whether an ask takes answers, through its last day."""
    return state == "open" and today <= until


def is_unanswered(made_at: datetime, answers: int, now: datetime) -> bool:
    """Tell whether 48 hours went by without an answer."""
    return answers == 0 and now - made_at >= UNANSWERED_AFTER


def who_knows(
    rated: Mapping[int, int], asked_lately: Mapping[int, int], leave_out: Iterable[int] = ()
) -> list[tuple[int, int]]:
    """Choose whom to ask: those who rated most of the subject, at most five; (person, rated).

    Whoever was asked three times in a week is left in peace, as are those of `leave_out`.
    """
    out = set(leave_out)
    free = [(person, n) for person, n in rated.items()
            if n > 0 and person not in out and asked_lately.get(person, 0) < MOST_ASKED]
    return sorted(free, key=lambda one: (-one[1], one[0]))[:MOST_PEOPLE]


def audience_of_answer(asked: str, words: str) -> str:
    """Say who reads an answer: with words whom the ask was put to, without only the asker."""
    return asked if words else "person"
