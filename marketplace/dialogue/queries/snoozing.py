"""What somebody hears nothing of until a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from marketplace.dialogue.models import Snooze, Thread
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.producers.models import Producer


@dataclass(frozen=True, slots=True)
class Resting:
    """A producer or thread that rests: its address here, its name, until when."""

    thing: str
    ref: str
    name: str
    until: datetime


def snoozed_until(person_id: int, thing: str, thing_id: int) -> datetime | None:
    """Until when a person hears nothing of a producer or thread; None where they hear of it.

    Loads: 1 statement.
    """
    return db.session.scalar(select(Snooze.until).where(
        Snooze.person_id == person_id, Snooze.thing == thing, Snooze.thing_id == thing_id,
        Snooze.until > clock.now()))


def house_named(slug: str) -> tuple[int, str] | None:
    """Id and name of a producer that was ever public, by its address. Loads: 1 statement."""
    row = db.session.execute(select(Producer.id, Producer.name).where(
        Producer.slug == slug, Producer.state != "draft")).first()
    return (row.id, row.name) if row else None


def thread_snoozed(person_id: int, code: str) -> bool:
    """Whether a thread of this code rests for a person. Loads: 1 statement."""
    return db.session.scalar(
        select(Snooze.until).join(Thread, Thread.id == Snooze.thing_id)
        .where(Snooze.person_id == person_id, Snooze.thing == "thread", Thread.code == code,
               Snooze.until > clock.now())) is not None


def resting_for(person_id: int) -> Sequence[Resting]:
    """What rests for a person, the first to end first. Loads: 2 statements."""
    found = []
    for thing, table, ref, name in (("producer", Producer, Producer.slug, Producer.name),
                                    ("thread", Thread, Thread.code, Thread.title)):
        found += [Resting(thing, *row) for row in db.session.execute(
            select(ref, name, Snooze.until).join(Snooze, Snooze.thing_id == table.id)
            .where(Snooze.person_id == person_id, Snooze.thing == thing,
                   Snooze.until > clock.now()).order_by(Snooze.until).limit(100))]
    return sorted(found, key=lambda one: (one.until, one.name))
