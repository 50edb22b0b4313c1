"""What buyers said of one house when they were asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import aliased

from marketplace.dialogue.models import Case
from marketplace.foundation.database import db
from marketplace.people.models import Person
from marketplace.touchpoints.models import Survey, SurveyAnswer, SurveyAsk, SurveyQuestion
from marketplace.touchpoints.queries.asking import score_words
from marketplace.touchpoints.rules import LEAST_SHOWN, SCALES, level_of


@dataclass(frozen=True, slots=True)
class SaidOfHouse:
    """One person's answer; `waits`: it is an open case."""

    ask_id: int
    at: datetime
    question: str
    score_words: str
    words: str
    who: str
    waits: bool


def said_to_house(producer_id: int, lang: str, limit: int) -> Sequence[SaidOfHouse]:
    """Answers about a house, those that wait first, then the newest. Loads: 1 statement."""
    given, second = aliased(SurveyAnswer), aliased(SurveyQuestion)
    score = select(given.score).where(given.ask_id == SurveyAsk.id, given.score.is_not(None)
                                      ).limit(1).scalar_subquery()
    words = select(func.max(given.words)).where(given.ask_id == SurveyAsk.id).scalar_subquery()
    named = select(Person.handle).join(given, given.named_id == Person.id).where(
        given.ask_id == SurveyAsk.id, Person.state == "active").limit(1).scalar_subquery()
    question = second.words_en if lang == "en" else second.words_de
    open_case = and_(Case.source == "survey", Case.source_id == SurveyAsk.id,
                     Case.state == "open")
    rows = db.session.execute(
        select(SurveyAsk.id, SurveyAsk.done_at, question.label("question"), Survey.kind,
               score.label("score"), words.label("words"), named.label("who"),
               Case.id.label("case_id"))
        .join(Survey, Survey.id == SurveyAsk.survey_id)
        .join(second, (second.survey_id == Survey.id) & (second.pos == 1))
        .outerjoin(Case, open_case)
        .where(SurveyAsk.producer_id == producer_id, SurveyAsk.state == "answered")
        .order_by(Case.id.is_(None), SurveyAsk.done_at.desc(), SurveyAsk.id.desc())
        .limit(limit))
    return [SaidOfHouse(
        row.id, row.done_at, row.question,
        score_words(row.kind, row.score) if row.score is not None else "", row.words or "",
        row.who or "", row.case_id is not None) for row in rows]


def shares_of_house(producer_id: int, lang: str) -> Sequence[tuple[str, int, int]]:
    """Surveys with at least five answers about a house: the question, how many of them were
    disappointing, and all. Loads: 1 statement.
    """
    words = SurveyQuestion.words_en if lang == "en" else SurveyQuestion.words_de
    bad = case(*((and_(Survey.kind == kind, SurveyAnswer.score == score), 1)
                 for kind, scores in SCALES.items() for score in scores
                 if level_of(kind, score) == "disappointing"), else_=0)
    n = func.count()
    levelled = [kind for kind, scores in SCALES.items()
                if any(level_of(kind, one) for one in scores)]
    rows = db.session.execute(
        select(words.label("words"), func.sum(bad).label("k"), n.label("n"))
        .select_from(SurveyAnswer).join(SurveyAsk, SurveyAsk.id == SurveyAnswer.ask_id)
        .join(Survey, Survey.id == SurveyAnswer.survey_id)
        .join(SurveyQuestion, SurveyQuestion.id == SurveyAnswer.question_id)
        .where(SurveyAsk.producer_id == producer_id, SurveyAnswer.score.is_not(None),
               Survey.kind.in_(levelled))
        .group_by(SurveyQuestion.id, words).having(n >= LEAST_SHOWN)
        .order_by(SurveyQuestion.id.desc()).limit(20))
    return [(row.words, int(row.k), row.n) for row in rows]
