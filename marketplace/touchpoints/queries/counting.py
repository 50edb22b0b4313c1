"""What became of surveys: asks, declines, answers; shares only from five answers on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from marketplace.foundation.database import db
from marketplace.people.models import Person
from marketplace.producers.models import Producer
from marketplace.touchpoints.models import (
    Survey,
    SurveyAnswer,
    SurveyAsk,
    SurveyQuestion,
)
from marketplace.touchpoints.models.surveys import ASK_STATES
from marketplace.touchpoints.rules import LEAST_SHOWN


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """A survey with its questions in both languages; `counts`: asks by how they ended."""

    id: int
    act: str
    kind: str
    state: str
    annoyed: bool
    made_at: datetime
    paused_at: datetime | None
    questions: Sequence[tuple[str, str]]
    counts: Mapping[str, int]
    complaints: int
    scores: Mapping[int, int]

    @property
    def asks(self) -> int:
        """How many were asked."""
        return sum(self.counts.values())

    @property
    def answers(self) -> int:
        """How many gave a score."""
        return sum(self.scores.values())


def survey_rows(survey_id: int | None = None, limit: int = 100) -> Sequence[SurveyRow]:
    """Surveys, those that run first, then the newest; or one. Loads: 4 statements."""
    query = select(Survey).order_by(Survey.state != "running", Survey.id.desc()).limit(limit)
    rows = db.session.scalars(
        query.where(Survey.id == survey_id) if survey_id is not None else query).all()
    ids = [row.id for row in rows]
    words: dict[int, list[tuple[str, str]]] = {one: [] for one in ids}
    for question in db.session.scalars(select(SurveyQuestion).where(
            SurveyQuestion.survey_id.in_(ids)).order_by(SurveyQuestion.pos)):
        words[question.survey_id].append((question.words_de, question.words_en))
    ended, complaints = _ended(ids)
    scores = _scores(ids)
    return [SurveyRow(
        row.id, row.act, row.kind, row.state, row.annoyed, row.made_at, row.paused_at,
        words[row.id], {state: ended.get((row.id, state), 0) for state in ASK_STATES},
        complaints.get(row.id, 0), scores.get(row.id, {})) for row in rows]


def _ended(ids: Sequence[int]) -> tuple[dict[tuple[int, str], int], dict[int, int]]:
    ended: dict[tuple[int, str], int] = {}
    complaints: dict[int, int] = {}
    for row in db.session.execute(
        select(SurveyAsk.survey_id, SurveyAsk.state, func.count().label("n"),
               func.count().filter(SurveyAsk.complained).label("complained"))
        .where(SurveyAsk.survey_id.in_(ids)).group_by(SurveyAsk.survey_id, SurveyAsk.state)
    ):
        ended[row.survey_id, row.state] = row.n
        complaints[row.survey_id] = complaints.get(row.survey_id, 0) + row.complained
    return ended, complaints


def _scores(ids: Sequence[int]) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = {}
    for row in db.session.execute(
        select(SurveyAnswer.survey_id, SurveyAnswer.score, func.count().label("n"))
        .where(SurveyAnswer.survey_id.in_(ids), SurveyAnswer.score.is_not(None))
        .group_by(SurveyAnswer.survey_id, SurveyAnswer.score)
    ):
        found.setdefault(row.survey_id, {})[row.score] = row.n
    return found


def declines_of(survey_id: int) -> tuple[int, int]:
    """Asks of a survey since it was started or went on, and how many of them were declined, for
    now or for good, or called a nuisance. Loads: 1 statement.
    """
    row = db.session.execute(
        select(func.count().label("asks"), func.count().filter(or_(
            SurveyAsk.state.in_(("declined", "never")), SurveyAsk.complained)).label("declines"))
        .join(Survey, Survey.id == SurveyAsk.survey_id)
        .where(SurveyAsk.survey_id == survey_id,
               SurveyAsk.offered_at >= Survey.counts_from)).one()
    return row.asks, row.declines


def running_surveys() -> Sequence[int]:
    """Surveys that ask. Loads: 1 statement."""
    return db.session.scalars(select(Survey.id).where(Survey.state == "running")
                              .order_by(Survey.id)).all()


def answers_of(survey_id: int, limit: int) -> Sequence[tuple[datetime, str, str, int | None]]:
    """Words, newest first: when, what, who where they said so (else ""), and the score given with
    them. Loads: 1 statement.
    """
    given = aliased(SurveyAnswer)
    score = (select(given.score).where(given.ask_id == SurveyAnswer.ask_id,
                                       given.score.is_not(None)).limit(1).scalar_subquery())
    rows = db.session.execute(
        select(SurveyAnswer.at, SurveyAnswer.words, func.coalesce(Person.handle, "").label("who"),
               score.label("score"))
        .outerjoin(Person, (Person.id == SurveyAnswer.named_id) & (Person.state == "active"))
        .where(SurveyAnswer.survey_id == survey_id, SurveyAnswer.words != "")
        .order_by(SurveyAnswer.at.desc(), SurveyAnswer.id.desc()).limit(limit))
    return [(row.at, row.words, row.who, row.score) for row in rows]


def houses_repeating(survey_id: int, score: int) -> Sequence[tuple[str, str, int, int]]:
    """Houses a survey was about, from five answers on: name, slug, answers with this score, all
    answers; the most answers first. Loads: 1 statement.
    """
    n = func.count()
    rows = db.session.execute(
        select(Producer.name, Producer.slug,
               func.count().filter(SurveyAnswer.score == score).label("k"), n.label("n"))
        .select_from(SurveyAnswer).join(SurveyAsk, SurveyAsk.id == SurveyAnswer.ask_id)
        .join(Producer, Producer.id == SurveyAsk.producer_id)
        .where(SurveyAnswer.survey_id == survey_id, SurveyAnswer.score.is_not(None))
        .group_by(Producer.id, Producer.name, Producer.slug).having(n >= LEAST_SHOWN)
        .order_by(n.desc(), Producer.id).limit(100))
    return [(row.name, row.slug, row.k, row.n) for row in rows]
