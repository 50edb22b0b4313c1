"""Polls: what may be asked, for how long, and when the result is shown. Pure."""

from __future__ import annotations

from collections.abc import Sequence

AUDIENCES = ("friends", "group", "public")
LEAST_HOURS, MOST_HOURS = 1, 14 * 24
LEAST_OPTIONS, MOST_OPTIONS = 2, 4
MOST_QUESTION, MOST_ANSWER = 140, 80


def poll_faults(question: str, answers: Sequence[str], hours: int | None, audience: str
                ) -> list[str]:
    """Which of question, answers, hours, audience is wrong."""
    folded = [words.casefold() for words in answers]
    return [name for name, wrong in (
        ("question", not 3 <= len(question) <= MOST_QUESTION),
        ("answers", not LEAST_OPTIONS <= len(answers) <= MOST_OPTIONS
         or len(set(folded)) < len(folded) or any(not words for words in answers)),
        ("hours", hours is None or not LEAST_HOURS <= hours <= MOST_HOURS),
        ("audience", audience not in AUDIENCES)) if wrong]


def result_shown(ended: bool, voted: bool) -> bool:
    """After the end, or after one's own voice; nobody is pulled by those before."""
    return ended or voted


def time_left(seconds: float) -> tuple[str, int]:
    """What is left in the largest whole unit: days, hours or minutes, never less than a minute."""
    if seconds <= 0:
        return "over", 0
    for unit, size in (("days", 86_400), ("hours", 3_600)):
        if seconds >= size:
            return unit, int(seconds // size)
    return "minutes", max(1, int(seconds // 60))
