"""Reads of `journal`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import func, select

from marketplace.foundation.database import db
from marketplace.journal.models import JournalCount, JournalKey
from marketplace.journal.rules import TYPES, pseudonym


def marks_of(person_id: int) -> frozenset[bytes]:
    """All pseudonyms of a person that can still be made, to leave out their own acts.

    Loads: 1 statement.
    """
    secrets = db.session.scalars(select(JournalKey.secret).where(
        JournalKey.scope == "member", JournalKey.secret.is_not(None)))
    return frozenset(pseudonym(secret, f"m:{person_id}") for secret in secrets if secret)


def seen_counts(name: str, object_kind: str, object_ids: Collection[int]) -> Mapping[int, int]:
    """How often each thing was looked at, as far as the counters are written.

    Loads: 1 statement, none for nothing.
    """
    if not object_ids:
        return {}
    return {row.object_id: int(row.n) for row in db.session.execute(
        select(JournalCount.object_id, func.sum(JournalCount.n).label("n"))
        .where(JournalCount.type == TYPES[name].number, JournalCount.object_kind == object_kind,
               JournalCount.object_id.in_(list(object_ids))).group_by(JournalCount.object_id))}


def hourly(name: str, object_kind: str, since: datetime, object_ids: Collection[int] | None = None
           ) -> Mapping[int, Mapping[datetime, int]]:
    """How often each thing, or each of these, was looked at in each hour from `since` on, a full
    hour. Loads: 1 statement, none for nothing.
    """
    found: dict[int, dict[datetime, int]] = defaultdict(dict)
    if object_ids is not None and not object_ids:
        return found
    wanted = select(JournalCount.object_id, JournalCount.hour, JournalCount.n).where(
        JournalCount.type == TYPES[name].number, JournalCount.object_kind == object_kind,
        JournalCount.hour >= since)
    if object_ids is not None:
        wanted = wanted.where(JournalCount.object_id.in_(list(object_ids)))
    for object_id, hour, n in db.session.execute(wanted):
        found[object_id][hour] = int(n)
    return found


def seen_total(name: str, object_kind: str, since: datetime, until: datetime) -> int:
    """How often all things of a kind were looked at in a time. Loads: 1 statement."""
    return int(db.session.scalar(select(func.sum(JournalCount.n)).where(
        JournalCount.type == TYPES[name].number, JournalCount.object_kind == object_kind,
        JournalCount.hour > since, JournalCount.hour <= until)) or 0)
