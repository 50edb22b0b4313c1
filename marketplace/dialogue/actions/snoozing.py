"""Hearing nothing of a producer or a thread until a day."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from marketplace.dialogue.events import Snoozed
from marketplace.dialogue.models import Snooze
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.events import announce


def snooze(person_id: int, thing: str, thing_id: int, days: int) -> None:
    """A person hears nothing of a producer or thread for so many days but what contract and law
    ask for. Changes snoozes; announces Snoozed.
    """
    until = clock.now() + timedelta(days=days)
    db.session.merge(Snooze(person_id=person_id, thing=thing, thing_id=thing_id, until=until))
    db.session.flush()
    announce(Snoozed(person_id, thing, thing_id, until.isoformat()))


def end_snooze(person_id: int, thing: str, thing_id: int) -> None:
    """It is heard again. Changes snoozes."""
    db.session.execute(delete(Snooze).where(
        Snooze.person_id == person_id, Snooze.thing == thing, Snooze.thing_id == thing_id))


def forget_snoozes() -> int:
    """Rests that are over go; how many. Changes snoozes."""
    gone = db.session.execute(delete(Snooze).where(Snooze.until <= clock.now()))
    return int(gone.rowcount)  # type: ignore[attr-defined]
