"""How many letters a person gets, and when not. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEK, MONTH, DAY = timedelta(days=7), timedelta(days=30), timedelta(days=1)
MAILS_A_WEEK, MOST_MAILS_A_WEEK, ANSWERS_A_DAY = 3, 7, 10
QUIET_FROM, QUIET_TO = 21, 8
PACED = ("thanks", "news", "advertising")
DIGESTS = ("off", "weekly", "daily")


@dataclass(frozen=True, slots=True)
class Pace:
    """What a person can bear: letters of news and advertising in seven days, quiet hours of the
    day (from, to; equal: none), how often a digest comes and on which day of the week (0: Monday).
    """

    mails_a_week: int = MAILS_A_WEEK
    quiet_from: int = QUIET_FROM
    quiet_to: int = QUIET_TO
    digest: str = "off"
    digest_day: int = 0


@dataclass(frozen=True, slots=True)
class Past:
    """A letter that left: its group of classes, whose goods it was about, when."""

    group: str
    producer_id: int | None
    at: datetime


def fits(group: str, producer_id: int | None, past: Iterable[Past], now: datetime,
         mails_a_week: int) -> bool:
    """Whether one more letter of this group keeps the limits. `past`: at least 30 days.

    News and advertising together at most as chosen in any seven days, of these one of
    advertising, and one of the same producer in 30 days; answers at most ten a day.
    """
    if group == "must":
        return True
    before = [one for one in past if one.at <= now]
    if group == "answers":
        return sum(one.group == group and one.at > now - DAY for one in before) < ANSWERS_A_DAY
    week = [one for one in before if one.group in PACED and one.at > now - WEEK]
    if len(week) >= mails_a_week:
        return False
    if group != "advertising":
        return True
    return not any(one.group == group for one in week) and not any(
        one.group == group and one.producer_id == producer_id and producer_id is not None
        and one.at > now - MONTH for one in before)


def after_quiet(now: datetime, begins: int, ends: int, zone: str) -> datetime:
    """The first moment outside of the quiet hours, `now` itself if it is one.

    Hours of the day in the person's time zone; the end is a time of the clock on the wall, also
    on days on which the clocks change.
    """
    place = ZoneInfo(zone)
    local = now.astimezone(place)
    if not _quiet(local.hour, begins, ends):
        return now
    day = local.date() if local.hour < ends else local.date() + timedelta(days=1)
    return _at(day, ends, place)


def _quiet(hour: int, begins: int, ends: int) -> bool:
    if begins <= ends:
        return begins <= hour < ends
    return hour >= begins or hour < ends


def _at(day: date, hour: int, place: ZoneInfo) -> datetime:
    return datetime.combine(day, time(hour), place).astimezone(ZoneInfo("UTC"))


def next_morning(now: datetime, ends: int, zone: str) -> datetime:
    """When the quiet hours end next, by the clock on the wall of the person's time zone."""
    place = ZoneInfo(zone)
    local = now.astimezone(place)
    return _at(local.date() + timedelta(days=local.hour >= ends), ends, place)


def digest_due(pace: Pace, local: datetime, last: datetime | None) -> bool:
    """Whether a digest goes out in this hour of the person's day: in the first after the quiet
    hours, daily or on the chosen day of the week, once.
    """
    if pace.digest == "off" or local.hour != pace.quiet_to:
        return False
    if pace.digest == "weekly" and local.weekday() != pace.digest_day:
        return False
    return last is None or last.astimezone(local.tzinfo).date() < local.date()
