"""Terms, exceptions, blocks of messages and choices as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, func, or_, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.people.models import Person
from marketplace.producers.models import Deviation, MessageBlock, Producer, Terms


@dataclass(frozen=True, slots=True)
class Blocked:
    """A person whose messages a producer does not take."""

    id: int
    handle: str
    name: str
    reason: str
    at: datetime


def blocks_of(producer_id: int) -> Sequence[Blocked]:
    """Whose messages a producer does not take, newest first. Loads: 1 statement."""
    rows = db.session.execute(
        select(MessageBlock.id, Person.handle,
               func.coalesce(func.nullif(Person.display_name, ""), Person.handle),
               MessageBlock.reason, MessageBlock.at)
        .join(Person, Person.id == MessageBlock.person_id)
        .where(MessageBlock.producer_id == producer_id)
        .order_by(MessageBlock.at.desc(), MessageBlock.id.desc()).limit(200))
    return [Blocked(*row) for row in rows]


def takes_no_messages_of(producer_id: int, person_id: int) -> bool:
    """Whether a producer blocked a person's messages. Loads: 1 statement."""
    return bool(db.session.scalar(select(exists().where(
        MessageBlock.producer_id == producer_id, MessageBlock.person_id == person_id))))


def terms_on(day: date) -> Terms | None:
    """The terms in force on a day. Loads: 1 statement."""
    return db.session.scalar(select(Terms).where(Terms.valid_from <= day)
                             .order_by(Terms.valid_from.desc(), Terms.version.desc()).limit(1))


def all_terms() -> Sequence[Terms]:
    """Every version, newest first. Loads: 1 statement."""
    return db.session.scalars(select(Terms).order_by(Terms.version.desc()).limit(50)).all()


@dataclass(frozen=True, slots=True)
class DeviationRow:
    """Something that holds for one producer only."""

    id: int
    producer: str
    slug: str
    what: str
    why: str
    from_on: date
    to_on: date | None


def deviations(past: bool = False) -> Sequence[DeviationRow]:
    """What holds for one producer only, newest first; with `past` also what held. Loads: 1."""
    own = Deviation
    wanted = (select(own.id, Producer.name, Producer.slug, own.what, own.why, own.from_on,
                     own.to_on).join(Producer, Producer.id == own.producer_id)
              .order_by(own.from_on.desc(), own.id.desc()).limit(200))
    if not past:
        wanted = wanted.where(or_(own.to_on.is_(None), own.to_on >= clock.today()))
    return [DeviationRow(*row) for row in db.session.execute(wanted)]


@dataclass(frozen=True, slots=True)
class Choices:
    """What shows of a price, whom the press may ask, which mail comes, whether the house settles
    disputes before a consumer arbitration board (VSBG § 36), whether wishes are put to it.
    """

    share_shown: bool
    press_contact: str
    voices_mail: str
    arbitration: bool
    takes_wishes: bool


def choices_of(producer_id: int) -> Choices:
    """What a producer chose. Loads: 1 statement."""
    row = db.session.execute(select(
        Producer.share_shown, Producer.press_contact, Producer.voices_mail,
        Producer.arbitration, Producer.takes_wishes
    ).where(Producer.id == producer_id)).one()
    return Choices(*row)


def wants_voices() -> Sequence[tuple[int, str, date | None]]:
    """Producers that chose a mail of unanswered voices, how often, and the day of the last one.

    Loads: 1 statement.
    """
    rows = db.session.execute(
        select(Producer.id, Producer.voices_mail, Producer.voices_mailed_on)
        .where(Producer.voices_mail != "none", Producer.state != "draft").order_by(Producer.id))
    return [(row[0], row[1], row[2]) for row in rows]
