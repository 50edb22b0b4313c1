"""Groups in lists and at the head of their pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, case, func, or_, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.groups.models import Group, GroupTag, Membership, Tag
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
    producers: str
    invite_by: str
    questions: str
    next_kind: str | None
    next_kind_at: datetime | None
    opened_at: datetime | None
    ends_at: datetime | None
    elected: bool
    routed: bool
    role: str | None

    @property
    def url(self) -> str:
        """The group's page."""
        return f"/groups/{self.slug}"


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
        Group.producers, Group.invite_by, Group.questions, Group.next_kind, Group.next_kind_at,
        Group.opened_at, Group.end_told_at, Group.elected, Group.routed,
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
    offset: int, limit: int, tag: str | None = None,
) -> tuple[Sequence[GroupCard], int]:
    """Open and closed groups, own ones first, then the liveliest. Loads: at most 2 statements."""
    where = [Group.kind.in_(("open", "closed")), Group.state != "ended"]
    if subject:
        where.append(Subject.slug == subject)
    if said_in:
        where.append(Group.lang == said_in)
    if tag:
        where.append(Group.id.in_(select(GroupTag.group_id).join(Tag, Tag.id == GroupTag.tag_id)
                                  .where(Tag.slug == tag)))
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


def cards_of(ids: Collection[int], lang: str, viewer_id: int | None) -> Mapping[int, GroupCard]:
    """Groups by id that this viewer may know of. Loads: 1 statement, none for nobody."""
    if not ids:
        return {}
    rows = db.session.execute(_selected(lang, viewer_id).where(
        Group.id.in_(list(ids)), Group.state != "ended"))
    cards = [GroupCard(*row) for row in rows]
    return {card.id: card for card in cards
            if may_know(card.kind, part_of(card.role, viewer_id is not None))}


def founded_lately(person_id: int) -> int:
    """How many groups somebody founded in the last 30 days. Loads: 1 statement."""
    since = clock.today() - timedelta(days=30)
    return db.session.scalar(select(func.count(Group.id)).where(
        Group.founder_id == person_id, Group.founded_on > since)) or 0


def kind_of(group_id: int) -> str:
    """open, closed or secret. Loads: 1 statement."""
    return db.session.scalars(select(Group.kind).where(Group.id == group_id)).one()


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


def tags_known() -> Sequence[Tag]:
    """All tags by name. Loads: 1 statement."""
    return db.session.scalars(select(Tag).order_by(Tag.name_de, Tag.id)).all()


def tags_of(group_id: int) -> Sequence[Tag]:
    """Tags of a group. Loads: 1 statement."""
    return db.session.scalars(select(Tag).join(GroupTag, GroupTag.tag_id == Tag.id)
                              .where(GroupTag.group_id == group_id).order_by(Tag.slug)).all()


def groups_for(subject_id: int | None, tag_ids: Collection[int] = (), limit: int = 5
               ) -> Sequence[int]:
    """Groups that take wishes of a subject or with a tag, the liveliest first. Loads: 1.

    Only open and closed ones that said so.
    """
    tagged = select(GroupTag.group_id).where(GroupTag.tag_id.in_(list(tag_ids)))
    return db.session.scalars(
        select(Group.id).where(
            Group.routed, Group.state == "alive", Group.kind.in_(("open", "closed")),
            or_(Group.subject_id == (subject_id or 0), Group.id.in_(tagged)))
        .order_by(Group.last_act_at.desc(), Group.id).limit(limit)).all()
