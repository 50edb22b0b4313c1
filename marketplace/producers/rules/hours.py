"""Service hours: when an answer is due and how much open time has passed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Window = tuple[int, int, int]
"""Weekday 0..6, opening and closing minute of the local day."""

PLATFORM_HOURS: tuple[Window, ...] = tuple(
    (day, 6 * 60 if day < 5 else 10 * 60, 22 * 60) for day in range(7))
SEARCH_DAYS = 450
"""Longer than the longest pause."""


def open_windows(
    day: date, hours: Sequence[Window], zone: ZoneInfo, closed: frozenset[date] = frozenset()
) -> list[tuple[datetime, datetime]]:
    """The open spans of a local day, as UTC moments; clock changes are kept."""
    if day in closed:
        return []
    spans = []
    for weekday, opens, closes in hours:
        if weekday == day.weekday():
            begin, end = _at(day, opens, zone), _at(day, closes, zone)
            if begin < end:
                spans.append((begin, end))
    return sorted(spans)


def _at(day: date, minute: int, zone: ZoneInfo) -> datetime:
    whole = day + timedelta(days=minute // 1440)
    return datetime.combine(whole, time(minute % 1440 // 60, minute % 60), zone).astimezone(UTC)


def due(
    asked: datetime, promise_hours: int, hours: Sequence[Window], zone: str = "Europe/Berlin",
    closed: Iterable[date] = (),
) -> datetime:
    """When the open time since asking equals the promise, in UTC.

    Raises ValueError when the hours are never open within 450 days.
    """
    place, shut = ZoneInfo(zone), frozenset(closed)
    left, day = timedelta(hours=promise_hours), asked.astimezone(place).date()
    for offset in range(SEARCH_DAYS):
        for begin, end in open_windows(day + timedelta(days=offset), hours, place, shut):
            start = max(begin, asked.astimezone(UTC))
            if end - start >= left:
                return start + left
            left -= max(end - start, timedelta(0))
    raise ValueError("never open")


def elapsed(
    asked: datetime, answered: datetime, hours: Sequence[Window], zone: str = "Europe/Berlin",
    closed: Iterable[date] = (),
) -> timedelta:
    """How much open time lies between two moments."""
    place, shut = ZoneInfo(zone), frozenset(closed)
    day, last = asked.astimezone(place).date(), answered.astimezone(place).date()
    total = timedelta(0)
    while day <= last:
        for begin, end in open_windows(day, hours, place, shut):
            total += max(min(end, answered) - max(begin, asked), timedelta(0))
        day += timedelta(days=1)
    return total


def days_due(
    asked: datetime, days: int, hours: Sequence[Window], zone: str = "Europe/Berlin",
    closed: Iterable[date] = (),
) -> datetime:
    """When the n-th open day after the day of asking closes, in UTC.

    What counts where nothing is promised. Raises ValueError when the hours are never open.
    """
    place, shut = ZoneInfo(zone), frozenset(closed)
    day, left = asked.astimezone(place).date(), days
    for offset in range(1, SEARCH_DAYS):
        spans = open_windows(day + timedelta(days=offset), hours, place, shut)
        left -= bool(spans)
        if spans and left == 0:
            return spans[-1][1]
    raise ValueError("never open")
