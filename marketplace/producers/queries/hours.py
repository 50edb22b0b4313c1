"""Closed days and promises with their past."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.producers.models import ClosedDay, Promise


def closed_days_of(producer_id: int) -> Sequence[ClosedDay]:
    """Closed days from now on. Loads: 1 statement."""
    return db.session.scalars(
        select(ClosedDay).where(ClosedDay.producer_id == producer_id,
                                ClosedDay.day >= clock.today())
        .order_by(ClosedDay.day).limit(120)).all()


def closed_on(producer_id: int) -> frozenset[date]:
    """The same as days alone. Loads: 1 statement."""
    return frozenset(row.day for row in closed_days_of(producer_id))


def promise_lines(producer_id: int) -> Sequence[Promise]:
    """All promises, those in force first, then the newest. Loads: 1 statement."""
    return db.session.scalars(
        select(Promise).where(Promise.producer_id == producer_id)
        .order_by(Promise.to_at.is_not(None), Promise.kind, Promise.id.desc()).limit(100)).all()
