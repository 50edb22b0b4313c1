"""Challenges: their course, the order entries are shown in, and who comes first. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

MOST_VOICES, MOST_ENTRIES = 3, 3
ENTRY_DAYS, VOTING_DAYS = (3, 7, 14, 30), (2, 3, 7, 14)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is called for: how many days entries and then votes are taken; a prize, and who pays."""

    theme: str
    words: str
    entry_days: int
    voting_days: int
    max_entries: int
    prize_what: str = ""
    prize_by: str = ""


def plan_faults(plan: Plan) -> list[str]:
    """Which parts of a plan are wrong; a prize is named together with who pays for it."""
    return [name for name, wrong in (
        ("theme", not 3 <= len(plan.theme) <= 80),
        ("words", not 10 <= len(plan.words) <= 2000),
        ("entry_days", plan.entry_days not in ENTRY_DAYS),
        ("voting_days", plan.voting_days not in VOTING_DAYS),
        ("max_entries", not 1 <= plan.max_entries <= MOST_ENTRIES),
        ("prize_what", (bool(plan.prize_by) and not plan.prize_what) or len(plan.prize_what) > 120),
        ("prize_by", (bool(plan.prize_what) and not plan.prize_by) or len(plan.prize_by) > 120),
    ) if wrong]


def phase(now: datetime, closes_at: datetime, voting_ends_at: datetime) -> str:
    """Entering until `closes_at`, then voting until `voting_ends_at`, then ended."""
    if now < closes_at:
        return "entering"
    return "voting" if now < voting_ends_at else "ended"


def in_turn(ids: Sequence[int], viewer: str) -> list[int]:
    """Entries in an order that looks random, is another one for each viewer and stays theirs."""
    return sorted(ids, key=lambda one: sha256(f"{viewer}:{one}".encode()).digest())


def ranks(voices: Sequence[int]) -> list[int]:
    """The rank of each count; equal ones share it: 5, 5, 3 are 1, 1, 3."""
    return [1 + sum(other > one for other in voices) for one in voices]
