"""How producers answer, counted each night and handed over to `producers`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import case, func, select

from marketplace.dialogue.models import Thread
from marketplace.dialogue.rules import nearest_rank
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.figures import wilson
from marketplace.producers.actions import keep_fact
from marketplace.producers.queries import Fact
from marketplace.producers.queries.hours import DAY, Calendar, calendar_of
from marketplace.producers.rules import elapsed
from marketplace.reviews.models import Rating, Reply
from marketplace.reviews.queries.lists import CRITICAL

PERIOD_DAYS = 90


def count_figures(producer_ids: Sequence[int]) -> int:
    """Count the figures of ninety days for these producers; how many facts.

    Changes producer_facts. Source: spec dialogue, figures; spec producers 3.5.
    """
    now = clock.now()
    begin = now - timedelta(days=PERIOD_DAYS)
    asked: dict[Any, list[Any]] = {}
    for row in db.session.execute(
            select(Thread.producer_id, Thread.made_at, Thread.first_answer_at, Thread.outcome)
            .where(Thread.producer_id.in_(list(producer_ids)), Thread.made_at > begin,
                   Thread.kind.in_(("question", "complaint")), Thread.standing == "visible")
            .order_by(Thread.producer_id, Thread.id)):
        asked.setdefault(row[0], []).append(row)
    found = [fact for producer_id, rows in asked.items()
             for fact in _of_threads(producer_id, rows, begin, now)]
    found += _of_critics(producer_ids, begin, now.date())
    keep_fact(*found)
    return len(found)


def _of_threads(producer_id: int, rows: Sequence[Any], begin: datetime, now: datetime
                ) -> Iterable[Fact]:
    first, last = begin.date(), now.date()
    when = calendar_of(producer_id, first - DAY, last + DAY)
    answered = sum(row.first_answer_at is not None for row in rows)
    yield share(producer_id, "answered", first, last, answered, len(rows))
    waits = [(_open_hours(when, row.made_at, row.first_answer_at or now),
              row.first_answer_at is None) for row in rows]
    for name, part in (("first_answer_median", 0.5), ("first_answer_p90", 0.9)):
        hours, at_least = nearest_rank(waits, part)
        yield Fact(producer_id, name, first, last, len(rows), answered, hours, hours,
                   None if at_least else hours)
    said = [row.outcome for row in rows if row.outcome]
    if said:
        yield share(producer_id, "solved", first, last, said.count("solved"), len(said))


def _open_hours(when: Calendar, asked: datetime, answered: datetime) -> float:
    spent = elapsed(asked, answered, when.windows, when.zone, when.closed)
    return round(spent.total_seconds() / 3600, 2)


def _of_critics(producer_ids: Sequence[int], begin: datetime, last: date) -> list[Fact]:
    replied = func.sum(case((Reply.state == "published", 1), else_=0))
    rows = db.session.execute(
        select(Rating.producer_id, replied, func.count(Rating.id))
        .outerjoin(Reply, Reply.rating_id == Rating.id)
        .where(Rating.producer_id.in_(list(producer_ids)), CRITICAL, Rating.words != "",
               Rating.given_at > begin, Rating.words_standing != "erased")
        .group_by(Rating.producer_id).order_by(Rating.producer_id))
    return [share(row[0], "critical_answered", begin.date(), last, int(row[1] or 0), row[2])
            for row in rows]


def share(producer_id: int, name: str, first: date, last: date, k: int, n: int) -> Fact:
    """A share with its 95 % ends as a fact."""
    ends = wilson(k, n)
    return Fact(producer_id, name, first, last, n, k, ends.value, ends.low, ends.high)
