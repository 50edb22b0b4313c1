"""Goods that were stopped for safety, for those who run the market."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from marketplace.catalog.models import Lot, Product, ProductText, SafetyStop
from marketplace.foundation.database import db, read
from marketplace.people.models import Person
from marketplace.producers.models import Producer


@dataclass(frozen=True, slots=True)
class StopRow:
    """One stop: of what, by whom, why, and how it ended. Names are "" where nobody is known."""

    id: int
    title: str
    slug: str
    lot: str
    producer: str
    at: datetime
    by: str
    why: str
    lifted_at: datetime | None
    lifted_by: str
    lifted_why: str


def stop_counts() -> tuple[int, int]:
    """How many stops are in force, and how many were lifted. Loads: 1 statement."""
    row = read(select(func.count().filter(SafetyStop.lifted_at.is_(None)),
                      func.count().filter(SafetyStop.lifted_at.is_not(None))).select_from(SafetyStop))[0]
    return row[0], row[1]


def stops(lifted: bool, lang: str, limit: int, offset: int = 0) -> Sequence[StopRow]:
    """Stops in force or lifted, newest first. Loads: 1 statement."""
    which = SafetyStop.lifted_at.is_not(None) if lifted else SafetyStop.lifted_at.is_(None)
    return [_row(row) for row in db.session.execute(
        _statement(lang).where(which).order_by(SafetyStop.at.desc(), SafetyStop.id.desc())
        .limit(limit).offset(offset))]


def stop_of(stop_id: int, lang: str) -> StopRow | None:
    """One of them. Loads: 1 statement."""
    row = db.session.execute(_statement(lang).where(SafetyStop.id == stop_id)).first()
    return _row(row) if row else None


def _statement(lang: str) -> Any:
    own, other, by, lifter = (aliased(ProductText), aliased(ProductText), aliased(Person),
                              aliased(Person))
    title = func.coalesce(own.title, other.title, Product.slug)
    return (select(SafetyStop.id, title.label("title"), Product.slug, Lot.label.label("lot"),
                   Producer.name.label("producer"), SafetyStop.at, by.display_name.label("by"),
                   SafetyStop.why, SafetyStop.lifted_at, lifter.display_name.label("lifted_by"),
                   SafetyStop.lifted_why)
            .join(Product, Product.id == SafetyStop.product_id)
            .join(Producer, Producer.id == Product.producer_id)
            .outerjoin(Lot, Lot.id == SafetyStop.lot_id)
            .outerjoin(own, and_(own.product_id == Product.id, own.lang == lang))
            .outerjoin(other, and_(other.product_id == Product.id, other.lang != lang))
            .outerjoin(by, by.id == SafetyStop.person_id)
            .outerjoin(lifter, lifter.id == SafetyStop.lifted_by))


def _row(row: Any) -> StopRow:
    return StopRow(row.id, row.title, row.slug, row.lot or "", row.producer, row.at, row.by or "",
                   row.why, row.lifted_at, row.lifted_by or "", row.lifted_why)
