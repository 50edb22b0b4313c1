"""Short questions that are about a house: after what, read by whom, from when on as a share."""

from __future__ import annotations

from datetime import timedelta

import time_machine

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.touchpoints.actions import offer
from marketplace.touchpoints.models import Survey, SurveyAsk, SurveyCap
from tests.cast import Cast
from tests.stories.test_circle import order_by, send
from tests.touchpoints.hands import SURVEYS, running, text

WINE = "riesling-vom-schiefer"


def test_parcel_answer_and_closing_are_asked_about(cast: Cast) -> None:
    """touchpoints 3: a parcel that came, a rating given, a producer's answer, a closed thread; each
    ask knows the house.
    """
    for act in ("parcel", "rated", "answered", "closed"):
        running(cast, act, "csat")
    ana, rest = cast.goods(WINE).producer_id, db.update(SurveyCap).values(last_offered_at=None)
    cleo = cast.browser("cleo")
    number = order_by(cast, cleo, WINE)
    send(cast, "ana", f"{number}-1")
    run_due(kind="foundation.react")
    line = db.session.scalar(db.text("SELECT max(id) FROM order_lines"))
    db.session.execute(rest)
    db.session.commit()
    rating = cast.post(cleo, f"/orders/{number}/lines/{line}/rating", again="yes")
    assert rating.status_code == 303
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=False):
        run_due()
    db.session.execute(rest)
    db.session.commit()
    opened = cast.post(cleo, f"/threads/new?about=/products/{WINE}", kind="question",
                       title="Wie lange hält er offen?", words="Im Kühlschrank, meine ich.",
                       openness="public", step="send")
    assert opened.status_code == 303, opened.get_data(as_text=True)
    told = cast.post(cast.browser("ana"), opened.location, words="Drei Tage.")
    assert told.status_code == 303, told.get_data(as_text=True)
    db.session.execute(rest)
    db.session.commit()
    ended = cast.post(cleo, f"{opened.location}/outcome", outcome="solved")
    assert ended.status_code == 303, ended.get_data(as_text=True)
    rows = db.session.execute(
        db.select(Survey.act, SurveyAsk.person_id, SurveyAsk.producer_id)
        .join(Survey, Survey.id == SurveyAsk.survey_id).order_by(SurveyAsk.id)).all()
    assert [tuple(row) for row in rows] == [
        (act, cast.id("cleo"), ana) for act in ("parcel", "rated", "answered", "closed")]


def about(cast: Cast, who: str, score: str, words: str = "", named: str = "") -> int:
    """Somebody answers how unpacking was, of ana's house; the number of the ask."""
    house = cast.goods(WINE).producer_id
    me = cast.id(who)
    db.session.rollback()
    with committing():
        assert offer("parcel", me, house)
    row = db.session.execute(db.select(SurveyAsk.id, SurveyAsk.code).where(
        SurveyAsk.person_id == me)).one()
    db.session.rollback()
    said = cast.post(cast.browser(who), f"/surveys/{row.code}", **{
        "step": "answer", "answer-1": score, "answer-2": words, "named": named})
    assert said.status_code == 303
    return int(row.id)


def test_disappointment_is_a_case_of_the_house(cast: Cast) -> None:
    """5: disappointing is a case with a due time, which the house reads with the words and without
    the name; read, it waits no more. An okay waits for nobody, and another house sees neither.
    """
    running(cast, "parcel", second_de="Was fiel auf?", second_en="What?")
    ask = about(cast, "cleo", "1", "Der Karton war nass.")
    about(cast, "dan", "2", "Gut verpackt.")
    ana = cast.browser("ana")
    assert "Ein Käufer war enttäuscht" in text(ana, "/studio")
    page = text(ana, "/studio/surveys")
    assert "Der Karton war nass." in page and "Gut verpackt." in page
    assert "cleo" not in page.lower() and page.count('name="ask"') == 1
    other = cast.post(cast.browser("bert"), "/studio/surveys", ask=ask)
    assert other.status_code == 404
    assert "Der Karton" not in text(cast.browser("bert"), "/studio/surveys")
    assert "Ein Käufer war enttäuscht" in text(ana, "/studio")
    assert cast.post(ana, "/studio/surveys", ask=ask).status_code == 303
    assert "Ein Käufer war enttäuscht" not in text(ana, "/studio")


def test_shares_of_a_house_from_five_answers_on(cast: Cast) -> None:
    """touchpoints-23: four answers show no share, five do, to the house and to the operator: 2 of
    5 had to repeat something.
    """
    survey = running(cast, "parcel", "repeat")
    ana, olga = cast.browser("ana"), cast.browser("olga")
    for n, who in enumerate(("cleo", "dan", "eva", "gina", "max")):
        assert "2 von 5" not in text(ana, "/studio/surveys")
        assert "Weingut Kaltbach" not in text(olga, f"{SURVEYS}/{survey}").partition("<main")[2]
        about(cast, who, "1" if n < 2 else "0")
    assert "2 von 5" in text(ana, "/studio/surveys")
    shown = text(olga, f"{SURVEYS}/{survey}")
    assert "Weingut Kaltbach" in shown and "40\u00a0% von 5" in shown
