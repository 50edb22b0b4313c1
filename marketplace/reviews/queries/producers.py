"""What a producer's page and studio say of voices and replies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

from sqlalchemy import and_, case, func, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.reviews.models import Rating, Reply, ReplyVersion
from marketplace.reviews.queries.lists import CRITICAL

FIGURES_DAYS = 365
SHOWN_FROM = 5


@dataclass(frozen=True, slots=True)
class ReplyFigures:
    """How a producer answers: critical voices answered, of how many, and the median wait."""

    answered: int
    critical: int
    replies: int
    median_hours: float | None

    @property
    def shown(self) -> bool:
        """Whether there are enough cases to say it in public."""
        return self.critical >= SHOWN_FROM


def reply_figures(producer_id: int) -> ReplyFigures:
    """Answered critical voices of a year, and the median until the first reply.

    Loads: 1 statement.
    """
    first = (select(func.min(ReplyVersion.at)).join(Reply, Reply.id == ReplyVersion.reply_id)
             .where(Reply.rating_id == Rating.id).correlate(Rating).scalar_subquery())
    rows = db.session.execute(
        select(Rating.given_at, first, case((CRITICAL, True), else_=False))
        .where(Rating.producer_id == producer_id, Rating.words != "",
               Rating.given_at >= clock.now() - timedelta(days=FIGURES_DAYS))
        .order_by(Rating.given_at.desc()).limit(5000)).all()
    critical = [row for row in rows if row[2]]
    waits = [(row[1] - row[0]).total_seconds() / 3600 for row in critical if row[1]]
    return ReplyFigures(len(waits), len(critical), sum(row[1] is not None for row in rows),
                        median(waits) if len(waits) >= SHOWN_FROM else None)


def studio_voices(producer_id: int, offset: int, limit: int
                  ) -> tuple[Sequence[tuple[Rating, Reply | None]], int]:
    """A producer's voices: unanswered first, the oldest critical on top; then answered ones, the
    newest first. Loads: 2 statements.
    """
    critical = case((CRITICAL, 0), else_=1)
    open_ = case((Reply.state == "published", 1), else_=0)
    waits = case((Reply.state == "published", None), else_=Rating.given_at)
    where = and_(Rating.producer_id == producer_id, Rating.words_standing != "erased",
                 (Rating.words != "") | Rating.again.is_(False) | (Rating.to_producer != ""))
    rows = db.session.execute(
        select(Rating, Reply).outerjoin(Reply, Reply.rating_id == Rating.id).where(where)
        .order_by(open_, case((open_ == 0, critical), else_=0), waits,
                  Rating.given_at.desc(), Rating.id)
        .offset(offset).limit(limit).execution_options(populate_existing=True)).all()
    total = db.session.scalar(select(func.count(Rating.id)).where(where)) or 0
    return [(row[0], row[1]) for row in rows], total


def reply_versions(reply_ids: Sequence[int]) -> Mapping[int, list[ReplyVersion]]:
    """Versions by reply, oldest first. Loads: 1 statement, none without replies."""
    found: dict[int, list[ReplyVersion]] = {}
    if reply_ids:
        for row in db.session.scalars(
            select(ReplyVersion).where(ReplyVersion.reply_id.in_(list(reply_ids)))
            .order_by(ReplyVersion.n)
        ):
            found.setdefault(row.reply_id, []).append(row)
    return found


def history_of(rating_id: int) -> tuple[Sequence[Any], Reply | None]:
    """All versions of an answer, oldest first, and its published reply. Loads: 2 statements."""
    from marketplace.reviews.models import RatingVersion

    versions = db.session.scalars(
        select(RatingVersion).where(RatingVersion.rating_id == rating_id)
        .order_by(RatingVersion.n)).all()
    reply = db.session.scalar(select(Reply).where(
        Reply.rating_id == rating_id, Reply.state == "published")
        .execution_options(populate_existing=True))
    return versions, reply
