"""What happens when nobody looks after a group any more."""

from __future__ import annotations

from datetime import datetime, timedelta

SILENT_FOR, CANDIDATES_FOR, VOTE_FOR = timedelta(days=60), timedelta(days=14), timedelta(days=7)
RESTS_FOR, NOTICE_OF_END = timedelta(days=365), timedelta(days=60)
MEMBER_FOR, LEVEL = timedelta(days=30), 1


def silent_since(now: datetime) -> datetime:
    """Who acted last at this moment or before it is silent: an election is due where all who look
    after a group are, or where nobody does.
    """
    return now - SILENT_FOR


def may_stand(level: int, joined_at: datetime, now: datetime) -> bool:
    """Whether a member may stand: level 1 and 30 days of membership."""
    return level >= LEVEL and now - joined_at >= MEMBER_FOR


def rested_since(now: datetime) -> datetime:
    """A group that rests since this moment or longer is told that it ends."""
    return now - RESTS_FOR


def end_of(told_at: datetime) -> datetime:
    """When a group ends whose members were told at a moment."""
    return told_at + NOTICE_OF_END


def told_until(now: datetime) -> datetime:
    """A group whose members were told at this moment or before ends now."""
    return now - NOTICE_OF_END
