"""What is known of persons and of the ties between them, for public pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    String,
    and_,
    bindparam,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from marketplace.foundation import clock
from marketplace.foundation.database import db, read
from marketplace.people.models import (
    Block,
    Follow,
    Mute,
    OldHandle,
    Person,
    Standing,
    Subject,
    Trust,
    Visibility,
)
from marketplace.people.rules.accounts import HANDLE_FREE_DAYS, HANDLE_LEADS_DAYS
from marketplace.people.rules.visibility import DEFAULTS, Viewer, may_see, shown_fields


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person beside their words: handle, the name this viewer sees, picture, page."""

    id: int
    handle: str
    name: str
    picture_url: str
    url: str
    labels: tuple[tuple[str, str], ...] = ()
    muted: bool = False
    follows: bool = False
    trusts: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """How the viewer stands to somebody."""

    follows: bool = False
    trusts: frozenset[int] = frozenset()
    blocks: bool = False
    mutes: bool = False


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
    languages: str | None = None
    thanks: tuple[int, int, int] = (0, 0, 0)
    knows: tuple[int, ...] = ()
    may_see_more: bool = True


@lru_cache(1000)
def portrait_url(picture_file: str | None, seed: int) -> str:
    """Where a person's own or drawn picture is."""
    return f"/files/{picture_file}" if picture_file else f"/portraits/{seed}.svg"


def lines(ids: Collection[int], viewer_id: int | None) -> Mapping[int, PersonLine]:
    """Persons beside words, by id, erased ones left out: name and picture as this viewer may see
    them, and whether the viewer follows, trusts or mutes. Loads: 1 statement for any number.
    """
    wanted = {i for i in ids if i}
    if not wanted:
        return {}
    return {row.id: _line(row, viewer_id)
            for row in read(_beside(), ids=list(wanted), me=viewer_id or 0)}


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
    me: Any = bindparam("me")
    one = Person.id
    name, picture = aliased(Visibility), aliased(Visibility)
    return (select(one, Person.handle, Person.display_name, Person.picture_file,
                   Person.picture_seed, name.level.label("name"), picture.level.label("picture"),
                   _any(Block.owner_id, me, Block.other_id, one).label("blocks"),
                   _any(Block.owner_id, one, Block.other_id, me).label("blocked"),
                   _any(Follow.follower_id, one, Follow.followed_id, me).label("followed"),
                   _any(Follow.follower_id, me, Follow.followed_id, one).label("follows"),
                   _any(Trust.truster_id, me, Trust.trusted_id, one).label("trusts"),
                   _any(Mute.owner_id, me, Mute.other_id, one).label("muted"))
            .outerjoin(name, and_(name.person_id == one, name.field == "display_name"))
            .outerjoin(picture, and_(picture.person_id == one, picture.field == "picture"))
            .where(one.in_(bindparam("ids", expanding=True)),
                   Person.state.in_(("active", "suspended"))))


def _any(from_column: Any, from_id: Any, to_column: Any, to_id: Any) -> Any:
    """Whether a tie runs from one to another."""
    return exists().where(from_column == from_id, to_column == to_id).correlate(Person)


def _line(row: Any, viewer_id: int | None) -> PersonLine:
    viewer = Viewer(viewer_id == row.id, viewer_id is not None, bool(row.followed),
                    bool(row.blocks or row.blocked))
    named = row.display_name and may_see(row.name or DEFAULTS["display_name"], viewer)
    shown = may_see(row.picture or DEFAULTS["picture"], viewer)
    return PersonLine(
        row.id, row.handle, row.display_name if named else row.handle,
        portrait_url(row.picture_file if shown else None, row.picture_seed),
        f"/members/{row.handle}", (), bool(row.muted), bool(row.follows), bool(row.trusts))


def person_by_handle(handle: str) -> Person | None:
    """An active or suspended person. Loads: 1 statement."""
    return db.session.scalar(
        select(Person).where(Person.handle_folded == handle.lower(),
                             Person.state.in_(("active", "suspended")))
    )


def moved_handle(handle: str) -> str | None:
    """The handle that somebody has now who had this one within a year. Loads: 1 statement."""
    limit = clock.today() + timedelta(days=HANDLE_FREE_DAYS - HANDLE_LEADS_DAYS)
    return db.session.scalar(
        select(Person.handle).join(OldHandle, OldHandle.person_id == Person.id)
        .where(OldHandle.handle_folded == handle.lower(), OldHandle.until > limit,
               Person.state.in_(("active", "suspended"))))


def profile(handle: str, viewer_id: int | None, as_seen_by: Viewer | None = None
            ) -> Profile | None:
    """What `viewer_id` may see of a person; `as_seen_by` draws it for a made-up viewer instead.

    Loads: 2 statements, 3 for members, however many follow.
    """
    found = db.session.execute(
        select(Person, Standing.helpers, Standing.answers, Standing.ideas)
        .outerjoin(Standing, Standing.person_id == Person.id)
        .where(Person.handle_folded == handle.lower(), Person.state.in_(("active", "suspended")))
    ).first()
    if found is None:
        return None
    who: Person = found[0]
    chosen, knows = _audiences(who.id)
    tie, back = both_ways(viewer_id, who.id) if viewer_id else (Tie(), Tie())
    viewer = as_seen_by or Viewer(
        is_owner=viewer_id == who.id, signed_in=viewer_id is not None,
        followed_by_owner=back.follows, blocked=tie.blocks or back.blocks)
    shown = shown_fields(chosen, viewer)
    return Profile(
        who.id, who.handle,
        (who.display_name if "display_name" in shown else None) or who.handle,
        portrait_url(who.picture_file if "picture" in shown else None, who.picture_seed),
        who.joined_on, who.state, who.about if "about" in shown else None,
        who.region if "region" in shown else None, who.lang, who.page_indexed, shown,
        viewer.is_owner, tie, who.trust_level,
        languages=who.languages if "languages" in shown else None,
        thanks=(found[1] or 0, found[2] or 0, found[3] or 0) if "thanks" in shown
        else (0, 0, 0),
        knows=knows if "subjects" in shown else (),
        may_see_more=not viewer.blocked,
    )


def _audiences(person_id: int) -> tuple[dict[str, str], tuple[int, ...]]:
    """Audiences that differ, and the six subjects in which most others trust this person."""
    none: Any = cast(null(), String)
    rows = read(union_all(
        select(Visibility.field, Visibility.level, literal(0), literal(0)).where(
            Visibility.person_id == person_id),
        select(none, none, Trust.subject_id, func.count()).where(Trust.trusted_id == person_id)
        .group_by(Trust.subject_id)))
    known = sorted((-row[3], row[2]) for row in rows if row[0] is None)
    return ({row[0]: row[1] for row in rows if row[0] is not None},
            tuple(subject for _count, subject in known[:6]))


def levels_of(person_id: int) -> dict[str, str]:
    """What a person chose differently from the defaults, field -> level. Loads: 1 statement."""
    return {row.field: row.level for row in db.session.execute(
        select(Visibility.field, Visibility.level).where(Visibility.person_id == person_id))}


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
            Block.owner_id.in_(ones), Block.other_id.in_(others)),
        select(literal("m"), Mute.owner_id, Mute.other_id, literal(0)).where(
            Mute.owner_id.in_(ones), Mute.other_id.in_(others)))


def _tied(rows: Sequence[Any]) -> dict[tuple[int, int], Tie]:
    found: dict[tuple[int, int], Tie] = {}
    for kind, one, other, subject in rows:
        tie = found.get((one, other), Tie())
        found[one, other] = Tie(tie.follows or kind == "f",
                                tie.trusts | ({subject} if kind == "t" else frozenset()),
                                tie.blocks or kind == "b", tie.mutes or kind == "m")
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


def subjects() -> Sequence[Subject]:
    """Active subjects in order. Loads: 1 statement."""
    return db.session.scalars(
        select(Subject).where(Subject.active).order_by(Subject.position, Subject.id)).all()
