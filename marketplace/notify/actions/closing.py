"""The closing of the market: told to everybody sixty days before, and again at thirty and seven."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, MarketError
from marketplace.foundation.jobs import enqueue
from marketplace.foundation.kept import forget_one, kept
from marketplace.notify.actions.telling import tell
from marketplace.notify.models import MarketClosing
from marketplace.notify.rules.closing import LEAST_DAYS, round_due
from marketplace.people.models import Person

CLOSING = "closing"


def open_closing() -> MarketClosing | None:
    """The closing that was announced and not taken back. Loads: 1 statement."""
    return db.session.scalar(select(MarketClosing).where(MarketClosing.taken_back_at.is_(None))
                             .order_by(MarketClosing.id.desc()).limit(1))


def closing_day() -> date | None:
    """The day on which the market closes, for the banner of every page. Loads: 1 statement a
    minute.
    """
    def load() -> date | None:
        row = open_closing()
        return row.closes_on if row else None

    return kept(CLOSING, load)


def announce_closing(day: date) -> None:
    """Say that the market closes on a day; everybody is told in batches.

    Raises MarketError for a day less than 60 days ahead, Conflict where one is announced already.
    Changes market_closings, jobs.
    """
    ahead = (day - clock.today()).days
    if ahead < LEAST_DAYS:
        raise MarketError(_("That is %(days)s days ahead; people need %(least)s at least.",
                            days=ahead, least=LEAST_DAYS))
    known = open_closing()
    if known is not None:
        raise Conflict(_("It is announced already that the market closes on %(day)s; take that "
                         "back first.", day=known.closes_on.isoformat()))
    row = MarketClosing(closes_on=day, at=clock.now(), rounds=1)
    db.session.add(row)
    db.session.flush()
    _to_all(row.id, 1)
    forget_one(CLOSING)


def take_closing_back() -> bool:
    """The market stays open; whether a closing was announced. Changes market_closings."""
    done = db.session.execute(update(MarketClosing).where(MarketClosing.taken_back_at.is_(None))
                              .values(taken_back_at=clock.now()))
    forget_one(CLOSING)
    return bool(done.rowcount)  # type: ignore[attr-defined]


def remind_of_closing() -> int:
    """Tell everybody once more where 30 or 7 days are left; the round.

    Changes market_closings, jobs.
    """
    row = open_closing()
    if row is None:
        return 0
    due = round_due((row.closes_on - clock.today()).days)
    if due <= row.rounds:
        return 0
    row.rounds = due
    db.session.flush()
    _to_all(row.id, due)
    return due


def _to_all(closing_id: int, which: int) -> None:
    enqueue("notify.closing", f"closing {closing_id} {which}", closing_id=closing_id,
            which=which, after=0)


def tell_closing(closing_id: int, which: int, after: int, limit: int) -> int | None:
    """Tell the next people of the closing; after whom it goes on, None at the end.

    Changes notices, letters, jobs.
    """
    row = db.session.get_one(MarketClosing, closing_id)
    if row.taken_back_at is not None:
        return None
    people = db.session.scalars(
        select(Person.id).where(Person.state.in_(("active", "suspended")), Person.id > after)
        .order_by(Person.id).limit(limit)).all()
    for person_id in people:
        tell(person_id, "account", f"closing {closing_id} {which}", "market_closes",
             "/account/data", "market_closes", until=row.closes_on.isoformat())
    return people[-1] if len(people) == limit else None
