"""Reads of `notify`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from marketplace.foundation.database import db
from marketplace.notify.models import Choice, Letter, Notice


def unread_count(person_id: int) -> int:
    """Unread notices of a person. Loads: 1 statement."""
    return db.session.scalar(select(func.count()).where(
        Notice.person_id == person_id, Notice.read_at.is_(None))) or 0


def notices_of(person_id: int, offset: int, limit: int) -> tuple[Sequence[Notice], int]:
    """Notices, unread first, then the newest. Loads: 2 statements."""
    total = db.session.scalar(select(func.count()).where(Notice.person_id == person_id)) or 0
    rows = db.session.scalars(
        select(Notice).where(Notice.person_id == person_id)
        .order_by(Notice.read_at.is_not(None), Notice.last_at.desc(), Notice.id.desc())
        .offset(offset).limit(limit)).all()
    return rows, total


def choices_of(person_id: int) -> Mapping[tuple[str, str], bool]:
    """What a person chose by class and channel. Loads: 1 statement."""
    return {(row.class_, row.channel): row.on for row in db.session.scalars(
        select(Choice).where(Choice.person_id == person_id))}


def waiting_letters(limit: int = 50) -> Sequence[int]:
    """Letters that are due, oldest first. Loads: 1 statement."""
    from marketplace.foundation import clock

    return db.session.scalars(
        select(Letter.id).where(Letter.state == "waiting", Letter.due_at <= clock.now())
        .order_by(Letter.due_at, Letter.id).limit(limit)).all()
