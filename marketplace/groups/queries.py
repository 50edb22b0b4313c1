"""Reads of `groups`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, case, func, literal, or_, select, union_all

from marketplace.foundation import clock
from marketplace.foundation.database import db, read
from marketplace.groups.models import (
    Group,
    GroupList,
    GroupRule,
    JoinRequest,
    ListItem,
    Membership,
    Pick,
    PickVote,
)
from marketplace.groups.rules import may_know, part_of
from marketplace.people.models import Subject


@dataclass(frozen=True, slots=True)
class GroupCard:
    """A group in a list or at the head of its page."""

    id: int
    slug: str
    name: str
    purpose: str
    kind: str
    state: str
    lang: str
    region: str
    subject: str
    subject_slug: str
    member_count: int
    topic_count: int
    picture_seed: int
    founded_on: date
    last_act_at: datetime
    role: str | None

    @property
    def url(self) -> str:
        """The group's page."""
        return f"/groups/{self.slug}"


@dataclass(frozen=True, slots=True)
class ListView:
    """A shared list with its items as (product id, person id, why)."""

    id: int
    title: str
    purpose: str
    items: Sequence[tuple[int, int, str]]


@dataclass(frozen=True, slots=True)
class PickView:
    """A pick of the month."""

    product_id: int
    month: str
    votes: int
    active: int


def _selected(lang: str, viewer_id: Any):  # type: ignore[no-untyped-def]
    subject = Subject.name_de if lang == "de" else Subject.name_en
    me = 0 if viewer_id is None else viewer_id
    role = (select(Membership.role).where(
        Membership.group_id == Group.id, Membership.person_id == me,
        Membership.left_at.is_(None)).correlate(Group).scalar_subquery())
    return select(
        Group.id, Group.slug, Group.name, Group.purpose, Group.kind, Group.state, Group.lang,
        func.coalesce(Group.region, ""), subject, Subject.slug, Group.member_count,
        Group.topic_count, Group.picture_seed, Group.founded_on, Group.last_act_at,
        role.label("role")).join(Subject, Subject.id == Group.subject_id)


def group_card(slug: str, lang: str, viewer_id: int | None) -> GroupCard | None:
    """A group this viewer may know of. Loads: 1 statement."""
    row = db.session.execute(_selected(lang, viewer_id).where(Group.slug == slug)).first()
    if row is None:
        return None
    card = GroupCard(*row)
    return card if may_know(card.kind, part_of(card.role, viewer_id is not None)) else None


def directory(
    lang: str, viewer_id: int | None, subject: str | None, said_in: str | None, words: str,
    offset: int, limit: int,
) -> tuple[Sequence[GroupCard], int]:
    """Open and closed groups, own ones first, then the liveliest. Loads: at most 2 statements."""
    where = [Group.kind.in_(("open", "closed")), Group.state != "ended"]
    if subject:
        where.append(Subject.slug == subject)
    if said_in:
        where.append(Group.lang == said_in)
    if words:
        like = f"%{words.lower()}%"
        where.append(or_(func.lower(Group.name).like(like), func.lower(Group.purpose).like(like)))
    wanted = _selected(lang, viewer_id).where(*where)
    rows = db.session.execute(wanted.order_by(
        case((wanted.selected_columns.role.is_(None), 1), else_=0), Group.last_act_at.desc(),
        Group.id).offset(offset).limit(limit)).all()
    total = len(rows) if offset == 0 and len(rows) < limit else db.session.scalar(
        select(func.count(Group.id)).join(Subject, Subject.id == Group.subject_id).where(*where))
    return [GroupCard(*row) for row in rows], total or 0


def liveliest(lang: str, viewer_id: int | None, limit: int) -> Sequence[GroupCard]:
    """Own groups, then those with the newest talk. Loads: 1 statement."""
    rows = db.session.execute(_liveliest(lang), {"me": viewer_id or 0, "limit": limit})
    return [GroupCard(*row) for row in rows]


@cache
def _liveliest(lang: str) -> Any:
    wanted = _selected(lang, bindparam("me")).where(
        Group.kind.in_(("open", "closed")), Group.state != "ended")
    return wanted.order_by(
        case((wanted.selected_columns.role.is_(None), 1), else_=0), Group.last_act_at.desc(),
        Group.id).limit(bindparam("limit"))


def of_person(person_id: int, lang: str, viewer_id: int | None = None) -> Sequence[GroupCard]:
    """A person's groups; others see only the open ones that are shown. Loads: 1 statement."""
    wanted = (_selected(lang, viewer_id).join(Membership, Membership.group_id == Group.id)
              .where(Membership.person_id == person_id, Membership.left_at.is_(None),
                     Group.state != "ended"))
    if viewer_id != person_id:
        wanted = wanted.where(Membership.shown, Group.kind == "open")
    rows = db.session.execute(wanted.order_by(Group.name, Group.id).limit(100))
    return [GroupCard(*row) for row in rows]


def group_ids_of(person_id: int) -> frozenset[int]:
    """The groups somebody belongs to. Loads: 1 statement."""
    return frozenset(db.session.scalars(
        select(Membership.group_id).where(Membership.person_id == person_id,
                                          Membership.left_at.is_(None))))


def fellow_members(person_id: int, limit: int = 2000) -> Sequence[int]:
    """Everybody who is in a group with somebody. Loads: 1 statement."""
    own = select(Membership.group_id).where(Membership.person_id == person_id,
                                            Membership.left_at.is_(None))
    return db.session.scalars(
        select(Membership.person_id).where(
            Membership.group_id.in_(own), Membership.left_at.is_(None),
            Membership.person_id != person_id)
        .distinct().order_by(Membership.person_id).limit(limit)).all()


def role_in(group_id: int, person_id: int | None) -> str | None:
    """Founder, moderator, member, or None. Loads: 1 statement."""
    if person_id is None:
        return None
    return db.session.scalar(select(Membership.role).where(
        Membership.group_id == group_id, Membership.person_id == person_id,
        Membership.left_at.is_(None)))


def member_ids(group_id: int, limit: int = 50) -> Sequence[int]:
    """Members, founder and moderators first, then the newest. Loads: 1 statement."""
    rank = case((Membership.role == "founder", 0), (Membership.role == "moderator", 1), else_=2)
    return db.session.scalars(
        select(Membership.person_id).where(Membership.group_id == group_id,
                                           Membership.left_at.is_(None))
        .order_by(rank, Membership.joined_at.desc(), Membership.id).limit(limit)).all()


def carers(group_id: int) -> Sequence[int]:
    """Founder and moderators. Loads: 1 statement."""
    return db.session.scalars(
        select(Membership.person_id).where(
            Membership.group_id == group_id, Membership.left_at.is_(None),
            Membership.role.in_(("founder", "moderator")))).all()


def rules_of(group_id: int) -> Sequence[str]:
    """The rules in force, one by one. Loads: 1 statement."""
    words = db.session.scalar(select(GroupRule.words).where(GroupRule.group_id == group_id)
                              .order_by(GroupRule.version.desc()).limit(1))
    return (words or "").splitlines()


def lists_of(group_id: int) -> Sequence[ListView]:
    """Shared lists with items, newest first. Loads: 1 statement."""
    found: dict[int, tuple[str, str, list[tuple[int, int, str]]]] = {}
    for row in read(_lists(), group=group_id):
        items = found.setdefault(row.id, (row.title, row.purpose, []))[2]
        if row.product_id is not None:
            items.append((row.product_id, row.person_id, row.why))
    return [ListView(i, *known) for i, known in found.items()]


@cache
def _lists() -> Any:
    newest = (select(GroupList).where(GroupList.group_id == bindparam("group"))
              .order_by(GroupList.made_at.desc(), GroupList.id).limit(30).subquery())
    return (select(newest.c.id, newest.c.title, newest.c.purpose, ListItem.product_id,
                   ListItem.person_id, ListItem.why)
            .outerjoin(ListItem, ListItem.list_id == newest.c.id)
            .order_by(newest.c.made_at.desc(), newest.c.id, ListItem.at, ListItem.id))


def picks_of(group_id: int, limit: int = 6) -> Sequence[PickView]:
    """Picks, newest month first. Loads: 1 statement."""
    rows = db.session.execute(
        select(Pick.product_id, Pick.month, Pick.votes, Pick.active)
        .where(Pick.group_id == group_id)
        .order_by(Pick.month.desc(), Pick.product_id).limit(limit))
    return [PickView(*row) for row in rows]


def votes_of(
    group_id: int, month: str, person_id: int | None
) -> tuple[Mapping[int, int], set[int]]:
    """Votes of a month by product, and one's own. Loads: 1 statement."""
    counts: dict[int, int] = {}
    own: set[int] = set()
    for product_id, voter in db.session.execute(
        select(PickVote.product_id, PickVote.person_id)
        .where(PickVote.group_id == group_id, PickVote.month == month)
    ):
        counts[product_id] = counts.get(product_id, 0) + 1
        if voter == person_id:
            own.add(product_id)
    return counts, own


def open_requests(group_id: int) -> Sequence[JoinRequest]:
    """Requests waiting for an answer, oldest first. Loads: 1 statement."""
    return db.session.scalars(
        select(JoinRequest).where(JoinRequest.group_id == group_id, JoinRequest.result.is_(None))
        .order_by(JoinRequest.at, JoinRequest.id).limit(100)).all()


def own_request(group_id: int, person_id: int) -> JoinRequest | None:
    """A person's newest request. Loads: 1 statement."""
    return db.session.scalar(
        select(JoinRequest).where(JoinRequest.group_id == group_id,
                                  JoinRequest.person_id == person_id)
        .order_by(JoinRequest.at.desc()).limit(1))


def named_by_groups(person_id: int) -> Mapping[int, tuple[str, str]]:
    """What a person's groups picked or listed: product -> slug and name of one of them.

    Picks go before lists, new picks before old ones; secret groups are not named.
    Loads: 1 statement.
    """
    return {row.product_id: (row.slug, row.name) for row in read(_named_by(), me=person_id)}


@cache
def _named_by() -> Any:
    mine = (select(Group.id, Group.slug, Group.name)
            .join(Membership, Membership.group_id == Group.id)
            .where(Membership.person_id == bindparam("me"), Membership.left_at.is_(None),
                   Group.kind != "secret").subquery())
    listed = (select(ListItem.product_id, mine.c.slug, mine.c.name, literal("").label("month"))
              .join(GroupList, GroupList.id == ListItem.list_id)
              .join(mine, mine.c.id == GroupList.group_id))
    picked = (select(Pick.product_id, mine.c.slug, mine.c.name, Pick.month.label("month"))
              .join(mine, mine.c.id == Pick.group_id))
    both = union_all(listed, picked).subquery()
    return select(both).order_by(both.c.month, both.c.product_id).limit(1500)


def founded_lately(person_id: int) -> int:
    """How many groups somebody founded in the last 30 days. Loads: 1 statement."""
    since = clock.today() - timedelta(days=30)
    return db.session.scalar(select(func.count(Group.id)).where(
        Group.founder_id == person_id, Group.founded_on > since)) or 0


def slug_of(group_id: int) -> str:
    """The slug of a group that exists. Loads: 1 statement."""
    return db.session.scalars(select(Group.slug).where(Group.id == group_id)).one()


def names(group_ids: Collection[int]) -> Mapping[int, tuple[str, str]]:
    """Slug and name of groups that are not secret. Loads: 1 statement, none for nobody."""
    if not group_ids:
        return {}
    rows = db.session.execute(select(Group.id, Group.slug, Group.name)
                              .where(Group.id.in_(list(group_ids)), Group.kind != "secret"))
    return {row[0]: (row[1], row[2]) for row in rows}
