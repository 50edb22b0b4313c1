"""Who is kept out of a group, why, and until when."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import or_, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.groups.models import Exclusion, Group

REASONS = ("rule", "harassment", "advertising", "spam", "off_topic")


def exclusion_runs(row: Exclusion) -> bool:
    """Whether an exclusion holds now."""
    return row.ended_at is None and (row.until is None or row.until > clock.now())


def is_excluded(group_id: int, person_id: int) -> bool:
    """Whether somebody is kept out now. Loads: 1 statement."""
    return db.session.scalar(select(Exclusion.id).where(
        Exclusion.group_id == group_id, Exclusion.person_id == person_id,
        Exclusion.ended_at.is_(None),
        or_(Exclusion.until.is_(None), Exclusion.until > clock.now()))) is not None


def exclusions_of(group_id: int) -> Sequence[Exclusion]:
    """Who is kept out now, newest first. Loads: 1 statement."""
    return db.session.scalars(
        select(Exclusion).where(
            Exclusion.group_id == group_id, Exclusion.ended_at.is_(None),
            or_(Exclusion.until.is_(None), Exclusion.until > clock.now()))
        .order_by(Exclusion.id.desc()).limit(200)).all()


def kept_out_of(person_id: int) -> Sequence[tuple[Exclusion, Group]]:
    """The groups that keep somebody out now, the newest first. Loads: 1 statement."""
    rows = db.session.execute(
        select(Exclusion, Group).join(Group, Group.id == Exclusion.group_id).where(
            Exclusion.person_id == person_id, Exclusion.ended_at.is_(None),
            Group.state != "ended",
            or_(Exclusion.until.is_(None), Exclusion.until > clock.now()))
        .order_by(Exclusion.id.desc()).limit(50))
    return [(row[0], row[1]) for row in rows]


def exclusion(exclusion_id: int) -> tuple[Exclusion, Group] | None:
    """An exclusion and its group, also when it is over. Loads: 1 statement."""
    row = db.session.execute(
        select(Exclusion, Group).join(Group, Group.id == Exclusion.group_id)
        .where(Exclusion.id == exclusion_id)
        .execution_options(populate_existing=True)).first()
    return (row[0], row[1]) if row else None


def exclusion_words(reason: str) -> str:
    """Why somebody is kept out, as people say it."""
    return {"rule": _("breaks a rule of the group"), "harassment": _("attacks people"),
            "advertising": _("advertises without saying so"),
            "spam": _("the same again and again"),
            "off_topic": _("does not belong here, again and again")}[reason]
