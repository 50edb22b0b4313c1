"""Threads that people were told of because much happened in them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from marketplace.dialogue.models import Thread
from marketplace.foundation.database import db
from marketplace.insights.models import Alert


@dataclass(frozen=True, slots=True)
class Rush:
    """A thread that was read or answered far more than usual, and when that was seen."""

    title: str
    url: str
    measure: str
    seen: int
    at: datetime


def alerted(thread_ids: Collection[int], since: datetime) -> frozenset[int]:
    """Which of these threads were announced since a moment. Loads: 1 statement."""
    return frozenset(db.session.scalars(select(Alert.thread_id).where(
        Alert.thread_id.in_(list(thread_ids)), Alert.at > since)))


def rushes_of(producer_id: int, since: datetime, limit: int = 5) -> Sequence[Rush]:
    """Threads of a producer that were announced since a moment, newest first, as far as the
    people of the house may read them. Loads: 1 statement.
    """
    rows = db.session.execute(
        select(Thread.title, Thread.code, Alert.measure, Alert.seen, Alert.at)
        .join(Alert, Alert.thread_id == Thread.id)
        .where(Thread.producer_id == producer_id, Thread.visibility == "public",
               Thread.group_id.is_(None), Thread.standing == "visible", Alert.at > since)
        .order_by(Alert.at.desc(), Alert.id.desc()).limit(limit))
    return [Rush(row[0], f"/threads/{row[1]}", *row[2:]) for row in rows]
