"""Limits and states of threads. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil

PUBLIC_CHOICE = frozenset(("question", "complaint", "praise", "idea", "wish"))
CRITICAL = frozenset(("complaint",))
LINK = re.compile(r"\bhttps?://|\bwww\.", re.I)
NAMED = re.compile(r"(?<![\w@.])@[a-z][a-z0-9-]{2,29}\b", re.I)
"""A link, and a person named by handle, in the words of a post."""
MATTERS = ("news", "offer", "date", "story", "correction", "recall", "change")
MOST_WORDS, MOST_TITLE = 8_000, 120


def state_after(role: str, state: str, kind: str = "question") -> str:
    """The state of a thread after a post: staff answers, an asker reopens; so does anybody who
    says something to a producer's news.
    """
    if role in ("staff", "owner"):
        return "answered"
    if kind == "news":
        return "open"
    return "open" if role == "asker" and state in ("answered", "waiting", "closed") else state


def nearest_rank(waits: Sequence[tuple[float, bool]], share: float) -> tuple[float, bool]:
    """The wait below which a share of all lies, and whether it is at least that long.

    `waits` are hours, each with whether it still goes on. Raises ValueError without waits.
    Source: nearest rank; what still waits counts with its time so far.
    """
    if not waits:
        raise ValueError("nothing was asked")
    ordered = sorted(waits)
    return ordered[max(1, ceil(share * len(ordered) - 1e-9)) - 1]


def may_read(visibility: str, is_party: bool, is_member: bool) -> bool:
    """Whether a thread shows: public to all, private to its parties, group to members."""
    if visibility == "public":
        return True
    return is_party if visibility == "private" else is_member
