"""Limits and states of threads. Pure."""

from __future__ import annotations

PUBLIC_CHOICE = frozenset(("question", "complaint", "praise", "idea", "wish"))
CRITICAL = frozenset(("complaint",))
POSTS_A_DAY = {0: 3, 1: 30, 2: 100, 3: 100}
MOST_WORDS, MOST_TITLE = 8_000, 120


def state_after(role: str, state: str) -> str:
    """The state of a thread after a post: staff answers, an asker reopens."""
    if role in ("staff", "owner"):
        return "answered"
    return "open" if role == "asker" and state in ("answered", "waiting", "closed") else state


def may_read(visibility: str, is_party: bool, is_member: bool) -> bool:
    """Whether a thread shows: public to all, private to its parties, group to members."""
    if visibility == "public":
        return True
    return is_party if visibility == "private" else is_member
