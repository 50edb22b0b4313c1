"""Complaints: which kinds are open, and what may follow what. Pure.

Source: BGB §§ 434, 437, 438 (two years from delivery); the promise of satisfaction of a seller.
"""

from __future__ import annotations

from datetime import date, timedelta

KINDS = ("damaged", "missing", "wrong", "faulty", "not_described", "disappointed")
WISHES = ("replacement", "money", "repair", "other")
OFFERS = ("replacement", "part_refund", "full_refund", "repair")
OUTCOMES = ("solved", "partly", "unsolved")
WARRANTY_YEARS = 2
SILENCE_DAYS = 14
"""After so many days without a word on an offer it waits; it is never solved by itself."""
SATISFACTION_DAYS = 60
MOST_DECLINES = 2

TABLE = {
    "staff_says": {"open": "answered", "answered": "answered", "offered": "offered",
                   "waiting": "waiting", "accepted": "accepted", "declined": "declined",
                   "disputed": "disputed"},
    "buyer_says": {state: state for state in ("open", "answered", "offered", "waiting",
                                              "accepted", "declined", "disputed")},
    "offers": dict.fromkeys(("open", "answered", "offered", "waiting", "declined", "disputed"),
                            "offered"),
    "accepts": {"offered": "accepted", "waiting": "accepted"},
    "declines": {"offered": "declined", "waiting": "declined"},
    "silence": {"offered": "waiting"},
    "closes": dict.fromkeys(("open", "answered", "offered", "waiting", "accepted", "declined",
                             "disputed"), "closed"),
}


def after(act: str, state: str, declines: int = 0) -> str | None:
    """The next state, None where the act is not possible; the second decline is a dispute."""
    then = TABLE[act].get(state)
    if then == "declined" and act == "declines" and declines + 1 >= MOST_DECLINES:
        return "disputed"
    return then


def open_kinds(dispatched_on: date | None, delivered_on: date | None, today: date,
               satisfaction_days: int | None) -> tuple[str, ...]:
    """What can be complained about today.

    Nothing before goods left; two years from delivery; disappointment only where the seller
    promises satisfaction, within its days.
    """
    if dispatched_on is None:
        return ()
    since = delivered_on or today
    if today > _years_on(since, WARRANTY_YEARS):
        return ()
    promised = satisfaction_days and today <= since + timedelta(days=satisfaction_days)
    return KINDS if promised else KINDS[:-1]


def _years_on(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
