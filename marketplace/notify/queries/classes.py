"""How classes of letters are liked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import func, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.notify.models import ClassDay, ClassPause, Letter, Stop
from marketplace.notify.rules.health import Health
from marketplace.notify.rules.pace import MONTH


def class_health(since: date) -> Mapping[str, Health]:
    """What became of the letters of each class since a day. Loads: 2 statements.

    A class that was paused and turned on again is counted from the day after that.
    """
    again = select(ClassPause.class_.label("name"), func.max(ClassPause.on_at).label("at")
                   ).group_by(ClassPause.class_)
    ended = {row.name: clock.in_zone(row.at).date() for row in db.session.execute(again) if row.at}
    found: dict[str, Health] = {}
    for row in db.session.scalars(select(ClassDay).where(ClassDay.day >= since)):
        if row.class_ in ended and row.day <= ended[row.class_]:
            continue
        one = found.get(row.class_, Health(0, 0, 0))
        found[row.class_] = Health(one.sent + row.sent, one.stopped + row.stopped,
                                   one.complained + row.complained)
    return found


def paused_classes() -> Mapping[str, ClassPause]:
    """Classes that rest for all. Loads: 1 statement."""
    return {row.class_: row for row in db.session.scalars(
        select(ClassPause).where(ClassPause.on_at.is_(None)))}


def skipped_by_reason() -> Sequence[tuple[str, str, int]]:
    """Class, reason and number of letters that did not leave in 30 days. Loads: 1 statement."""
    rows = db.session.execute(
        select(Letter.class_, Letter.why_skipped, func.count())
        .where(Letter.state == "skipped", Letter.due_at > clock.now() - MONTH)
        .group_by(Letter.class_, Letter.why_skipped)
        .order_by(Letter.class_, Letter.why_skipped).limit(200))
    return [(row[0], row[1] or "", row[2]) for row in rows]


def came_back(since: date) -> tuple[int, int]:
    """Letters that came back since a day, and those whose receiver's server put them off.

    Loads: 1 statement.
    """
    bounced, soft = db.session.execute(select(
        func.coalesce(func.sum(ClassDay.bounced), 0), func.coalesce(func.sum(ClassDay.soft), 0))
        .where(ClassDay.day >= since)).one()
    return int(bounced), int(soft)


def failing_addresses() -> tuple[int, int]:
    """Addresses to which nothing optional goes: they fail, they complained. Loads: 1 statement."""
    found = dict(db.session.execute(
        select(Stop.cause, func.count()).where(Stop.class_ == "all", Stop.cause.in_(
            ("bounce", "complaint"))).group_by(Stop.cause)).all())
    return found.get("bounce", 0), found.get("complaint", 0)


def states() -> Sequence[tuple[str, int]]:
    """Letters of 30 days by what became of them. Loads: 1 statement."""
    return [(row[0], row[1]) for row in db.session.execute(
        select(Letter.state, func.count()).where(Letter.due_at > clock.now() - MONTH)
        .group_by(Letter.state).order_by(Letter.state))]
