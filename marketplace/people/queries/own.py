"""What a person sees of their own: addresses, consents, ties, who looked, and counts for doors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Integer,
    String,
    bindparam,
    cast,
    exists,
    func,
    literal,
    null,
    select,
    union_all,
)

from marketplace.foundation import clock
from marketplace.foundation.database import UtcDateTime, db, read
from marketplace.foundation.kept import kept
from marketplace.people.models import (
    Address,
    Block,
    Consent,
    Follow,
    Login,
    Mute,
    Passkey,
    Person,
    PersonSighting,
    Takeout,
    Trust,
    Visibility,
    Wish,
)


@dataclass(frozen=True, slots=True)
class Sight:
    """Somebody of the staff looked: who, in which role, at what, why and when."""

    by: str
    role: str
    what: str
    why: str
    at: datetime


def addresses_of(person_id: int) -> Sequence[Address]:
    """The address book, default first. Loads: 1 statement."""
    return db.session.scalars(
        select(Address).where(Address.person_id == person_id)
        .order_by(Address.is_default.desc(), Address.id.desc()).limit(20)
    ).all()


def consents_of(person_id: int) -> Sequence[Consent]:
    """All consents, newest first. Loads: 1 statement."""
    return db.session.scalars(
        select(Consent).where(Consent.person_id == person_id)
        .order_by(Consent.given_at.desc(), Consent.id.desc()).limit(200)
    ).all()


def stated_age(person_id: int) -> int | None:
    """The age class a person stated: 16 or 18; None where nothing was said. Loads: 1 statement."""
    said = db.session.scalar(select(Person.age_class).where(Person.id == person_id))
    return int(said) if said in ("16", "18") else None


def has_consent(person_id: int, purpose: str) -> bool:
    """Whether a consent is in force. Loads: 1 statement."""
    return bool(db.session.scalar(select(exists().where(
        Consent.person_id == person_id, Consent.purpose == purpose,
        Consent.withdrawn_at.is_(None)))))


def door_counts(person_id: int) -> dict[str, int]:
    """How much there is behind each door of the account. Loads: 1 statement."""
    def counted(name: str, table: Any, *where: Any) -> Any:
        return select(literal(name), func.count()).select_from(table).where(*where)

    rows = read(union_all(
        counted("follows", Follow, Follow.follower_id == person_id),
        counted("trusts", Trust, Trust.truster_id == person_id),
        counted("wishes", Wish, Wish.person_id == person_id),
        counted("consents", Consent, Consent.person_id == person_id,
                Consent.withdrawn_at.is_(None)),
        counted("blocks", Block, Block.owner_id == person_id),
        counted("mutes", Mute, Mute.owner_id == person_id),
        counted("levels", Visibility, Visibility.person_id == person_id),
        counted("logins", Login, Login.person_id == person_id, Login.ended_at.is_(None),
                Login.expires_at > clock.now()),
        counted("passkeys", Passkey, Passkey.person_id == person_id),
        counted("takeouts", Takeout, Takeout.person_id == person_id,
                Takeout.expires_at > clock.now())))
    return {name: int(count) for name, count in rows}


@dataclass(frozen=True, slots=True)
class Given:
    """A consent as it stands on the page of privacy."""

    purpose: str
    place: str
    given_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class Guard:
    """What a person set, agreed to and shut out, and who looked; newest first."""

    levels: dict[str, str]
    blocked: list[int]
    muted: list[int]
    consents: list[Given]
    sights: list[Sight]


NOTHING: Any = cast(null(), String)
NEVER: Any = cast(null(), UtcDateTime)


def guard_of(person_id: int) -> Guard:
    """Everything on the page of privacy that is kept here. Loads: 1 statement."""
    number: Any = literal(0)
    rows = sorted(read(union_all(
        select(literal("level"), number, Visibility.field, Visibility.level, NOTHING, NOTHING,
               NEVER, NEVER).where(Visibility.person_id == person_id),
        select(literal("block"), Block.other_id, NOTHING, NOTHING, NOTHING, NOTHING, Block.at,
               NEVER).where(Block.owner_id == person_id),
        select(literal("mute"), Mute.other_id, NOTHING, NOTHING, NOTHING, NOTHING, Mute.at,
               NEVER).where(Mute.owner_id == person_id),
        select(literal("consent"), Consent.id, Consent.purpose, Consent.place, NOTHING, NOTHING,
               Consent.given_at, Consent.withdrawn_at).where(Consent.person_id == person_id),
        select(literal("sight"), PersonSighting.id, Person.handle, PersonSighting.role,
               PersonSighting.what, PersonSighting.why, PersonSighting.at, NEVER)
        .outerjoin(Person, Person.id == PersonSighting.by_person_id)
        .where(PersonSighting.person_id == person_id))),
        key=lambda row: (row[6].timestamp() if row[6] else 0, row[1]), reverse=True)
    kinds: dict[str, list[Any]] = {}
    for row in rows:
        kinds.setdefault(row[0], []).append(row)
    return Guard(
        {row[2]: row[3] for row in kinds.get("level", ())},
        [row[1] for row in kinds.get("block", ())][:200],
        [row[1] for row in kinds.get("mute", ())][:200],
        [Given(row[2], row[3], row[6], row[7]) for row in kinds.get("consent", ())][:200],
        [Sight(row[2] or "", row[3], row[4], row[5], row[6])
         for row in kinds.get("sight", ())][:50])


@dataclass(frozen=True, slots=True)
class Net:
    """Whom a person follows and trusts (subjects, since when), who follows them; newest first."""

    follows: list[int]
    followers: list[int]
    trusts: dict[int, tuple[frozenset[int], datetime]]


def net_of(person_id: int, most: int = 200) -> Net:
    """The ties of a person, the newest of each kind. Loads: 1 statement."""
    rows = read(_ties(), me=person_id, most=most)
    ordered = sorted(rows, key=lambda row: (row[3].timestamp(), row[1]), reverse=True)
    trusts: dict[int, tuple[frozenset[int], datetime]] = {}
    for _kind, other, subject, at in (row for row in ordered if row[0] == "trusts"):
        on, since = trusts.get(other, (frozenset(), at))
        trusts[other] = (on | {subject}, min(since, at))
    return Net([row[1] for row in ordered if row[0] == "follows"],
               [row[1] for row in ordered if row[0] == "followers"], trusts)


@cache
def _ties() -> Any:
    me: Any = bindparam("me")
    most: Any = bindparam("most", type_=Integer)

    def newest(kind: str, other: Any, subject: Any, table: Any, mine: Any) -> Any:
        found = (select(literal(kind).label("kind"), other.label("other"),
                        subject.label("subject"), table.at.label("at")).where(mine == me)
                 .order_by(table.at.desc(), other).limit(most).subquery())
        return select(found.c.kind, found.c.other, found.c.subject, found.c.at)

    return union_all(
        newest("follows", Follow.followed_id, literal(0), Follow, Follow.follower_id),
        newest("followers", Follow.follower_id, literal(0), Follow, Follow.followed_id),
        newest("trusts", Trust.trusted_id, Trust.subject_id, Trust, Trust.truster_id))


def open_purposes(person_id: int) -> frozenset[str]:
    """Purposes a person agreed to and did not take back. Loads: 1 statement."""
    return frozenset(row[0] for row in read(select(Consent.purpose).where(
        Consent.person_id == person_id, Consent.withdrawn_at.is_(None))))


def hears(person_id: int, by_id: int | None) -> bool:
    """Whether what `by_id` does may reach a person: no mute, and no block either way.

    Loads: 1 statement where somebody did it.
    """
    if by_id is None or by_id == person_id:
        return True
    return not db.session.scalar(select(
        exists().where(Mute.owner_id == person_id, Mute.other_id == by_id)
        | exists().where(Block.owner_id == person_id, Block.other_id == by_id)
        | exists().where(Block.owner_id == by_id, Block.other_id == person_id)))


def last_takeout(person_id: int) -> Takeout | None:
    """The newest take-out of a person. Loads: 1 statement."""
    return db.session.scalar(select(Takeout).where(Takeout.person_id == person_id)
                             .order_by(Takeout.id.desc()).limit(1))


def trusted_ids(person_id: int) -> dict[int, frozenset[int]]:
    """Whom a person trusts, and in which subjects. Loads: 1 statement."""
    found: dict[int, frozenset[int]] = {}
    for other, subject in db.session.execute(
        select(Trust.trusted_id, Trust.subject_id).where(Trust.truster_id == person_id).limit(300)
    ):
        found[other] = found.get(other, frozenset()) | {subject}
    return found


def without_pseudonym() -> frozenset[int]:
    """Who objected to being counted, or is of class 16; kept for a minute. Loads: 1 statement."""
    return kept("without pseudonym", lambda: frozenset(row[0] for row in read(select(
        Person.id).where(Person.counted.is_(False) | (Person.age_class == "16")))))
