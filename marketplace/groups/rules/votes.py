"""Proposals: how long they are talked about and voted on, what makes them pass."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

TALK, VOTE = timedelta(days=14), timedelta(days=7)
MEMBER_FOR, ACTIVE_IN = timedelta(days=14), timedelta(days=60)
VETO_WITHIN, REVIEW_AFTER = timedelta(days=7), timedelta(days=365)
LEAST_BALLOTS, LEAST_ELIGIBLE, SEATS = 3, 3, 2
TWO_THIRDS = ("kind", "dissolve")
KINDS = ("rule", "kind", "moderators", "dissolve", "other")
"""What members may propose; an election is opened by the house alone."""


@dataclass(frozen=True, slots=True)
class Count:
    """Ballots of a proposal."""

    yes: int
    no: int

    @property
    def all(self) -> int:
        """How many voted."""
        return self.yes + self.no


def quorum(active: int) -> int:
    """How many ballots make a vote count: a fifth of the active, at least three."""
    return max(LEAST_BALLOTS, math.ceil(active / 5))


def passes(kind: str, count: Count, needed: int) -> bool:
    """Whether a proposal of this kind is carried by these ballots."""
    if count.all < needed:
        return False
    if kind in TWO_THIRDS:
        return count.yes >= math.ceil(2 * count.all / 3)
    return count.yes > count.no


def phase(opened_at: datetime, votes_from: datetime, ends_at: datetime, now: datetime) -> str:
    """talk, vote or over."""
    if now < votes_from:
        return "talk"
    return "vote" if now < ends_at else "over"


def elected(proposal_id: int, votes: Mapping[int, int], joined: Mapping[int, datetime],
            seats: int = SEATS) -> Sequence[int]:
    """Who is chosen: most votes; equal: longer membership, then the lower hash.

    `votes` holds every candidate, also those without a vote; somebody nobody voted for is not
    chosen.
    """
    def order(person: int) -> tuple[int, datetime, str]:
        key = hashlib.sha256(f"{proposal_id}:{person}".encode()).hexdigest()
        return -votes[person], joined[person], key

    return [person for person in sorted(votes, key=order) if votes[person] > 0][:seats]
