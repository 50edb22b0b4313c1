"""The question that is open for somebody, as it is drawn, and what they said so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Row, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.orders.models import Order
from marketplace.touchpoints.models import (
    Survey,
    SurveyAnswer,
    SurveyAsk,
    SurveyCap,
    SurveyQuestion,
)
from marketplace.touchpoints.rules import SCALES


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question: choices as (value, words), none where words are asked for; what the ends of a
    scale mean, "" where each choice says it.
    """

    name: str
    words: str
    choices: Sequence[tuple[str, str]] = ()
    low: str = ""
    high: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class AskView:
    """What somebody is asked; `guest`: they have no account, so there is no never."""

    id: int
    code: str
    survey_id: int
    person_id: int | None
    order_number: str
    open: bool
    questions: Sequence[QuestionView]

    @property
    def url(self) -> str:
        """Its page, where it is also answered."""
        return f"/surveys/{self.code}"

    @property
    def guest(self) -> bool:
        """Whether the asked has no account."""
        return self.person_id is None


def open_ask(person_id: Any, now: Any) -> Any:
    """The id of the question that is open for a person, as a part of another statement."""
    return (select(SurveyAsk.id).join(Survey, Survey.id == SurveyAsk.survey_id)
            .where(SurveyAsk.person_id == person_id, SurveyAsk.state == "offered",
                   SurveyAsk.until > now, Survey.state == "running")
            .order_by(SurveyAsk.id).limit(1).scalar_subquery())


def open_ask_of_order(number: str, lang: str) -> AskView | None:
    """The question that is open for the guest of an order. Loads: 1 statement."""
    return _view(_asks(lang).where(
        Order.number == number, SurveyAsk.person_id.is_(None), SurveyAsk.state == "offered",
        SurveyAsk.until > clock.now(), Survey.state == "running"))


def survey_shown(ask_id: int | None, order_number: str, lang: str) -> AskView | None:
    """What a page asks: the question with this id, else that of a guest's order.

    Loads: 1 statement, none for nothing.
    """
    if ask_id is not None:
        return _view(_asks(lang).where(SurveyAsk.id == ask_id))
    return open_ask_of_order(order_number, lang) if order_number else None


def ask_by_code(code: str, lang: str) -> AskView | None:
    """The question at an address. Loads: 1 statement."""
    return _view(_asks(lang).where(SurveyAsk.code == code))


def _asks(lang: str) -> Any:
    words = SurveyQuestion.words_en if lang == "en" else SurveyQuestion.words_de
    return (select(SurveyAsk.id, SurveyAsk.code, SurveyAsk.survey_id, SurveyAsk.person_id,
                   SurveyAsk.state, SurveyAsk.until, Survey.kind, Survey.state.label("survey"),
                   Order.number, SurveyQuestion.pos, words.label("words"))
            .join(Survey, Survey.id == SurveyAsk.survey_id)
            .join(SurveyQuestion, SurveyQuestion.survey_id == Survey.id)
            .outerjoin(Order, Order.id == SurveyAsk.order_id)
            .order_by(SurveyAsk.id, SurveyQuestion.pos).limit(2))


def _view(query: Any) -> AskView | None:
    rows: Sequence[Row[Any]] = db.session.execute(query).all()
    if not rows:
        return None
    first = rows[0]
    return AskView(
        first.id, first.code, first.survey_id, first.person_id, first.number or "",
        first.state == "offered" and first.until > clock.now() and first.survey == "running",
        questions_of(first.kind, [row.words for row in rows if row.id == first.id]))


def questions_of(kind: str, words: Sequence[str]) -> list[QuestionView]:
    """One or two questions as they are drawn; the second asks for words and may be left out."""
    low, high = _ends(kind)
    found = [QuestionView("answer-1", words[0],
                          [(str(value), score_words(kind, value)) for value in SCALES[kind]],
                          low, high)]
    return found + [QuestionView("answer-2", more, optional=True) for more in words[1:]]


def _ends(kind: str) -> tuple[str, str]:
    return {"csat": (_("not at all"), _("very")), "ces": (_("very hard"), _("very easy")),
            "nps": (_("not at all likely"), _("very likely"))}.get(kind, ("", ""))


def score_words(kind: str, value: int) -> str:
    """A choice in words; scales with numbers stay numbers."""
    levels = {1: _("disappointing"), 2: _("okay"), 3: _("delighting")}
    return {"three_level": levels, "repeat": {1: _("yes"), 0: _("no")}}.get(kind, {}).get(
        value, str(value))


def never_asked(person_id: int) -> bool:
    """Whether a person said that nothing shall be asked. Loads: 1 statement."""
    return bool(db.session.scalar(select(SurveyCap.never).where(
        SurveyCap.person_id == person_id)))


def asks_of(person_id: int, lang: str, limit: int) -> Sequence[tuple[datetime, str, str, str]]:
    """What a person was asked, newest first: when, the question, how it ended, what they said; one
    row for each question. Loads: 1 statement.
    """
    words = SurveyQuestion.words_en if lang == "en" else SurveyQuestion.words_de
    rows = db.session.execute(
        select(SurveyAsk.offered_at, words.label("words"), SurveyAsk.state, Survey.kind,
               SurveyQuestion.pos, SurveyAnswer.score, SurveyAnswer.words.label("said"))
        .join(Survey, Survey.id == SurveyAsk.survey_id)
        .join(SurveyQuestion, SurveyQuestion.survey_id == Survey.id)
        .outerjoin(SurveyAnswer, (SurveyAnswer.ask_id == SurveyAsk.id)
                   & (SurveyAnswer.question_id == SurveyQuestion.id))
        .where(SurveyAsk.person_id == person_id)
        .order_by(SurveyAsk.offered_at.desc(), SurveyAsk.id.desc(), SurveyQuestion.pos)
        .limit(limit))
    return [(row.offered_at, row.words, row.state,
             row.said or (score_words(row.kind if row.pos == 1 else "open", row.score)
                          if row.score is not None else "")) for row in rows]
