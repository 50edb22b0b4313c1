"""Short questions after an act: asked on the next page, rarely, and easily declined."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid
from marketplace.foundation.jobs import run_due
from marketplace.moderation.models import AuditEntry
from marketplace.notify.models import Notice
from marketplace.touchpoints.actions import make_survey, offer
from marketplace.touchpoints.jobs import surveys
from marketplace.touchpoints.models import (
    Survey,
    SurveyAnswer,
    SurveyAsk,
    SurveyQuestion,
)
from marketplace.touchpoints.rules import Wording
from tests.cast import Cast
from tests.stories.test_circle import order_by
from tests.touchpoints.hands import SURVEYS, asked, asks, running, state_of, text

WINE = "riesling-vom-schiefer"
ORDERING = "Wie war das Bestellen für dich?"


def test_survey_is_made_looked_at_and_started(cast: Cast) -> None:
    """touchpoints, operator: words left empty are those of the library; each step is audited."""
    olga = cast.browser("olga")
    made = cast.post(olga, SURVEYS, act="order", kind="three_level", second_de="Was fiel auf?",
                     second_en="What did you notice?")
    assert made.status_code == 303
    page = text(olga, made.location)
    assert ORDERING in page and "How was ordering for you?" in page and "Was fiel auf?" in page
    assert asked(cast) == "", "a draft asks nobody"
    assert cast.post(olga, made.location, step="start").status_code == 303
    assert asked(cast)
    assert db.session.scalars(db.select(AuditEntry.action)).all() == [
        "survey_made", "survey_start"]


def test_bad_input_is_named_and_loses_nothing(cast: Cast) -> None:
    """6, touchpoints-16: a question of 141 characters, one language only, no act; all is kept."""
    sent = cast.post(cast.browser("olga"), SURVEYS, act="", kind="csat", first_de="ä" * 141,
                     first_en="Fine?", second_de="Nur deutsch", second_en="")
    html = sent.get_data(as_text=True)
    assert sent.status_code == 422 and html.count('class="field-fault"') == 3
    assert "ä" * 141 in html and "Nur deutsch" in html
    assert db.session.scalar(db.select(db.func.count(Survey.id))) == 0


def test_third_question_is_refused(cast: Cast) -> None:
    """6: whoever answers gives 15 seconds."""
    olga, one = cast.id("olga"), Wording("Wie war es?", "How was it?")
    db.session.rollback()
    with pytest.raises(Invalid) as refused, committing():
        make_survey(olga, "order", "csat", [one, one, one])
    assert "count" in refused.value.faults
    assert db.session.scalar(db.select(db.func.count(SurveyQuestion.id))) == 0


def test_one_survey_runs_after_an_act(cast: Cast) -> None:
    """A second after the same act waits until the first pauses or ends."""
    first, olga = running(cast), cast.browser("olga")
    made = cast.post(olga, SURVEYS, act="order", kind="csat")
    assert cast.post(olga, made.location, step="start").status_code == 409
    assert cast.post(olga, f"{SURVEYS}/{first}", step="pause").status_code == 303
    assert cast.post(olga, made.location, step="start").status_code == 303
    assert cast.post(olga, f"{SURVEYS}/{first}", step="drop").status_code == 409
    assert state_of(first) == "paused"


def test_order_is_asked_about_on_the_next_page(cast: Cast) -> None:
    """touchpoints 3: the act writes the ask, the next page shows it at its foot; answered, it is
    gone, and a second order asks nobody within 30 days.
    """
    survey, cleo = running(cast, second_de="Was fiel auf?", second_en="What?"), cast.browser("cleo")
    assert ORDERING not in text(cleo, "/")
    number = order_by(cast, cleo, WINE)
    run_due(kind="foundation.react")
    page = text(cleo, f"/orders/{number}")
    assert ORDERING in page and page.index("<h1") < page.index('class="survey-ask"')
    quiet = "/moderation/report/person/eva"
    assert ORDERING not in text(cleo, quiet), "nobody is asked while they report something"
    url = re.search(r'action="(/surveys/[^"]+)"', page)
    assert url is not None
    said = cast.post(cleo, url[1], **{"step": "answer", "answer-1": "3", "answer-2": "Die Ruhe.",
                                      "next": f"/orders/{number}"})
    assert (said.status_code, said.location) == (303, f"/orders/{number}")
    assert ORDERING not in text(cleo, "/")
    order_by(cast, cleo, WINE)
    run_due(kind="foundation.react")
    assert asks() == ["answered"]
    rows = db.session.execute(db.select(SurveyAnswer.score, SurveyAnswer.words,
                                        SurveyAnswer.named_id).order_by(SurveyAnswer.id)).all()
    assert [tuple(row) for row in rows] == [(3, "", None), (None, "Die Ruhe.", None)]
    shown = text(cast.browser("olga"), f"{SURVEYS}/{survey}")
    assert "Die Ruhe." in shown and "cleo" not in shown.lower()


def test_declining_is_as_easy_as_answering(cast: Cast) -> None:
    """touchpoints-16: the three buttons are of one kind and size."""
    running(cast)
    asked(cast)
    part = text(cast.browser("cleo"), "/").split('class="survey-acts"')[1].split("</div>")[0]
    assert re.findall(r'<button class="([^"]*)" name="step" value="(\w+)"', part) == [
        ("button button-second", one) for one in ("answer", "no", "never")]


def test_no_thanks_rests_for_thirty_days(cast: Cast) -> None:
    """touchpoints-3: after 29 days and 23 hours nobody is asked, after 30 days again."""
    running(cast)
    url, begin = asked(cast), clock.now()
    assert cast.post(cast.browser("cleo"), url, step="no").status_code == 303
    for hours, again in ((29 * 24 + 23, False), (30 * 24 + 1, True)):
        with time_machine.travel(begin + timedelta(hours=hours), tick=False):
            assert bool(asked(cast)) is again
    assert asks() == ["declined", "offered"]


def test_never_is_never_until_taken_back(cast: Cast) -> None:
    """touchpoints-3: nobody is asked after "nicht mehr fragen"; the account page takes it back."""
    running(cast)
    cleo, begin = cast.browser("cleo"), clock.now()
    assert cast.post(cleo, asked(cast), step="never").status_code == 303
    for days in (31, 400):
        with time_machine.travel(begin + timedelta(days=days), tick=False):
            assert asked(cast) == ""
    assert "Es wird nichts gefragt" in text(cleo, "/account/surveys")
    assert cast.post(cleo, "/account/surveys", step="again").status_code == 303
    with time_machine.travel(begin + timedelta(days=31), tick=False):
        assert asked(cast)


def test_question_lapses_after_seven_days(cast: Cast) -> None:
    """touchpoints 3: open for seven days, then gone; answering late changes nothing."""
    running(cast)
    url, begin = asked(cast), clock.now()
    with time_machine.travel(begin + timedelta(days=7, minutes=-1), tick=False):
        assert ORDERING in text(cast.browser("cleo"), "/")
    with time_machine.travel(begin + timedelta(days=7, minutes=1), tick=False):
        cleo = cast.browser("cleo")
        assert ORDERING not in text(cleo, "/")
        assert cast.post(cleo, url, **{"step": "answer", "answer-1": "3"}).status_code == 409
        surveys()
    assert asks() == ["expired"]
    assert db.session.scalar(db.select(db.func.count(SurveyAnswer.id))) == 0


def test_question_is_only_for_whom_it_is_asked(app: Flask, cast: Cast) -> None:
    """Others get 404, and nothing changes."""
    running(cast)
    url = asked(cast)
    for client in (cast.browser("dan"), app.test_client()):
        assert client.get(url).status_code == 404
        assert cast.post(client, url, step="never").status_code == 404
    assert asks() == ["offered"]


def test_incomplete_answer_is_kept(cast: Cast) -> None:
    """6: no choice, or a score outside the scale: 422 with what was typed, and asked still."""
    running(cast, second_de="Was fiel auf?", second_en="What?")
    url, cleo = asked(cast), cast.browser("cleo")
    for score in ("", "4", "-1", "x"):
        said = cast.post(cleo, url, **{"step": "answer", "answer-1": score,
                                       "answer-2": "Zu klein gedruckt."})
        assert said.status_code == 422
        assert "Zu klein gedruckt." in said.get_data(as_text=True)
    assert asks() == ["offered"]


def test_answer_counts_once(cast: Cast) -> None:
    """6: sent twice it is one answer; the second is told so."""
    running(cast)
    url, cleo = asked(cast), cast.browser("cleo")
    sent = [cast.post(cleo, url, **{"step": "answer", "answer-1": "1"}).status_code
            for _n in range(2)]
    assert sent == [303, 409]
    assert db.session.scalar(db.select(db.func.count(SurveyAnswer.id))) == 1


def test_name_stands_only_where_it_may(cast: Cast) -> None:
    """Spec 2: pseudonymous, or with the person's yes."""
    survey = running(cast, kind="open")
    for who, named in (("cleo", ""), ("dan", "1")):
        cast.post(cast.browser(who), asked(cast, who), **{
            "step": "answer", "answer-1": f"Wort {who[:1]}", "named": named})
    shown = text(cast.browser("olga"), f"{SURVEYS}/{survey}")
    assert "Wort c" in shown and "Wort d" in shown
    assert "@dan" in shown and "@cleo" not in shown


def test_guest_is_asked_on_the_page_of_the_order(app: Flask, cast: Cast) -> None:
    """touchpoints 3: guests are asked on the page of their order, once per order, nowhere else."""
    running(cast)
    guest = app.test_client()
    number = order_by(cast, guest, WINE)
    run_due(kind="foundation.react")
    page = text(guest, f"/orders/{number}")
    assert ORDERING in page and 'value="never"' not in page
    assert ORDERING not in text(guest, "/")
    url = re.search(r'action="(/surveys/[^"]+)"', page)
    assert url is not None
    assert app.test_client().get(url[1]).status_code == 404
    assert cast.post(guest, url[1], **{"step": "answer", "answer-1": "2"}).status_code == 303
    assert ORDERING not in text(guest, f"/orders/{number}")
    assert asks(person_id=None) == ["answered"]


def test_survey_that_annoys_pauses_itself(cast: Cast) -> None:
    """touchpoints-27: of 30 asks the tenth decline is above 30 %: it pauses, says so, tells the
    operator once, and what is open is asked no more; going on counts anew.
    """
    survey = running(cast)
    people = ("cleo", "dan", "eva", "gina", "max", "ana", "bert")
    urls = [asked(cast, one) for one in people]
    db.session.execute(db.insert(SurveyAsk), [
        {"code": f"x{n}", "survey_id": survey, "person_id": None, "offered_at": clock.now(),
         "until": clock.now() + timedelta(days=7), "state": "never" if n < 5 else "answered"}
        for n in range(23)])
    db.session.commit()
    for n, (who, url) in enumerate(zip(people[:5], urls, strict=False)):
        assert state_of(survey) == "running"
        cast.post(cast.browser(who), url, step="never" if n % 2 else "no")
    assert state_of(survey) == "paused"
    olga = cast.browser("olga")
    assert "Mehr als 30 Prozent" in text(olga, f"{SURVEYS}/{survey}")
    told = db.session.scalars(db.select(Notice.title).where(Notice.title == "survey_rests")).all()
    db.session.rollback()
    assert len(told) == 1 and "10 von 30" in text(olga, "/account/notices")
    assert ORDERING not in text(cast.browser("max"), "/")
    assert cast.post(olga, f"{SURVEYS}/{survey}", step="start").status_code == 303
    surveys()
    assert state_of(survey) == "running"


def test_offering_adds_two_statements_to_an_act(cast: Cast, statements: list[str]) -> None:
    """touchpoints 8: the cap and the ask; one where nobody is asked."""
    running(cast)
    me = cast.id("cleo")
    db.session.rollback()
    for most in (2, 1):
        with committing():
            db.session.connection()
            del statements[:]
            offer("order", me)
            assert len(statements) == most, statements


def test_own_page_shows_what_was_asked_and_said(cast: Cast) -> None:
    """touchpoints 4: own answers, in one's own language; nobody else's."""
    running(cast)
    cast.post(cast.browser("cleo"), asked(cast), **{"step": "answer", "answer-1": "1"})
    own = text(cast.browser("cleo"), "/account/surveys?lang=en")
    assert "How was ordering for you?" in own and "disappointing" in own
    assert "How was ordering" not in text(cast.browser("dan"), "/account/surveys?lang=en")
