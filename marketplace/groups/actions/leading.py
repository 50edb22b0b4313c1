"""Who answers for a group: naming moderators, handing over."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import update

from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, NotYours
from marketplace.foundation.events import announce
from marketplace.groups.events import HandingOver, RoleChanged
from marketplace.groups.models import Group, Membership
from marketplace.groups.queries import role_in
from marketplace.groups.rules import may, part_of


def _set_role(group_id: int, person_id: int, role: str) -> None:
    db.session.execute(update(Membership).where(
        Membership.group_id == group_id, Membership.person_id == person_id,
        Membership.left_at.is_(None)).values(role=role))
    announce(RoleChanged(group_id, person_id, role))


def name_moderator(group: Group, by: int, person_id: int, yes: bool) -> None:
    """Make a member a moderator, or a moderator a member again.

    Only the founder, and only until the group has elected once. Raises NotYours, Conflict.
    Changes memberships; announces RoleChanged.
    """
    if not may("name_moderators", group.kind, part_of(role_in(group.id, by), True),
               elected=group.elected):
        raise NotYours(_("The group elects its moderators.") if group.elected
                       else _("The founder of the group names moderators."))
    role = role_in(group.id, person_id)
    if role not in ("member", "moderator"):
        raise Conflict(_("Only members can look after the group."))
    if (role == "moderator") != yes:
        _set_role(group.id, person_id, "moderator" if yes else "member")


def step_down(group: Group, person_id: int) -> None:
    """A moderator is a member again. Raises Conflict where nobody else would look after it.

    Changes memberships; announces RoleChanged.
    """
    if role_in(group.id, person_id) != "moderator":
        raise NotYours(_("Moderators of the group decide this."))
    if group.founder_id is None and not _others(group.id, person_id):
        raise Conflict(_("You are the last one who looks after this group. Please hand over first, "
                         "or leave: then the members elect somebody."))
    _set_role(group.id, person_id, "member")


def _others(group_id: int, person_id: int) -> bool:
    return db.session.query(Membership.id).filter(
        Membership.group_id == group_id, Membership.left_at.is_(None),
        Membership.role.in_(("founder", "moderator")),
        Membership.person_id != person_id).first() is not None


def offer_founding(group: Group, by: int, person_id: int | None) -> None:
    """Ask a member to take the group over, or take the question back (None).

    Raises NotYours, Conflict. Changes groups; announces HandingOver.
    """
    if not may("hand_over", group.kind, part_of(role_in(group.id, by), True)):
        raise NotYours(_("The founder of the group decides this."))
    if person_id is not None and role_in(group.id, person_id) not in ("member", "moderator"):
        raise Conflict(_("Only a member can take the group over."))
    group.heir_id = person_id
    if person_id is not None:
        announce(HandingOver(group.id, person_id))


def answer_offer(group: Group, person_id: int, yes: bool) -> None:
    """Take the group over, or not. Raises Conflict where nobody asks any more.

    The former founder stays as a moderator. Changes groups, memberships; announces RoleChanged.
    """
    if group.heir_id != person_id:
        raise Conflict(_("Nobody asks you to take this group over any more."))
    group.heir_id = None
    if not yes:
        return
    before, group.founder_id = group.founder_id, person_id
    if before is not None and role_in(group.id, before):
        _set_role(group.id, before, "moderator")
    _set_role(group.id, person_id, "founder")
