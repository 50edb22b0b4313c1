"""Invitations to act for a producer."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.producers.models import Producer, StaffLink


def open_link(hashed: str) -> StaffLink | None:
    """An invitation that can still be taken. Loads: 1 statement."""
    return db.session.scalar(select(StaffLink).where(
        StaffLink.hash == hashed, StaffLink.used_by.is_(None),
        StaffLink.expires_at > clock.now()))


def house_of(link: StaffLink) -> str:
    """The name of the producer that invites. Loads: 1 statement."""
    return db.session.scalar(select(Producer.name).where(Producer.id == link.producer_id)) or ""


def open_links(producer_id: int) -> Sequence[StaffLink]:
    """Invitations nobody has taken yet, newest first. Loads: 1 statement."""
    return db.session.scalars(
        select(StaffLink).where(StaffLink.producer_id == producer_id, StaffLink.used_by.is_(None),
                                StaffLink.expires_at > clock.now())
        .order_by(StaffLink.id.desc()).limit(20)).all()
