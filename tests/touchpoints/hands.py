"""What tests of surveys do again and again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.notify.models import Notice
from marketplace.touchpoints.actions import offer
from marketplace.touchpoints.models import PanelVote, Survey, SurveyAsk
from tests.cast import Cast

SURVEYS, PANELS, PANEL = "/operator/surveys", "/operator/panels", "/account/panel"
QUESTION = {"title_de": "Sollen wir Pfandgläser anbieten?", "title_en": "Shall we offer jars?",
            "words_de": "Sie kosten zwei Euro Pfand.", "words_en": "They cost two euros each.",
            "about_de": "Ich packe aus", "about_en": "I unpack", "link": "/products"}
VOICES = {"ana": "9", "bert": "4", "dan": "10", "gina": "7", "cleo": "10"}


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


def question(cast: Cast, **words: str) -> int:
    """A draft of a question to the panel, of olga, open for a week; its id."""
    last = clock.today() + timedelta(days=7)
    made = cast.post(cast.browser("olga"), PANELS, **{
        **QUESTION, "closes_on": last.isoformat(), **words})
    assert made.status_code == 303, made.get_data(as_text=True)
    return int(made.location.rsplit("/", 1)[1])


def put(cast: Cast, **words: str) -> int:
    """A question that is put to the panel; its id."""
    number = question(cast, **words)
    assert cast.post(cast.browser("olga"), f"{PANELS}/{number}", step="ask").status_code == 303
    return number


def joined(cast: Cast, *handles: str, **more: str) -> None:
    """These people are of the panel."""
    for who in handles:
        assert cast.post(cast.browser(who), PANEL, step="join", **more).status_code == 303


def voted(cast: Cast, number: int, voices: dict[str, str]) -> None:
    """These people are of the panel and vote, with words that name nobody."""
    joined(cast, *voices)
    for who, score in voices.items():
        sent = cast.post(cast.browser(who), f"{PANEL}/{number}", score=score,
                         words=f"Weil mir das {score} wert ist.")
        assert sent.status_code == 303, sent.get_data(as_text=True)


def votes() -> list[tuple[int | None, int, str]]:
    """Who voted what, in the order of numbers."""
    db.session.rollback()
    found = [tuple(row) for row in db.session.execute(
        db.select(PanelVote.person_id, PanelVote.score, PanelVote.words)
        .order_by(PanelVote.number))]
    db.session.rollback()
    return found  # type: ignore[return-value]


def told(who: int) -> list[str]:
    """What stands unread among somebody's notices about the panel."""
    db.session.rollback()
    found = list(db.session.scalars(db.select(Notice.title).where(
        Notice.person_id == who, Notice.class_ == "panel", Notice.read_at.is_(None))
        .order_by(Notice.id)))
    db.session.rollback()
    return found
