"""What tests of surveys do again and again."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from marketplace.foundation.database import committing, db
from marketplace.touchpoints.actions import offer
from marketplace.touchpoints.models import Survey, SurveyAsk
from tests.cast import Cast

SURVEYS = "/operator/surveys"


def running(cast: Cast, act: str = "order", kind: str = "three_level", **words: str) -> int:
    """A survey of olga's that asks; its id."""
    olga = cast.browser("olga")
    made = cast.post(olga, SURVEYS, act=act, kind=kind, **words)
    assert made.status_code == 303, made.get_data(as_text=True)
    assert cast.post(olga, made.location, step="start").status_code == 303
    return int(made.location.rsplit("/", 1)[1])


def asked(cast: Cast, who: str = "cleo", act: str = "order") -> str:
    """Somebody is asked after an act; the address of the question, "" where nobody asks."""
    db.session.rollback()
    with committing():
        offer(act, cast.id(who))
    code = db.session.scalar(db.select(SurveyAsk.code).where(
        SurveyAsk.person_id == cast.id(who), SurveyAsk.state == "offered")
        .order_by(SurveyAsk.id.desc()))
    db.session.rollback()
    return f"/surveys/{code}" if code else ""


def asks(**where: Any) -> list[str]:
    """How the asks so far ended, in their order."""
    db.session.rollback()
    found = db.session.scalars(db.select(SurveyAsk.state).filter_by(**where)
                               .order_by(SurveyAsk.id)).all()
    db.session.rollback()
    return list(found)


def state_of(survey_id: int) -> str:
    """Where a survey stands."""
    db.session.rollback()
    found = db.session.scalar(db.select(Survey.state).where(Survey.id == survey_id))
    db.session.rollback()
    return str(found)


def text(client: FlaskClient, path: str) -> str:
    """What stands at an address."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)
