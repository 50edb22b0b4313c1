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


ACTS = ("pin", "lock", "slow", "label", "fold", "away")
"""What moderators of a group can do with its talk, mildest first; nothing takes words away."""
CARE_REASONS = ("off_topic", "duplicate", "spam_or_undeclared_ad", "insult")
"""Reasons of the closed list of moderation on which a group folds words or lets a topic go."""
LABELS = ("question", "tip", "experience", "search", "group")
SLOW_SECONDS = (0, 60, 300, 3_600)
FOLD_DAYS = (7, 14, 30)
MOST_PINNED, MOST_WHY = 3, 280


def care_faults(act: str, value: str, reason: str, words: str) -> frozenset[str]:
    """The fields of a moderator's act that do not hold: act, value, reason, words."""
    values = {"slow": [str(n) for n in SLOW_SECONDS], "label": ["", *LABELS],
              "fold": [str(n) for n in FOLD_DAYS]}
    wrong = {"act"} if act not in ACTS else set[str]()
    if act in values and value not in values[act]:
        wrong.add("value")
    if act in ("fold", "away") and reason not in CARE_REASONS:
        wrong.add("reason")
    if act in ("lock", "fold", "away") and not 10 <= len(words) <= MOST_WHY:
        wrong.add("words")
    return frozenset(wrong)


def seconds_left(slow_seconds: int, since_last: float | None) -> int:
    """How long a person waits in a slow thread before the next post; 0: not at all.

    `since_last`: seconds since their last post there. Vectors: 300 s and 299.2 -> 1, 300 -> 0.
    """
    return 0 if since_last is None else max(0, ceil(slow_seconds - since_last))


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
