"""Groups that nobody looks after: election, rest, end."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, or_, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.events import announce
from marketplace.groups.actions.electing import open_election
from marketplace.groups.events import GroupEnded, GroupEnding
from marketplace.groups.models import Group, Membership
from marketplace.groups.rules.succession import end_of, rested_since, silent_since, told_until

BATCH = 500


def look_for_successors() -> int:
    """Open an election in every group whose founder and moderators are silent; how many.

    Changes proposals; announces.
    """
    acted = func.max(func.coalesce(Membership.last_act_at, Membership.joined_at))
    cared = (select(Membership.group_id, acted.label("acted"))
             .where(Membership.left_at.is_(None), Membership.role.in_(("founder", "moderator")))
             .group_by(Membership.group_id).subquery())
    rows = db.session.scalars(
        select(Group.id).outerjoin(cared, cared.c.group_id == Group.id)
        .where(Group.state == "alive", Group.member_count > 0,
               or_(cared.c.acted.is_(None), cared.c.acted <= silent_since(clock.now())))
        .order_by(Group.id).limit(BATCH)).all()
    for group_id in rows:
        open_election(group_id)
    return len(rows)


def tell_of_ends() -> int:
    """Tell members of groups that rested a year that they end; how many. Changes groups."""
    rows = db.session.scalars(select(Group).where(
        Group.state == "resting", Group.end_told_at.is_(None),
        Group.resting_since <= rested_since(clock.now())).order_by(Group.id).limit(BATCH)).all()
    for group in rows:
        group.end_told_at = clock.now()
        announce(GroupEnding(group.id, end_of(group.end_told_at)))
    return len(rows)


def end_what_is_due() -> int:
    """End groups whose notice is over; how many. Changes groups; announces GroupEnded."""
    rows = db.session.scalars(select(Group).where(
        Group.state != "ended", Group.end_told_at <= told_until(clock.now()))
        .order_by(Group.id).limit(BATCH)).all()
    for group in rows:
        group.state = "ended"
        announce(GroupEnded(group.id))
    return len(rows)


def acted(group_id: int, person_id: int) -> None:
    """Somebody did something in a group; written at most once an hour. Changes memberships."""
    now = clock.now()
    db.session.query(Membership).filter(
        Membership.group_id == group_id, Membership.person_id == person_id,
        Membership.left_at.is_(None),
        func.coalesce(Membership.last_act_at, Membership.joined_at) < now - timedelta(hours=1)
    ).update({"last_act_at": now}, synchronize_session=False)
