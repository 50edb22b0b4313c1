"""What a person has been told, and what they chose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, literal, select, true, union_all

from marketplace.dialogue.models import Snooze
from marketplace.dialogue.queries.snoozing import snoozed_until
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.groups.queries import mail_of_groups
from marketplace.notify.models import Choice, Letter, Notice, PaceRow, PushTo, Stop
from marketplace.notify.rules import OF_GROUPS, is_on
from marketplace.notify.rules.pace import Pace
from marketplace.people.models import Block, Mute, Person

ASK_AGAIN = timedelta(days=90)


def unread_count(person_id: int) -> int:
    """Unread notices of a person. Loads: 1 statement."""
    return db.session.scalar(select(func.count()).where(
        Notice.person_id == person_id, Notice.read_at.is_(None))) or 0


def notices_of(person_id: int, offset: int, limit: int) -> tuple[Sequence[Notice], int]:
    """Notices, unread first, then the newest. Loads: 2 statements."""
    total = db.session.scalar(select(func.count()).where(Notice.person_id == person_id)) or 0
    rows = db.session.scalars(
        select(Notice).where(Notice.person_id == person_id)
        .order_by(Notice.read_at.is_not(None), Notice.last_at.desc(), Notice.id.desc())
        .offset(offset).limit(limit)).all()
    return rows, total


def choices_of(person_id: int) -> Mapping[tuple[str, str], bool]:
    """What a person chose by class and channel. Loads: 1 statement."""
    return {(row.class_, row.channel): row.on for row in db.session.scalars(
        select(Choice).where(Choice.person_id == person_id))}


@dataclass(frozen=True, slots=True)
class Reach:
    """What stands between a message and a person: what they chose by class and channel, whether
    they hear of who did it, and whether the producer who speaks rests for them.
    """

    chosen: Mapping[tuple[str, str], bool]
    hears: bool
    snoozed: bool


def reach_of(person_id: int, by_id: int | None, producer_id: int | None) -> Reach:
    """What is to be known before somebody is told of something. Loads: 1 statement."""
    nothing = literal("")
    asked = [select(literal("chosen").label("what"), Choice.class_, Choice.channel, Choice.on)
             .where(Choice.person_id == person_id)]
    if by_id is not None and by_id != person_id:
        pairs = ((Mute.owner_id, Mute.other_id, person_id, by_id),
                 (Block.owner_id, Block.other_id, person_id, by_id),
                 (Block.owner_id, Block.other_id, by_id, person_id))
        asked += [select(literal("deaf"), nothing, nothing, true()).where(owner == one,
                                                                          other == two)
                  for owner, other, one, two in pairs]
    if producer_id is not None:
        asked.append(select(literal("snoozed"), nothing, nothing, true()).where(
            Snooze.person_id == person_id, Snooze.thing == "producer",
            Snooze.thing_id == producer_id, Snooze.until > clock.now()))
    rows = db.session.execute(union_all(*asked)).all()
    whats = {row[0] for row in rows}
    return Reach({(row[1], row[2]): bool(row[3]) for row in rows if row[0] == "chosen"},
                 "deaf" not in whats, "snoozed" in whats)


def browsers_of(person_id: int) -> Sequence[PushTo]:
    """Browsers that a person asked to be told in, the newest first. Loads: 1 statement."""
    return db.session.scalars(select(PushTo).where(PushTo.person_id == person_id)
                              .order_by(PushTo.id.desc())).all()


def newest_notice(person_id: int, url: str, class_: str) -> Notice | None:
    """What a person was told last of a class at an address. Loads: 1 statement."""
    return db.session.scalar(select(Notice).where(
        Notice.person_id == person_id, Notice.url == url, Notice.class_ == class_)
        .order_by(Notice.last_at.desc(), Notice.id.desc()).limit(1))


def wants_mail(person_id: int, class_: str, chosen: Mapping[tuple[str, str], bool],
               group_id: int | None = None) -> bool:
    """Whether a class comes by mail; of a group as its member chose for it, and not to who left.

    Loads: 1 statement where it is of a group.
    """
    if group_id is not None and class_ in OF_GROUPS:
        own = mail_of_groups(person_id)
        if group_id not in own:
            return False
        if own[group_id]:
            return own[group_id] == "on"
    return is_on(class_, "mail", chosen)


def pace_of(person_id: int) -> Pace:
    """How many letters a person can bear, and when. Loads: 1 statement."""
    row = db.session.execute(select(
        PaceRow.mails_a_week, PaceRow.quiet_from, PaceRow.quiet_to, PaceRow.digest,
        PaceRow.digest_day).where(PaceRow.person_id == person_id)).first()
    return Pace(*row) if row else Pace()


def sent_lately(person_id: int, since: datetime) -> Mapping[str, int]:
    """How many letters of each class went to a person. Loads: 1 statement."""
    return {row[0]: row[1] for row in db.session.execute(
        select(Letter.class_, func.count()).where(
            Letter.person_id == person_id, Letter.sent_at > since).group_by(Letter.class_))}


def may_ask(person_id: int, class_: str) -> bool:
    """Whether a person may be asked for mail of a class: it is off, and they said neither Yes
    nor No in 90 days. Loads: 1 statement.
    """
    row = db.session.execute(select(Choice.on, Choice.at).where(
        Choice.person_id == person_id, Choice.class_ == class_, Choice.channel == "mail")).first()
    return row is None or (not row.on and row.at < clock.now() - ASK_AGAIN)


def hash_stopped(to_hash: str, class_: str) -> bool:
    """Whether a hashed address wants no letters of a class. Loads: 1 statement."""
    return db.session.scalar(select(Stop.cause).where(
        Stop.to_hash == to_hash, Stop.class_.in_((class_, "all"))).limit(1)) is not None


def is_snoozed(person_id: int, producer_id: int | None) -> bool:
    """Whether a person hears nothing of a producer now. Loads: at most 1 statement."""
    return producer_id is not None and snoozed_until(
        person_id, "producer", producer_id) is not None


def zone_of(person_id: int) -> str:
    """The time zone by which a person lives. Loads: 1 statement."""
    return db.session.scalar(select(Person.time_zone).where(Person.id == person_id)) or "UTC"
