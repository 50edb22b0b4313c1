"""What somebody says to a question: an answer, no, or never again."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy import select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import announce
from marketplace.notify.actions import call_off
from marketplace.notify.rules import SURVEY
from marketplace.touchpoints.actions.asking import merge_key
from marketplace.touchpoints.events import SurveyAnswered, SurveyDeclined, SurveyPaused
from marketplace.touchpoints.models import (
    Survey,
    SurveyAnswer,
    SurveyAsk,
    SurveyCap,
    SurveyQuestion,
)
from marketplace.touchpoints.queries.counting import declines_of
from marketplace.touchpoints.rules import LONGEST_ANSWER, SCALES, annoys, level_of


def answer_survey(ask_id: int, typed: Mapping[str, str], named: bool) -> None:
    """Keep what somebody says, once; `named`: staff may read who said it.

    typed: "answer-1" and "answer-2", a score or words. Raises Invalid, Conflict. Changes
    survey_asks, survey_answers, letters; announces SurveyAnswered.
    """
    row = db.session.get_one(SurveyAsk, ask_id)
    kind = db.session.scalar(select(Survey.kind).where(Survey.id == row.survey_id)) or ""
    questions = db.session.scalars(select(SurveyQuestion).where(
        SurveyQuestion.survey_id == row.survey_id).order_by(SurveyQuestion.pos)).all()
    said = [SurveyAnswer(
        survey_id=row.survey_id, question_id=one.id, ask_id=ask_id, at=clock.now(),
        score=_score(kind if one.pos == 1 else "open", typed.get(f"answer-{one.pos}", "")),
        words="" if SCALES[kind] and one.pos == 1 else typed.get(f"answer-{one.pos}", ""),
        named_id=row.person_id if named else None) for one in questions]
    _demand(kind, said)
    _close(row, "answered")
    db.session.add_all(one for one in said if one.score is not None or one.words)
    db.session.flush()
    announce(SurveyAnswered(ask_id, row.survey_id, row.producer_id,
                            level_of(kind, said[0].score)))


def _score(kind: str, typed: str) -> int | None:
    return int(typed) if typed.isdecimal() and len(typed) < 3 and int(typed) in SCALES[kind] \
        else None


def _demand(kind: str, said: list[SurveyAnswer]) -> None:
    """Something has to be said, and not too much. Raises Invalid."""
    faults = {f"answer-{n}": _("At most 1,000 characters.") for n, one in enumerate(said, start=1)
              if len(one.words) > LONGEST_ANSWER}
    if SCALES[kind] and said[0].score is None:
        faults["answer-1"] = _("Please choose one of these, or say no thanks.")
    elif not any(one.score is not None or one.words for one in said):
        faults["answer-1"] = _("Please write a few words, or say no thanks.")
    if faults:
        raise Invalid(faults)


def decline(ask_id: int, never: bool) -> None:
    """Not now, or never again; a survey that too many decline ends its asking by itself.

    Raises Conflict. Changes survey_asks, survey_caps, surveys, letters; announces SurveyDeclined,
    SurveyPaused.
    """
    row = db.session.get_one(SurveyAsk, ask_id)
    _close(row, "never" if never else "declined")
    if never and row.person_id is not None:
        never_ask(row.person_id)
    announce(SurveyDeclined(row.survey_id, never))
    rest_if_annoying(row.survey_id)


def _close(row: SurveyAsk, state: str) -> None:
    """The ask is done with, once; its letter stays here. Raises Conflict."""
    now = clock.now()
    done = db.session.execute(
        update(SurveyAsk).where(SurveyAsk.id == row.id, SurveyAsk.state == "offered",
                                SurveyAsk.until > now)
        .values(state=state, done_at=now).execution_options(synchronize_session=False))
    if not done.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("This question is done with. Thank you."))
    if row.person_id is not None and row.mailed_at is not None:
        call_off(row.person_id, SURVEY, merge_key(row))


def rest_if_annoying(survey_id: int) -> None:
    """Above 30 % declines of at least 30 asks nobody is asked any more. Changes surveys; announces
    SurveyPaused.
    """
    asks, declines = declines_of(survey_id)
    if not annoys(asks, declines):
        return
    paused = db.session.execute(
        update(Survey).where(Survey.id == survey_id, Survey.state == "running")
        .values(state="paused", paused_at=clock.now(), annoyed=True)
        .execution_options(synchronize_session=False))
    if paused.rowcount:  # type: ignore[attr-defined]
        announce(SurveyPaused(survey_id, asks, declines))


def never_ask(person_id: int) -> None:
    """Nothing is asked of this person any more; what is open goes. Changes survey_caps,
    survey_asks.
    """
    _keep_cap(person_id, True)
    db.session.execute(update(SurveyAsk).where(
        SurveyAsk.person_id == person_id, SurveyAsk.state == "offered")
        .values(state="never", done_at=clock.now())
        .execution_options(synchronize_session=False))


def ask_again(person_id: int) -> None:
    """Questions may come again, thirty days after the last. Changes survey_caps."""
    _keep_cap(person_id, False)


def _keep_cap(person_id: int, never: bool) -> None:
    row = db.session.get(SurveyCap, person_id, populate_existing=True)
    if row is None:
        row = SurveyCap(person_id=person_id)
        db.session.add(row)
    row.never = never
    db.session.flush()


