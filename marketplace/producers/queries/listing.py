"""The directory of producers: narrowed by trade, region, speed of answers, and who knows them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, ScalarSelect, exists, func, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.people.models import Subject
from marketplace.producers.models import Producer, ProducerFact, ServiceHours
from marketplace.producers.queries.pages import PUBLIC, ProducerCard, card_of, selected
from marketplace.producers.rules import PLATFORM_HOURS

SHOWN_FROM, FRESH = 5, timedelta(days=7)
PLATFORM_DAY = sum(closes - opens for _day, opens, closes in PLATFORM_HOURS) / 7
"""Minutes of an average open day where a house gave no hours of its own."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which producers: of a trade, of a region, who answer within a day, among these alone."""

    subject: str = ""
    region: str = ""
    quick: bool = False
    among: Collection[int] | None = None


def directory(lang: str, wanted: Wanted, offset: int, limit: int
              ) -> tuple[Sequence[ProducerCard], int]:
    """Public producers by name, and how many there are. Loads: 2 statements."""
    where = _where(wanted)
    total = db.session.scalar(select(func.count(Producer.id)).join(
        Subject, Subject.id == Producer.subject_id).where(*where)) or 0
    rows = db.session.execute(selected(lang).where(*where)
                              .order_by(Producer.name, Producer.id).offset(offset).limit(limit))
    return [card_of(row) for row in rows], total


def regions(wanted: Wanted, most: int = 60) -> Sequence[tuple[str, int]]:
    """Regions among these producers with how many each has, by name. Loads: 1 statement."""
    rows = db.session.execute(
        select(Producer.region, func.count(Producer.id))
        .join(Subject, Subject.id == Producer.subject_id)
        .where(*_where(wanted), Producer.region != "").group_by(Producer.region)
        .order_by(func.count(Producer.id).desc(), Producer.region).limit(most))
    return sorted((row[0], int(row[1])) for row in rows)


def _where(wanted: Wanted) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [Producer.state.in_(PUBLIC),
                                        Producer.opened_on.is_not(None)]
    if wanted.subject:
        where.append(Subject.slug == wanted.subject)
    if wanted.region:
        where.append(Producer.region == wanted.region)
    if wanted.quick:
        where.append(_quick())
    if wanted.among is not None:
        where.append(Producer.id.in_(sorted(wanted.among)))
    return where


def _quick() -> ColumnElement[bool]:
    """Half of the first answers came within one open day of the house: of five questions or more,
    counted within the last week.
    """
    own, later = ProducerFact, db.aliased(ProducerFact)
    newer = exists().where(later.producer_id == own.producer_id, later.fact == own.fact,
                           later.to_on > own.to_on)
    return exists().where(
        own.producer_id == Producer.id, own.fact == "first_answer_median", own.n >= SHOWN_FROM,
        own.high.is_not(None), own.computed_at > clock.now() - FRESH, ~newer,
        own.value * 60 <= _open_day())


def _open_day() -> ScalarSelect[float]:
    """Minutes of a house's average open day."""
    hours = ServiceHours
    spent = func.sum(hours.closes_minute - hours.opens_minute) * 1.0
    return select(func.coalesce(spent / func.count(hours.weekday.distinct()), PLATFORM_DAY)).where(
        hours.producer_id == Producer.id).correlate(Producer).scalar_subquery()
