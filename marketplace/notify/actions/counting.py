"""Counting what became of letters by class and day, and letting a class rest."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.notify.models import ClassDay, ClassPause
from marketplace.notify.queries.classes import class_health, paused_classes
from marketplace.notify.rules import CLASSES
from marketplace.notify.rules.health import DAYS, annoys

LEAST_REASON, MOST_REASON = 10, 300


def count_letter(class_: str, what: str) -> None:
    """One more letter of a class was sent, stopped, complained of, came back (bounced) or was put
    off by its receiver's server (soft). Changes class_health.
    """
    table = ClassDay.__table__
    dialect = db.session.get_bind().dialect.name
    counts = {**dict.fromkeys(("sent", "stopped", "complained", "bounced", "soft"), 0), what: 1}
    row = (sqlite if dialect == "sqlite" else postgresql).insert(table).values(
        {"class": class_, "day": clock.today(), **counts})
    db.session.execute(row.on_conflict_do_update(
        index_elements=["class", "day"], set_={what: table.c[what] + 1}))


def rest_annoying() -> list[str]:
    """Let every optional class rest that annoys by its figures of 28 days; the new ones.

    Changes class_pauses.
    """
    resting = paused_classes()
    fresh = []
    for name, health in class_health(clock.today() - timedelta(days=DAYS - 1)).items():
        why = annoys(health)
        if why is None or name in resting or name not in CLASSES \
                or CLASSES[name].group == "must":
            continue
        bad = health.stopped if why == "stops" else health.complained
        db.session.add(ClassPause(class_=name, off_at=clock.now(), why=why, sent=health.sent,
                                  bad=bad))
        fresh.append(name)
    db.session.flush()
    return fresh


def wake(class_: str, person_id: int, reason: str) -> None:
    """A person of the operator turns a resting class on again, with a reason.

    Raises Invalid, Conflict. Changes class_pauses.
    """
    if len(reason.strip()) < LEAST_REASON:
        raise Invalid({"reason": _("Please say why in ten characters or more.")})
    done = db.session.execute(
        update(ClassPause).where(ClassPause.class_ == class_, ClassPause.on_at.is_(None))
        .values(on_at=clock.now(), on_by=person_id, reason=reason.strip()[:MOST_REASON]))
    if not done.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("This class of letters does not rest."))


def is_resting(class_: str) -> bool:
    """Whether a class rests for all. Loads: 1 statement."""
    return db.session.scalar(select(ClassPause.id).where(
        ClassPause.class_ == class_, ClassPause.on_at.is_(None))) is not None
