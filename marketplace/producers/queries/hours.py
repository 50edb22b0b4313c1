"""Closed days, public holidays, pauses, and promises with their past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Date, bindparam, cast, literal, null, or_, select, union_all

from marketplace.foundation import clock
from marketplace.foundation.database import db, read
from marketplace.foundation.kept import kept
from marketplace.producers.models import ClosedDay, Pause, Producer, Promise, ServiceHours
from marketplace.producers.rules import PLATFORM_HOURS, Window, due, elapsed
from marketplace.producers.rules.holidays import holidays_between
from marketplace.producers.rules.hours import SEARCH_DAYS

DAY = timedelta(days=1)


def closed_days_of(producer_id: int) -> Sequence[ClosedDay]:
    """Closed days from now on. Loads: 1 statement."""
    return db.session.scalars(
        select(ClosedDay).where(ClosedDay.producer_id == producer_id,
                                ClosedDay.day >= clock.today())
        .order_by(ClosedDay.day).limit(120)).all()


def whereabouts(producer_id: int) -> tuple[str, str]:
    """The country a producer works in, and the region of its public holidays, "" for none.

    Loads: 1 statement.
    """
    row = db.session.execute(select(Producer.country, Producer.holiday_region).where(
        Producer.id == producer_id)).one()
    return row[0], row[1]


def own_windows(producer_id: int) -> Sequence[Window]:
    """The hours a producer gave, else those of the platform. Loads: 1 statement."""
    rows = db.session.execute(
        select(ServiceHours.weekday, ServiceHours.opens_minute, ServiceHours.closes_minute)
        .where(ServiceHours.producer_id == producer_id)
        .order_by(ServiceHours.weekday, ServiceHours.opens_minute)).all()
    return [(row[0], row[1], row[2]) for row in rows] or PLATFORM_HOURS


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a producer is open: windows of the week, their zone, days that do not count."""

    windows: Sequence[Window]
    zone: str
    closed: frozenset[date]


def calendar_of(producer_id: int, begin: date, end: date) -> Calendar:
    """Open hours with closed days, public holidays and pauses taken out. Loads: 2 statements."""
    zone, region = db.session.execute(select(Producer.time_zone, Producer.holiday_region).where(
        Producer.id == producer_id)).one_or_none() or ("Europe/Berlin", "")
    windows: list[Window] = []
    shut = set(holidays_between(region, begin, end))
    for kind, number, opens, closes, first, last in read(
            _calendar(), who=producer_id, begin=begin, end=end):
        if kind == "open":
            windows.append((number, opens, closes))
        else:
            shut |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
    return Calendar(sorted(windows) or PLATFORM_HOURS, zone, frozenset(shut))


def closed_soon(producer_id: int) -> frozenset[date]:
    """Days within 400 on which a producer does not work, kept for a minute.

    Loads: 2 statements, or none.
    """
    today = clock.today()
    return kept(("closed", producer_id, today), lambda: calendar_of(
        producer_id, today, today + timedelta(days=400)).closed)


@cache
def _calendar() -> Any:
    who: Any = bindparam("who")
    begin: Any = bindparam("begin")
    end: Any = bindparam("end")
    no_day, nought = cast(null(), Date), literal(0)
    hours, day, pause = ServiceHours, ClosedDay, Pause
    return union_all(
        select(literal("open"), hours.weekday, hours.opens_minute, hours.closes_minute, no_day,
               no_day).where(hours.producer_id == who),
        select(literal("shut"), nought, nought, nought, day.day, day.day)
        .where(day.producer_id == who, day.day.between(begin, end)),
        select(literal("pause"), nought, nought, nought, pause.from_on, pause.until_on)
        .where(pause.producer_id == who, pause.until_on >= begin, pause.from_on <= end))


def promise_at(producer_id: int, kind: str, at: datetime) -> int | None:
    """What was promised at a moment; None for nothing. Loads: 1 statement."""
    return db.session.scalar(
        select(Promise.value).where(
            Promise.producer_id == producer_id, Promise.kind == kind, Promise.from_at <= at,
            or_(Promise.to_at.is_(None), Promise.to_at > at))
        .order_by(Promise.id.desc()).limit(1))


def answer_by(producer_id: int, asked: datetime, promise_hours: int) -> datetime | None:
    """When so many open hours have passed since asking; None if never. Loads: 2 statements."""
    day = asked.date()
    when = calendar_of(producer_id, day - DAY, day + timedelta(days=SEARCH_DAYS))
    try:
        return due(asked, promise_hours, when.windows, when.zone, when.closed)
    except ValueError:
        return None


def open_time(producer_id: int, asked: datetime, answered: datetime) -> timedelta:
    """How much open time lay between two moments. Loads: 2 statements."""
    when = calendar_of(producer_id, asked.date() - DAY, answered.date() + DAY)
    return elapsed(asked, answered, when.windows, when.zone, when.closed)


def promise_lines(producer_id: int) -> Sequence[Promise]:
    """All promises, those in force first, then the newest. Loads: 1 statement."""
    return db.session.scalars(
        select(Promise).where(Promise.producer_id == producer_id)
        .order_by(Promise.to_at.is_not(None), Promise.kind, Promise.id.desc()).limit(100)).all()
