"""Who belongs to a group, who asks, who is asked, who is kept out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, literal, or_, select, union_all

from marketplace.foundation import clock
from marketplace.foundation.database import db, read
from marketplace.groups.models import (
    Group,
    Invite,
    JoinRequest,
    Membership,
    OpenedConsent,
)
from marketplace.producers.queries import acts_for

RANKED = ("founder", "moderator", "member")
"""The roles in the order of a list of members."""


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
    return [one.person_id for one in members_page(group_id, True, None, limit)]


def carers(group_id: int) -> Sequence[int]:
    """Founder and moderators. Loads: 1 statement."""
    return db.session.scalars(
        select(Membership.person_id).where(
            Membership.group_id == group_id, Membership.left_at.is_(None),
            Membership.role.in_(("founder", "moderator")))).all()


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


def membership(group_id: int, person_id: int) -> Membership | None:
    """The open row of a member. Loads: 1 statement."""
    return db.session.scalar(select(Membership).where(
        Membership.group_id == group_id, Membership.person_id == person_id,
        Membership.left_at.is_(None)))


def reads_for_a_house(person_id: int) -> bool:
    """Whether somebody acts for any producer. Loads: 1 statement."""
    return bool(acts_for({person_id}))


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the list of members."""

    membership_id: int
    person_id: int
    role: str
    joined_at: datetime
    shown: bool


def members_page(group_id: int, viewer_inside: bool, after: tuple[int, datetime, int] | None,
                 limit: int) -> Sequence[Member]:
    """Founder and moderators first, then the newest, from a key on. Loads: 1 statement.

    `after` is (rank, joined_at, membership id) of the last row shown; who hides from outsiders is
    left out for them. Each role is read in the order of its index, so that a page of a group of
    fifty thousand costs what one of a group of fifty costs.
    """
    rank, joined, key = after or (None, None, None)
    asked = {} if after is None else {"joined": joined, "key": key}
    return [Member(*row) for row in read(_listed(viewer_inside, rank), group=group_id, most=limit,
                                         **asked)]


@cache
def _listed(viewer_inside: bool, after_rank: int | None) -> Any:
    """The next members of a list, after a key of this rank where there is one."""
    parts = [_of_role(role, viewer_inside, rank == after_rank) for rank, role in enumerate(RANKED)
             if after_rank is None or rank >= after_rank]
    every = union_all(*parts).subquery()
    return (select(every.c.id, every.c.person_id, every.c.role, every.c.joined_at, every.c.shown)
            .order_by(every.c.rank, every.c.joined_at.desc(), every.c.id.desc())
            .limit(bindparam("most")))


def _of_role(role: str, viewer_inside: bool, after: bool) -> Any:
    """The next members of one role, newest first."""
    where: list[Any] = [Membership.group_id == bindparam("group"), Membership.left_at.is_(None),
                        Membership.role == role]
    if not viewer_inside:
        where.append(Membership.shown)
    if after:
        where.append(or_(Membership.joined_at < bindparam("joined"),
                         and_(Membership.joined_at == bindparam("joined"),
                              Membership.id < bindparam("key"))))
    return select(
        select(Membership.id, Membership.person_id, Membership.role, Membership.joined_at,
               Membership.shown, literal(RANKED.index(role)).label("rank"))
        .where(*where).order_by(Membership.joined_at.desc(), Membership.id.desc())
        .limit(bindparam("most")).subquery())


@dataclass(frozen=True, slots=True)
class InviteView:
    """A way in that still works."""

    id: int
    person_id: int | None
    made_by: int
    expires_at: datetime
    uses_left: int


def invites_of(group_id: int) -> Sequence[InviteView]:
    """Ways in that still work, newest first. Loads: 1 statement."""
    rows = db.session.execute(
        select(Invite.id, Invite.person_id, Invite.made_by, Invite.expires_at, Invite.uses_left)
        .where(Invite.group_id == group_id, Invite.expires_at > clock.now(), Invite.uses_left > 0)
        .order_by(Invite.id.desc()).limit(100))
    return [InviteView(*row) for row in rows]


def invite_by_hash(hashed: str) -> tuple[int, Group] | None:
    """An invitation that works, and its group. Loads: 1 statement."""
    row = db.session.execute(
        select(Invite.id, Group).join(Group, Group.id == Invite.group_id)
        .where(Invite.hash == hashed, Invite.expires_at > clock.now(), Invite.uses_left > 0,
               Group.state != "ended")).first()
    return (row[0], row[1]) if row else None


def invites_to(person_id: int) -> Sequence[tuple[int, Group, int]]:
    """Where somebody is asked to come in: (invitation, group, by whom). Loads: 1 statement."""
    rows = db.session.execute(
        select(Invite.id, Group, Invite.made_by).join(Group, Group.id == Invite.group_id)
        .where(Invite.person_id == person_id, Invite.expires_at > clock.now(),
               Invite.uses_left > 0, Group.state != "ended").order_by(Invite.id.desc()).limit(50))
    return [(row[0], row[1], row[2]) for row in rows]


def opened_by(group_id: int) -> frozenset[int]:
    """Who let older words be seen. Loads: 1 statement."""
    return frozenset(db.session.scalars(
        select(OpenedConsent.person_id).where(OpenedConsent.group_id == group_id)))


def joined_at(group_id: int, person_id: int) -> datetime | None:
    """Since when somebody belongs, over all their memberships. Loads: 1 statement."""
    return db.session.scalar(select(func.min(Membership.joined_at)).where(
        Membership.group_id == group_id, Membership.person_id == person_id))


def mail_of_groups(person_id: int) -> Mapping[int, str | None]:
    """What a person chose of the mail of each group they belong to. Loads: 1 statement."""
    return {row[0]: row[1] for row in db.session.execute(
        select(Membership.group_id, Membership.mail).where(
            Membership.person_id == person_id, Membership.left_at.is_(None)))}


def shown_in(person_id: int) -> frozenset[int]:
    """Groups whose membership somebody shows on the own profile. Loads: 1 statement."""
    return frozenset(db.session.scalars(select(Membership.group_id).where(
        Membership.person_id == person_id, Membership.left_at.is_(None), Membership.shown)))


def members_after(group_id: int, membership_id: int, limit: int) -> Sequence[tuple[int, int]]:
    """(membership, person) from a membership on, in its order. Loads: 1 statement."""
    rows = db.session.execute(
        select(Membership.id, Membership.person_id)
        .where(Membership.group_id == group_id, Membership.left_at.is_(None),
               Membership.id > membership_id).order_by(Membership.id).limit(limit))
    return [(row[0], row[1]) for row in rows]
