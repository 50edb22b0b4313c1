"""People who wait for an answer of a closed group."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.events import announce
from marketplace.groups.events import RequestsWait
from marketplace.groups.models import Group, JoinRequest

REMIND_AFTER, URGE_AFTER = timedelta(days=7), timedelta(days=14)


def remind_of_requests() -> int:
    """After 7 days, and again after 14, those who look after the group hear of it; how many.

    Changes join_requests; announces RequestsWait.
    """
    now, told = clock.now(), 0
    for row, group_id in db.session.execute(
        select(JoinRequest, Group.id).join(Group, Group.id == JoinRequest.group_id)
        .where(JoinRequest.result.is_(None), JoinRequest.at <= now - REMIND_AFTER,
               JoinRequest.reminded < 2, Group.state != "ended")
        .order_by(JoinRequest.at).limit(500)
    ).all():
        due = 2 if now - row.at >= URGE_AFTER else 1
        if row.reminded < due:
            row.reminded = due
            announce(RequestsWait(group_id, row.person_id))
            told += 1
    return told
