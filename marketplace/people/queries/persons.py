"""What is known of persons and of the ties between them, for public pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import and_, bindparam, exists, literal, or_, select, union_all

from marketplace.foundation.database import db, read
from marketplace.people.models import (
    Address,
    Block,
    Consent,
    Follow,
    Person,
    Subject,
    Trust,
    Visibility,
)
from marketplace.people.rules.visibility import Viewer, shown_fields


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person beside their words: handle, the name this viewer sees, picture, page."""

    id: int
    handle: str
    name: str
    picture_url: str
    url: str
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Tie:
    """How the viewer stands to somebody."""

    follows: bool = False
    trusts: frozenset[int] = frozenset()
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """What one viewer may see of a person; a field not shown is None."""

    id: int
    handle: str
    name: str
    picture_url: str
    joined_on: date
    state: str
    about: str | None
    region: str | None
    lang: str
    page_indexed: bool
    shown: frozenset[str]
    is_owner: bool
    tie: Tie
    trust_level: int


@lru_cache(1000)
def portrait_url(picture_file: str | None, seed: int) -> str:
    """Where a person's own or drawn picture is."""
    return f"/files/{picture_file}" if picture_file else f"/portraits/{seed}.svg"


def lines(ids: Collection[int], viewer_id: int | None) -> Mapping[int, PersonLine]:
    """Persons beside words, by id, erased ones left out. Loads: 1 statement for any number."""
    wanted = {i for i in ids if i}
    if not wanted:
        return {}
    return {row.id: _line(row, viewer_id) for row in read(_beside(), ids=list(wanted))}


class Beside:
    """The persons of one page for one viewer: what several blocks name is read together.

    `later`: whom the page is going to name anyway; they come along with the first question.
    """

    def __init__(self, viewer_id: int | None, later: Collection[int | None] = ()) -> None:
        self._viewer_id, self._asked = viewer_id, set[int]()
        self._later, self._known = {i for i in later if i}, dict[int, PersonLine]()

    def of(self, ids: Collection[int | None] = ()) -> Mapping[int, PersonLine]:
        """These and all read before, by id. Loads: 1 statement where somebody is new."""
        new = ({i for i in ids if i} | self._later) - self._asked
        self._known.update(lines(new, self._viewer_id))
        self._asked |= new
        return self._known


@cache
def _beside() -> Any:
    return (select(Person.id, Person.handle, Person.display_name, Person.picture_file,
                   Person.picture_seed, Visibility.level)
            .outerjoin(Visibility, and_(Visibility.person_id == Person.id,
                                        Visibility.field == "display_name"))
            .where(Person.id.in_(bindparam("ids", expanding=True)), Person.state != "erased"))


def _line(row: Any, viewer_id: int | None) -> PersonLine:
    person_id, handle, display, file, seed, level = row
    open_name = level == "everyone" or (viewer_id is not None and level in (None, "members"))
    name = display if display and (open_name or viewer_id == person_id) else handle
    return PersonLine(person_id, handle, name, portrait_url(file, seed), f"/members/{handle}")


def person_by_handle(handle: str) -> Person | None:
    """An active or suspended person. Loads: 1 statement."""
    return db.session.scalar(
        select(Person).where(Person.handle_folded == handle.lower(),
                             Person.state.in_(("active", "suspended")))
    )


def profile(handle: str, viewer_id: int | None) -> Profile | None:
    """What `viewer_id` may see of a person. Loads: 2 statements, 3 for members."""
    who = person_by_handle(handle)
    if who is None:
        return None
    chosen = {row.field: row.level for row in db.session.execute(
        select(Visibility.field, Visibility.level).where(Visibility.person_id == who.id))}
    tie, back = both_ways(viewer_id, who.id) if viewer_id else (Tie(), Tie())
    viewer = Viewer(is_owner=viewer_id == who.id, signed_in=viewer_id is not None,
                    followed_by_owner=back.follows, blocked=tie.blocks or back.blocks)
    shown = shown_fields(chosen, viewer)
    return Profile(
        who.id, who.handle,
        (who.display_name if "display_name" in shown else None) or who.handle,
        portrait_url(who.picture_file if "picture" in shown else None, who.picture_seed),
        who.joined_on, who.state, who.about if "about" in shown else None,
        who.region if "region" in shown else None, who.lang, who.page_indexed, shown,
        viewer.is_owner, tie, who.trust_level,
    )


def is_blocked(one: int, other: int) -> bool:
    """Whether either blocked the other. Loads: 1 statement."""
    return bool(db.session.scalar(select(exists().where(or_(
        and_(Block.owner_id == one, Block.other_id == other),
        and_(Block.owner_id == other, Block.other_id == one))))))


def ties_with(viewer_id: int, others: Collection[int]) -> Mapping[int, Tie]:
    """Follow, trust and block of a viewer towards others. Loads: 1 statement."""
    rows = read(_ties(), ones=[viewer_id], others=list(others))
    return {other: tie for (_one, other), tie in _tied(rows).items()}


def both_ways(one: int, other: int) -> tuple[Tie, Tie]:
    """What runs from one person to another, and back. Loads: 1 statement."""
    found = _tied(read(_ties(), ones=[one, other], others=[one, other]))
    return found.get((one, other), Tie()), found.get((other, one), Tie())


@cache
def _ties() -> Any:
    """Ties from some people to some people: kind, from, to, subject."""
    ones: Any = bindparam("ones", expanding=True)
    others: Any = bindparam("others", expanding=True)
    return union_all(
        select(literal("f"), Follow.follower_id, Follow.followed_id, literal(0)).where(
            Follow.follower_id.in_(ones), Follow.followed_id.in_(others)),
        select(literal("t"), Trust.truster_id, Trust.trusted_id, Trust.subject_id).where(
            Trust.truster_id.in_(ones), Trust.trusted_id.in_(others)),
        select(literal("b"), Block.owner_id, Block.other_id, literal(0)).where(
            Block.owner_id.in_(ones), Block.other_id.in_(others)))


def _tied(rows: Sequence[Any]) -> dict[tuple[int, int], Tie]:
    found: dict[tuple[int, int], Tie] = {}
    for kind, one, other, subject in rows:
        tie = found.get((one, other), Tie())
        found[one, other] = Tie(tie.follows or kind == "f",
                                tie.trusts | ({subject} if kind == "t" else frozenset()),
                                tie.blocks or kind == "b")
    return found


def tied(one: int, other: int) -> bool:
    """Whether follow or trust runs between two persons in either direction. Loads: 1."""
    return any(tie.follows or tie.trusts for tie in both_ways(one, other))


def followed_ids(person_id: int) -> Sequence[int]:
    """Whom a person follows, newest first, at most 2,000. Loads: 1 statement."""
    return db.session.scalars(
        select(Follow.followed_id).where(Follow.follower_id == person_id)
        .order_by(Follow.at.desc(), Follow.followed_id).limit(2000)
    ).all()


def trusted_ids(person_id: int) -> Mapping[int, frozenset[int]]:
    """Whom a person trusts, and in which subjects. Loads: 1 statement."""
    found: dict[int, frozenset[int]] = {}
    for other, subject in db.session.execute(
        select(Trust.trusted_id, Trust.subject_id).where(Trust.truster_id == person_id).limit(300)
    ):
        found[other] = found.get(other, frozenset()) | {subject}
    return found


def subjects() -> Sequence[Subject]:
    """Active subjects in order. Loads: 1 statement."""
    return db.session.scalars(
        select(Subject).where(Subject.active).order_by(Subject.position, Subject.id)).all()


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
