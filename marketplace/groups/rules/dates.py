"""What a date has to say, and its times."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

KINDS = ("harvest", "fair", "tasting", "workshop", "sale", "meeting")
CONFIRM_IN, REMIND_BEFORE = timedelta(hours=48), timedelta(hours=24)
LONGEST, MOST_SEATS = timedelta(days=31), 10_000
ZONES = ("Europe/Berlin", "Europe/Vienna", "Europe/Zurich", "UTC")


def faults_of(kind: str, title: str, starts_at: datetime, ends_at: datetime, time_zone: str,
              seats: int | None, now: datetime) -> list[str]:
    """Names of what cannot be taken."""
    found = []
    if kind not in KINDS:
        found.append("kind")
    if not 5 <= len(title) <= 120:
        found.append("title")
    if starts_at <= now:
        found.append("starts_at")
    if not timedelta(0) < ends_at - starts_at <= LONGEST:
        found.append("ends_at")
    if not is_zone(time_zone):
        found.append("time_zone")
    if seats is not None and not 1 <= seats <= MOST_SEATS:
        found.append("seats")
    return found


def is_zone(name: str) -> bool:
    """Whether this is a time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return bool(name)


def at_place(typed: str, zone: str) -> datetime | None:
    """The moment that is meant by "2026-10-24T19:00" at a place, or None."""
    try:
        local = datetime.fromisoformat(typed)
        return local.replace(tzinfo=ZoneInfo(zone)) if local.tzinfo is None else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
