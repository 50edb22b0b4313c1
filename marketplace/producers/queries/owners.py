"""Houses whose owners have not signed in for long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.people.models import Account, Person
from marketplace.producers.models import Producer, Staff

AWAY_AFTER = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class AwayHouse:
    """A house none of whose owners has signed in since a day; None: their accounts are gone."""

    producer_id: int
    slug: str
    name: str
    state: str
    last_on: date | None


@dataclass(frozen=True, slots=True)
class StaffSeen:
    """A person of a house: name beside answers, handle, role, and the day of the last login."""

    person_id: int
    shown_name: str
    handle: str
    role: str
    last_on: date | None


def _away() -> Any:
    """Houses that have not ended, whose last owner's login is sixty days old or gone."""
    last = func.max(Account.active_on)
    return (
        select(Producer.id, Producer.slug, Producer.name, Producer.state, last)
        .outerjoin(Staff, (Staff.producer_id == Producer.id) & (Staff.role == "owner")
                   & Staff.until.is_(None))
        .outerjoin(Account, Account.person_id == Staff.person_id)
        .where(Producer.state.in_(("open", "selling", "paused", "suspended")))
        .group_by(Producer.id, Producer.slug, Producer.name, Producer.state)
        .having((last <= clock.today() - AWAY_AFTER) | last.is_(None)))


def away_houses(limit: int = 20, offset: int = 0) -> Sequence[AwayHouse]:
    """Houses without an owner who signs in, the longest away first. Loads: 1 statement."""
    last = func.max(Account.active_on)
    rows = db.session.execute(_away().order_by(last.is_not(None), last, Producer.id)
                              .limit(limit).offset(offset))
    return [AwayHouse(*row) for row in rows]


def away_house(slug: str) -> AwayHouse | None:
    """One of them by its address; None once an owner has signed in. Loads: 1 statement."""
    row = db.session.execute(_away().where(Producer.slug == slug)).first()
    return AwayHouse(*row) if row else None


def away_count() -> int:
    """How many houses have no owner who signs in. Loads: 1 statement."""
    return db.session.scalar(select(func.count()).select_from(_away().subquery())) or 0


def staff_seen(producer_id: int) -> Sequence[StaffSeen]:
    """Everybody who acts for a house with the day of the last login. Loads: 1 statement."""
    rows = db.session.execute(
        select(Staff.person_id, Staff.shown_name, Person.handle, Staff.role, Account.active_on)
        .join(Person, Person.id == Staff.person_id)
        .outerjoin(Account, Account.person_id == Staff.person_id)
        .where(Staff.producer_id == producer_id, Staff.until.is_(None)).order_by(Staff.id))
    return [StaffSeen(*row) for row in rows]
