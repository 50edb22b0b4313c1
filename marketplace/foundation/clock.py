"""The one clock: aware UTC, and days in a place's own zone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def today(zone: str = "Europe/Berlin") -> date:
    """The calendar day that people in `zone` have now."""
    return now().astimezone(ZoneInfo(zone)).date()


def in_zone(at: datetime, zone: str = "Europe/Berlin") -> datetime:
    """The same moment as the clocks of `zone` show it. Raises ValueError for naive times."""
    if at.tzinfo is None:
        raise ValueError("naive time")
    return at.astimezone(ZoneInfo(zone))
