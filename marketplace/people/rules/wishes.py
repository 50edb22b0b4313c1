"""What a person may tell once: kinds, their values, and the yearly look at them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

KINDS = ("like", "dislike", "size", "budget", "occasion", "delivery", "contact", "expectation",
         "exit")
OFFERED = ("like", "dislike", "size", "budget", "occasion", "delivery", "expectation")
"""Kinds that have a place of use by now, or are for oneself; the others wait for theirs."""
HEALTH_KINDS = ("allergy", "diet")
BY_SUBJECT = frozenset(("like", "dislike", "size", "budget", "expectation"))
"""Kinds that are told of a subject; the others hold everywhere."""
ONE_ONLY = frozenset(("delivery", "contact"))
"""Kinds of which the last word counts: a new one takes the place of the old."""
CONTACT_WAYS = ("mail", "site")
MOST_WORDS, MOST_WISHES, MOST_BUDGET_MINOR = 300, 100, 10_000_000
A_YEAR = timedelta(days=365)
CHECK_IN = ("fits", "change", "less", "leave")
"""Answers to the yearly question: all as it was, to the wishes, fewer letters, to the leaving."""


def wish_fault(kind: str, value: Mapping[str, Any]) -> str | None:
    """Why this cannot be kept: kind, words, long, amount, way; None if it can.

    Vectors: size "M" passes; budget 0 and 10,000,001 minor fail; contact "phone" fails.
    """
    if kind not in KINDS:
        return "kind"
    if kind == "budget":
        minor = value.get("minor")
        fits = isinstance(minor, int) and 0 < minor <= MOST_BUDGET_MINOR
        return None if fits else "amount"
    words = str(value.get("words", ""))
    if kind == "contact":
        return None if words in CONTACT_WAYS else "way"
    if not words.strip():
        return "words"
    return "long" if len(words) > MOST_WORDS else None


def check_in_due(checked: Iterable[datetime], now: datetime) -> bool:
    """Whether the yearly question is asked where the wishes stand: a year after the last look."""
    return any(now - one >= A_YEAR for one in checked)
