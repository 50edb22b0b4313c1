"""Old letters forget their receivers; old notices go."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, or_, select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.notify.models import Letter, Notice

LETTERS_KEPT, READ_KEPT, UNREAD_KEPT = (timedelta(days=n) for n in (90, 90, 365))
A_BATCH = 500


def sweep_letters() -> int:
    """After 90 days no letter says who it went to or what stood in it; how many were emptied.

    Changes letters (one batch).
    """
    old = select(Letter.id).where(
        Letter.state != "waiting", Letter.due_at < clock.now() - LETTERS_KEPT,
        or_(Letter.person_id.is_not(None), Letter.email.is_not(None),
            Letter.to_hash.is_not(None), Letter.by_id.is_not(None),
            Letter.merge_key.is_not(None))).order_by(Letter.id).limit(A_BATCH)
    ids = list(db.session.scalars(old))
    db.session.execute(update(Letter).where(Letter.id.in_(ids)).values(
        person_id=None, email=None, to_hash=None, by_id=None, merge_key=None, args={}))
    return len(ids)


def sweep_notices() -> int:
    """Read notices go after 90 days, others after 365; how many. Changes notices (one batch)."""
    now = clock.now()
    ids = list(db.session.scalars(select(Notice.id).where(or_(
        Notice.read_at < now - READ_KEPT, Notice.last_at < now - UNREAD_KEPT))
        .order_by(Notice.id).limit(A_BATCH)))
    db.session.execute(delete(Notice).where(Notice.id.in_(ids)))
    return len(ids)
