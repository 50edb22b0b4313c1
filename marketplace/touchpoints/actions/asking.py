"""Asking after an act: at most once in thirty days, and never who does not want it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import String, and_, cast, exists, false, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from marketplace.foundation import clock
from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import db
from marketplace.notify.actions import tell
from marketplace.notify.models import Choice, Letter
from marketplace.notify.rules import SURVEY
from marketplace.touchpoints.models import Survey, SurveyAsk, SurveyCap, SurveyQuestion
from marketplace.touchpoints.rules import LAPSES, REST

MOST_LETTERS = 500
ASK = ("code", "survey_id", "person_id", "order_id", "producer_id", "offered_at", "until", "state")


def offer(act: str, person: Any, producer: Any = None) -> bool:
    """Ask somebody after their act, if a survey hangs on it, nobody asked them in 30 days and they
    did not say never; whether they are asked now. The cap is set first, in one conditional
    statement, and only who changed it writes the ask.

    person, producer: ids, or scalar subqueries that find them. Changes survey_caps, survey_asks.
    Loads: nothing; writes 2 statements, 1 where nobody is asked.
    """
    now = clock.now()
    who = literal(person) if isinstance(person, int) else person
    known = select(who, literal(now), false()).where(who.is_not(None), exists().where(
        Survey.act == act, Survey.state == "running"))
    row = _insert(SurveyCap).from_select(["person_id", "last_offered_at", "never"], known)
    capped = db.session.execute(row.on_conflict_do_update(
        index_elements=["person_id"], set_={"last_offered_at": now},
        where=and_(SurveyCap.never.is_(False), or_(
            SurveyCap.last_offered_at.is_(None), SurveyCap.last_offered_at <= now - REST)))
        .execution_options(preserve_rowcount=True))
    if capped.rowcount != 1:  # type: ignore[attr-defined]
        return False
    return _write(act, who, literal(None), producer)


def offer_guest(act: str, order_id: int) -> bool:
    """Ask the guest of an order on its page, once per order. Changes survey_asks.

    Loads: nothing; writes 1 statement.
    """
    return _write(act, literal(None), literal(order_id), None)


def _write(act: str, who: Any, order: Any, producer: Any) -> bool:
    now, code = clock.now(), secret_code(96)
    house = literal(producer) if isinstance(producer, int | None) else producer
    found = select(literal(code), Survey.id, who, order, house, literal(now),
                   literal(now + LAPSES), literal("offered")).where(
        Survey.act == act, Survey.state == "running")
    made = db.session.execute(_insert(SurveyAsk).from_select(list(ASK), found)
                              .on_conflict_do_nothing()
                              .execution_options(preserve_rowcount=True))
    return bool(made.rowcount == 1)  # type: ignore[attr-defined]


def _insert(model: Any) -> Any:
    dialect = db.session.get_bind().dialect.name
    return (sqlite if dialect == "sqlite" else postgresql).insert(model)


def expire() -> None:
    """Questions that nobody looked at for a week go. Changes survey_asks."""
    db.session.execute(update(SurveyAsk).where(
        SurveyAsk.state == "offered", SurveyAsk.until <= clock.now()).values(state="expired"))


def write_letters() -> None:
    """By mail too, for who turned that on; the ask is the same one, so is its cap.

    Changes survey_asks, letters, notices, jobs.
    """
    now = clock.now()
    wanted = exists().where(Choice.person_id == SurveyAsk.person_id, Choice.class_ == SURVEY,
                            Choice.on)
    for row in db.session.scalars(
        select(SurveyAsk).where(
            SurveyAsk.state == "offered", SurveyAsk.mailed_at.is_(None), SurveyAsk.until > now,
            SurveyAsk.offered_at > now - timedelta(days=1), wanted)
        .order_by(SurveyAsk.id).limit(MOST_LETTERS).with_for_update()
    ):
        row.mailed_at = now
        first = db.session.execute(select(SurveyQuestion.words_de, SurveyQuestion.words_en).where(
            SurveyQuestion.survey_id == row.survey_id, SurveyQuestion.pos == 1)).one()
        tell(row.person_id or 0, SURVEY, merge_key(row), "survey", f"/surveys/{row.code}",
             de=first.words_de, en=first.words_en)
    db.session.flush()


def note_complaints() -> None:
    """A letter that was called a nuisance counts against its survey. Changes survey_asks."""
    db.session.execute(update(SurveyAsk).where(
        SurveyAsk.complained.is_(False), SurveyAsk.mailed_at.is_not(None), exists().where(
            Letter.person_id == SurveyAsk.person_id, Letter.class_ == SURVEY,
            Letter.state == "complained", Letter.merge_key == literal("survey ").concat(
                cast(SurveyAsk.survey_id, String)).concat(" ").concat(cast(SurveyAsk.id, String))))
        .values(complained=True).execution_options(synchronize_session=False))


def merge_key(row: SurveyAsk) -> str:
    """Under what the letter of an ask is found again."""
    return f"survey {row.survey_id} {row.id}"
