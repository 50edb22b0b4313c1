"""What may be kept of a text elsewhere, and when somebody looks at it again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

KINDS = ("portal", "forum", "test", "blog", "press")
MOODS = ("praise", "mixed", "critical")
LONGEST_EXCERPT = 300
"""Signs of a quotation (touchpoints, `mentions`)."""
LOOK_AGAIN = timedelta(days=180)
"""A person looks whether a link still works (touchpoints section 5)."""


def faults_of(typed: Mapping[str, str], today: date) -> set[str]:
    """Fields of a mention that cannot stay as typed; the address is checked by its own rule."""
    faults = {name for name, known in (("kind", KINDS), ("mood", MOODS))
              if typed.get(name) not in known}
    if not 1 <= len(typed.get("source", "")) <= 80:
        faults.add("source")
    if len(typed.get("excerpt", "")) > LONGEST_EXCERPT:
        faults.add("excerpt")
    on = day_of(typed.get("published_on", ""))
    if on is None or on > today:
        faults.add("published_on")
    return faults


def day_of(typed: str) -> date | None:
    """A day as a browser sends it; None for anything else."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def is_due(checked_at: datetime, now: datetime) -> bool:
    """Whether half a year has passed since somebody looked."""
    return now - checked_at >= LOOK_AGAIN


def subject_of(typed: str) -> tuple[str, str] | None:
    """The kind and the last part of an address of this market: ("product", slug); None of others.

    Takes a whole address or its path, with or without what follows a question mark.
    """
    path = typed.strip().split("?")[0].split("#")[0].rstrip("/")
    parts = path.rsplit("/", 2)
    kinds = {"products": "product", "producers": "producer"}
    if len(parts) < 3 or parts[1] not in kinds or not parts[2]:
        return None
    return kinds[parts[1]], parts[2]
