"""Ways in: a link for some people, a question to one person by name."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

from flask_babel import gettext as _
from sqlalchemy import func, select, update

from marketplace.foundation import clock
from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Gone, NotFound, NotYours, TooMany
from marketplace.foundation.events import announce
from marketplace.groups.actions.belonging import admit, come_in
from marketplace.groups.events import ManyInvited, PersonInvited
from marketplace.groups.models import Group, Invite
from marketplace.groups.queries import is_excluded, role_in
from marketplace.groups.rules import may, part_of
from marketplace.people.queries import is_blocked

LIVES, MOST_USES, INVITES_A_DAY = timedelta(days=14), 25, 20


def hash_of(token: str) -> str:
    """What is kept of a link."""
    return sha256(token.encode()).hexdigest()


def _demand_inviter(group: Group, by: int) -> None:
    part = part_of(role_in(group.id, by), True)
    if not may("invite", group.kind, part, invite_by=group.invite_by):
        raise NotYours(_("The moderators of the group invite."))
    lately = db.session.scalar(select(func.count(Invite.id)).where(
        Invite.made_by == by, Invite.made_at > clock.now() - timedelta(days=1))) or 0
    if lately >= INVITES_A_DAY:
        raise TooMany(_("That is enough invitations for today. Tomorrow there is room again."),
                      86_400)
    if lately == INVITES_A_DAY - 1:
        announce(ManyInvited(by))


def make_link(group: Group, by: int, uses: int) -> str:
    """The secret of a new link, for up to 25 people and 14 days. Raises NotYours, TooMany.

    Changes invites.
    """
    _demand_inviter(group, by)
    token, now = secret_code(128), clock.now()
    db.session.add(Invite(group_id=group.id, hash=hash_of(token), made_by=by, made_at=now,
                          expires_at=now + LIVES, uses_left=min(max(uses, 1), MOST_USES)))
    db.session.flush()
    return token


def invite_person(group: Group, by: int, person_id: int) -> None:
    """Ask one person; whoever may not be reached hears nothing, and nobody learns of it.

    Raises NotYours, TooMany. Changes invites; announces PersonInvited.
    """
    _demand_inviter(group, by)
    if role_in(group.id, person_id) or is_blocked(by, person_id) \
            or is_excluded(group.id, person_id):
        return
    now = clock.now()
    known = db.session.scalar(select(Invite).where(Invite.group_id == group.id,
                                                   Invite.person_id == person_id))
    if known is not None and known.uses_left and known.expires_at > now:
        return
    row = known or Invite(group_id=group.id, person_id=person_id, made_at=now)
    row.made_by, row.made_at, row.expires_at, row.uses_left = by, now, now + LIVES, 1
    db.session.add(row)
    announce(PersonInvited(group.id, person_id, by))


def revoke(group: Group, by: int, invite_id: int) -> None:
    """Close a way in; its maker and moderators may. Raises NotYours, NotFound. Changes invites."""
    row = db.session.scalar(select(Invite).where(Invite.id == invite_id,
                                                 Invite.group_id == group.id))
    if row is None:
        raise NotFound(_("This invitation no longer works."))
    if row.made_by != by and not may("care", group.kind, part_of(role_in(group.id, by), True)):
        raise NotYours(_("Moderators of the group decide this."))
    row.expires_at = min(row.expires_at, clock.now())


def accept(invite_id: int, person_id: int) -> None:
    """Come in by an invitation; members lose nothing by it. Raises Gone, NotYours.

    Under twenty at once never more come in than the link allows. Changes invites, memberships.
    """
    row = db.session.get(Invite, invite_id, populate_existing=True)
    if row is None or row.person_id not in (None, person_id):
        raise Gone(_("This invitation no longer works."))
    group = db.session.get_one(Group, row.group_id)
    if role_in(group.id, person_id):
        return
    admit(group, person_id)
    taken = db.session.execute(
        update(Invite).where(Invite.id == invite_id, Invite.uses_left > 0,
                             Invite.expires_at > clock.now())
        .values(uses_left=Invite.uses_left - 1).execution_options(synchronize_session=False))
    if not taken.rowcount:  # type: ignore[attr-defined]
        raise Gone(_("This invitation no longer works."))
    come_in(group.id, person_id)


def decline(invite_id: int, person_id: int) -> None:
    """Do not come in where one was asked by name; nobody is told. Changes invites."""
    db.session.execute(
        update(Invite).where(Invite.id == invite_id, Invite.person_id == person_id)
        .values(uses_left=0).execution_options(synchronize_session=False))
