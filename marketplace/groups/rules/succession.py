"""What happens when nobody looks after a group any more."""

from __future__ import annotations

from datetime import datetime, timedelta

SILENT_FOR, CANDIDATES_FOR, VOTE_FOR = timedelta(days=60), timedelta(days=14), timedelta(days=7)
RESTS_FOR, NOTICE_OF_END = timedelta(days=365), timedelta(days=60)
MEMBER_FOR, LEVEL = timedelta(days=30), 1


def is_orphaned(last_act: datetime | None, now: datetime) -> bool:
    """Whether an election is due: no act of any founder or moderator for 60 days, or none left."""
    return last_act is None or now - last_act >= SILENT_FOR


def may_stand(level: int, joined_at: datetime, now: datetime) -> bool:
    """Whether a member may stand: level 1 and 30 days of membership."""
    return level >= LEVEL and now - joined_at >= MEMBER_FOR


def end_of(resting_since: datetime) -> tuple[datetime, datetime]:
    """When members of a resting group are told that it ends, and when it ends."""
    told = resting_since + RESTS_FOR
    return told, told + NOTICE_OF_END
