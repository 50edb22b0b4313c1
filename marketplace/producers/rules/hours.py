"""Service hours: when an answer is due and how much open time has passed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

Window = tuple[int, int, int]
"""Weekday 0..6, opening and closing minute of the local day."""

PLATFORM_HOURS: tuple[Window, ...] = tuple(
    (day, 6 * 60 if day < 5 else 10 * 60, 22 * 60) for day in range(7))
NONE, DAY = timedelta(0), timedelta(days=1)
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
    place, shut, whole = ZoneInfo(zone), frozenset(closed), _whole_days(hours)
    left, day = timedelta(hours=promise_hours), asked.astimezone(place).date()
    since = asked.astimezone(UTC)
    for offset in range(SEARCH_DAYS):
        if offset and whole[day.weekday()] < left and (day in shut or _is_even(day, place)):
            left -= NONE if day in shut else whole[day.weekday()]
        else:
            for begin, end in open_windows(day, hours, place, shut):
                start = max(begin, since)
                if end - start >= left:
                    return start + left
                left -= max(end - start, NONE)
        day += DAY
    raise ValueError("never open")


def elapsed(
    asked: datetime, answered: datetime, hours: Sequence[Window], zone: str = "Europe/Berlin",
    closed: Iterable[date] = (),
) -> timedelta:
    """How much open time lies between two moments."""
    place, shut, whole = ZoneInfo(zone), frozenset(closed), _whole_days(hours)
    first = day = asked.astimezone(place).date()
    last, total = answered.astimezone(place).date(), NONE
    while day <= last:
        if first < day < last and (day in shut or _is_even(day, place)):
            total += NONE if day in shut else whole[day.weekday()]
        else:
            for begin, end in open_windows(day, hours, place, shut):
                total += max(min(end, answered) - max(begin, asked), NONE)
        day += DAY
    return total


def _whole_days(hours: Sequence[Window]) -> list[timedelta]:
    """How long each weekday is open on a day of 24 hours."""
    found = [0] * 7
    for weekday, opens, closes in hours:
        found[weekday] += closes - opens
    return [timedelta(minutes=minutes) for minutes in found]


@lru_cache(4096)
def _is_even(day: date, zone: ZoneInfo) -> bool:
    """Whether the clocks of a place do not change on a day."""
    begin = datetime(day.year, day.month, day.day, tzinfo=zone)
    return begin.utcoffset() == (begin + DAY).utcoffset()


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
