"""Entering, asking to enter, leaving."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound, NotYours
from marketplace.foundation.events import announce
from marketplace.groups.actions.electing import open_election
from marketplace.groups.events import (
    GroupMailChosen,
    JoinAsked,
    JoinDecided,
    MemberJoined,
    MemberLeft,
    RoleChanged,
)
from marketplace.groups.models import Group, JoinRequest, Membership
from marketplace.groups.queries import is_excluded, reads_for_a_house, role_in
from marketplace.groups.rules import may_care, may_write, part_of


def enter(group_id: int, person_id: int, role: str = "member") -> bool:
    """Add a membership; False if there is one already. Changes memberships, groups."""
    try:
        with db.session.begin_nested():
            db.session.add(Membership(group_id=group_id, person_id=person_id, role=role,
                                      joined_at=clock.now()))
    except IntegrityError:
        return False
    db.session.execute(update(Group).where(Group.id == group_id)
                       .values(member_count=Group.member_count + 1)
                       .execution_options(synchronize_session=False))
    return True


def admit(group: Group, person_id: int) -> None:
    """Refuse who was excluded or, where the group wants it so, who acts for a house.

    Raises NotYours, NotFound for an ended group.
    """
    if group.state == "ended":
        raise NotFound(_("There is no such group here."))
    if is_excluded(group.id, person_id):
        raise NotYours(_("The moderators do not want you in this group at present. Their reason, "
                         "and how to appeal, is under “My groups”."))
    if group.producers == "not_reading" and reads_for_a_house(person_id):
        raise NotYours(_("Producers do not read in this group. Its members wanted it so."))


def join(group: Group, person_id: int, words: str = "") -> str:
    """Enter an open group, or ask to enter a closed one: joined, asked or nothing new.

    Raises NotFound for secret groups, NotYours. Changes memberships or join_requests; announces.
    """
    if role_in(group.id, person_id):
        return "joined"
    if group.kind == "secret":
        raise NotFound(_("There is nothing at this address."))
    admit(group, person_id)
    if group.kind == "open":
        come_in(group.id, person_id)
        return "joined"
    try:
        with db.session.begin_nested():
            db.session.add(JoinRequest(group_id=group.id, person_id=person_id, words=words[:500],
                                       at=clock.now()))
    except IntegrityError:
        return "asked"
    announce(JoinAsked(group.id, person_id))
    return "asked"


def come_in(group_id: int, person_id: int) -> None:
    """Belong from now on; twice is once. Announces MemberJoined."""
    if enter(group_id, person_id):
        announce(MemberJoined(group_id, person_id))


def take_request_back(group_id: int, person_id: int) -> None:
    """Ask to enter no longer; twice is once. Changes join_requests."""
    db.session.execute(
        update(JoinRequest).where(JoinRequest.group_id == group_id,
                                  JoinRequest.person_id == person_id, JoinRequest.result.is_(None))
        .values(result="withdrawn", decided_at=clock.now())
        .execution_options(synchronize_session=False))


def leave(group_id: int, person_id: int) -> None:
    """Belong no longer, in one step and without a question.

    Where the founder goes, the longest-serving moderator follows; where nobody is left to answer
    for the group, its members elect somebody. Twice is once. Announces MemberLeft.
    """
    role = role_in(group_id, person_id)
    if role is None:
        return
    gone = db.session.execute(update(Membership).where(
        Membership.group_id == group_id, Membership.person_id == person_id,
        Membership.left_at.is_(None)).values(left_at=clock.now()))
    if not gone.rowcount:  # type: ignore[attr-defined]
        return
    db.session.execute(update(Group).where(Group.id == group_id)
                       .values(member_count=Group.member_count - 1)
                       .execution_options(synchronize_session=False))
    if role == "founder":
        _follow_founder(group_id)
    if role in ("founder", "moderator"):
        _elect_if_nobody_cares(group_id)
    announce(MemberLeft(group_id, person_id))


def _follow_founder(group_id: int) -> None:
    """The longest-serving moderator becomes founder; without one the place stays empty."""
    heir = db.session.execute(
        select(Membership.id, Membership.person_id)
        .where(Membership.group_id == group_id, Membership.left_at.is_(None),
               Membership.role == "moderator")
        .order_by(Membership.joined_at, Membership.id).limit(1)).first()
    db.session.execute(update(Group).where(Group.id == group_id)
                       .values(founder_id=heir.person_id if heir else None, heir_id=None)
                       .execution_options(synchronize_session=False))
    if heir:
        db.session.execute(update(Membership).where(Membership.id == heir.id)
                           .values(role="founder"))
        announce(RoleChanged(group_id, heir.person_id, "founder"))


def _elect_if_nobody_cares(group_id: int) -> None:
    rows = db.session.scalars(select(Membership.role).where(
        Membership.group_id == group_id, Membership.left_at.is_(None))).all()
    if rows and not set(rows) & {"founder", "moderator"}:
        open_election(group_id)


def decide_request(request_id: int, by: int, yes: bool, why: str) -> None:
    """Answer a request to enter; a no carries a reason. Raises NotYours, Conflict, Invalid."""
    row = db.session.get(JoinRequest, request_id, populate_existing=True)
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    if not may_care(part_of(role_in(row.group_id, by), True)):
        raise NotYours(_("Moderators of the group decide this."))
    if not yes and not why:
        raise Invalid({"why": _("A no needs a reason that the person can read.")})
    taken = db.session.execute(
        update(JoinRequest).where(JoinRequest.id == request_id, JoinRequest.result.is_(None))
        .values(result="yes" if yes else "no", decided_by=by, decided_at=clock.now(), why=why[:280])
        .execution_options(synchronize_session=False))
    if not taken.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody else answered this request."))
    if yes:
        come_in(row.group_id, row.person_id)
    announce(JoinDecided(row.group_id, row.person_id, yes))


def show_membership(group_id: int, person_id: int, shown: bool) -> None:
    """Show the group on one's own profile and oneself in its list, or not. Changes memberships."""
    db.session.execute(update(Membership).where(
        Membership.group_id == group_id, Membership.person_id == person_id,
        Membership.left_at.is_(None)).values(shown=shown))


def choose_mail(group_id: int, person_id: int, wanted: str | None) -> None:
    """Whether this group writes to a member by mail: "on", "off", or as the settings say (None).

    Raises NotYours, Invalid. Changes memberships; announces GroupMailChosen.
    """
    if wanted not in (None, "on", "off"):
        raise Invalid({"mail": _("Please choose one of these.")})
    demand_member(group_id, person_id)
    db.session.execute(update(Membership).where(
        Membership.group_id == group_id, Membership.person_id == person_id,
        Membership.left_at.is_(None)).values(mail=wanted))
    announce(GroupMailChosen(group_id, person_id, wanted))


def demand_member(group_id: int, person_id: int) -> None:
    """Refuse who does not belong. Raises NotYours."""
    if not may_write(part_of(role_in(group_id, person_id), True)):
        raise NotYours(_("Members of the group do this. Joining takes one click."))


def demand_care(group_id: int, person_id: int) -> None:
    """Refuse who does not look after the group. Raises NotYours."""
    if not may_care(part_of(role_in(group_id, person_id), True)):
        raise NotYours(_("Moderators of the group decide this."))
