"""A person's own data as one file: asked for, made by a job, fetched for seven days."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import TooMany
from marketplace.foundation.events import announce
from marketplace.foundation.jobs import enqueue
from marketplace.people.events import TakeoutReady
from marketplace.people.models import Takeout

A_DAY, FETCH_FOR = timedelta(days=1), timedelta(days=7)


def ask_takeout(person_id: int) -> int:
    """Have a take-out made; the one that is being made is found again. Raises TooMany: one a day.

    Changes takeouts, jobs.
    """
    last = db.session.scalar(select(Takeout).where(Takeout.person_id == person_id)
                             .order_by(Takeout.id.desc()).limit(1))
    if last is not None and last.ready_at is None and last.fault is None:
        return last.id
    if last is not None and last.fault is None and last.asked_at > clock.now() - A_DAY:
        raise TooMany(_("One take-out a day. The last one is still there for you."), 86_400)
    row = Takeout(person_id=person_id, asked_at=clock.now())
    db.session.add(row)
    db.session.flush()
    enqueue("people.takeout", str(row.id), takeout_id=row.id)
    return row.id


def keep_takeout(takeout_id: int, file: str, faults: str) -> None:
    """The file is there. Changes takeouts; announces TakeoutReady."""
    row = db.session.get_one(Takeout, takeout_id)
    row.file, row.ready_at = file, clock.now()
    row.expires_at, row.fault = clock.now() + FETCH_FOR, faults[:200] or None
    db.session.flush()
    announce(TakeoutReady(row.person_id))


def over_takeouts() -> list[str]:
    """Files whose seven days are over; their rows forget them. Changes takeouts."""
    rows = db.session.execute(select(Takeout.id, Takeout.file).where(
        Takeout.expires_at < clock.now(), Takeout.file.is_not(None)).limit(200)).all()
    db.session.execute(update(Takeout).where(Takeout.id.in_([row[0] for row in rows]))
                       .values(file=None).execution_options(synchronize_session=False))
    return [row[1] for row in rows if row[1]]
