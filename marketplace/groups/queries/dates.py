"""Dates of groups and houses, and who comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.groups.models import Attendance, Date, Group, Membership
from marketplace.producers.models import Producer


def _readable(viewer_id: int | None):  # type: ignore[no-untyped-def]
    """Dates of houses and open groups; of others for their members."""
    mine = select(Membership.group_id).where(Membership.person_id == (viewer_id or 0),
                                             Membership.left_at.is_(None))
    return or_(Date.group_id.is_(None), Group.kind == "open", Date.group_id.in_(mine))


def calendar(viewer_id: int | None, *, subject_id: int | None = None, region: str = "",
             group_id: int | None = None, producer_id: int | None = None,
             since: datetime | None = None, limit: int = 200) -> Sequence[Date]:
    """Dates still to come that somebody may read, in order. Loads: 1 statement."""
    wanted = (select(Date).outerjoin(Group, Group.id == Date.group_id)
              .where(_readable(viewer_id), Date.ends_at > (since or clock.now())))
    if subject_id is not None:
        wanted = wanted.outerjoin(Producer, Producer.id == Date.producer_id).where(
            func.coalesce(Group.subject_id, Producer.subject_id) == subject_id)
    if region:
        wanted = wanted.where(func.lower(func.coalesce(Date.region, Group.region, ""))
                              == region.lower())
    if group_id is not None:
        wanted = wanted.where(Date.group_id == group_id)
    if producer_id is not None:
        wanted = wanted.where(Date.producer_id == producer_id)
    return db.session.scalars(wanted.order_by(Date.starts_at, Date.id).limit(limit)).all()


def date_for(date_id: int, viewer_id: int | None) -> Date | None:
    """A date that somebody may read. Loads: 1 statement."""
    return db.session.scalar(select(Date).outerjoin(Group, Group.id == Date.group_id)
                             .where(Date.id == date_id, _readable(viewer_id)))


def attendance(date_id: int, person_id: int) -> Attendance | None:
    """How somebody stands to a date. Loads: 1 statement."""
    return db.session.get(Attendance, (date_id, person_id))


def coming(date_id: int) -> Sequence[Attendance]:
    """Who comes and who waits, in order. Loads: 1 statement."""
    return db.session.scalars(
        select(Attendance).where(Attendance.date_id == date_id, Attendance.state != "gone")
        .order_by(Attendance.at, Attendance.person_id).limit(1000)).all()


def regions() -> Sequence[str]:
    """Regions with dates still to come. Loads: 1 statement."""
    rows = db.session.scalars(
        select(Date.region).where(Date.region.is_not(None), Date.ends_at > clock.now())
        .distinct().order_by(Date.region).limit(50))
    return [region for region in rows if region]
