"""Short questions by mail, at many at once, and what is left of them when somebody goes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from datetime import timedelta
from itertools import pairwise

import time_machine
from flask import Flask

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.notify.actions import choose
from marketplace.notify.models import Letter
from marketplace.people.models import Person
from marketplace.people.queries.personal import personal
from marketplace.touchpoints.actions import offer
from marketplace.touchpoints.jobs import surveys
from marketplace.touchpoints.models import SurveyAnswer, SurveyAsk, SurveyCap
from tests.cast import Cast
from tests.notify.test_classes import mail_of
from tests.notify.test_sending import MORNING, became, leave, want
from tests.touchpoints.hands import SURVEYS, asked, asks, running, text


def test_mail_needs_its_class_and_keeps_the_cap(cast: Cast) -> None:
    """notify-28, touchpoints-16: of two who are asked only who turned the class on gets a letter,
    one, next morning, with the link to stop; the job again writes nothing, nor does a second act.
    """
    running(cast)
    want(cast, "survey", "dan")
    url = asked(cast, "dan")
    asked(cast, "cleo")
    for _again in range(2):
        surveys()
    asked(cast, "dan")
    surveys()
    assert became("survey") == [("waiting", None)]
    leave(MORNING)
    (words,) = mail_of("kurze Frage")
    assert url in words and "Wie war das Bestellen für dich?" in words
    assert "/unsubscribe/" in words
    assert len(asks(person_id=cast.id("dan"))) == 1


def test_answered_before_the_mail_left_sends_none(cast: Cast) -> None:
    """notify-28: who answered on the page hears nothing more by mail; so does who said never."""
    running(cast)
    for who, said in (("dan", {"step": "answer", "answer-1": "2"}), ("eva", {"step": "never"})):
        want(cast, "survey", who)
        url = asked(cast, who)
        surveys()
        assert cast.post(cast.browser(who), url, **said).status_code == 303
    leave(MORNING)
    assert became("survey") == [("skipped", "nothing left")] * 2


def test_turned_off_before_the_morning_sends_none(cast: Cast) -> None:
    """notify-28: the class is looked at again when the letter leaves."""
    running(cast)
    want(cast, "survey")
    asked(cast)
    surveys()
    with committing():
        choose(cast.id("cleo"), "survey", "mail", False)
    leave(MORNING)
    assert became("survey") == [("skipped", "off")]


def test_account_page_turns_mail_on_and_off(cast: Cast) -> None:
    """touchpoints 4: off until chosen, by one button."""
    cleo = cast.browser("cleo")
    assert "Davon kommt nichts per Mail" in text(cleo, "/account/surveys")
    cast.post(cleo, "/account/surveys", step="mail")
    assert "Fragen kommen auch per Mail" in text(cleo, "/account/surveys")
    cast.post(cleo, "/account/surveys", step="no-mail")
    assert "Davon kommt nichts per Mail" in text(cleo, "/account/surveys")


def test_complaint_about_the_letter_counts_against_the_survey(cast: Cast) -> None:
    """touchpoints-27: complaints are counted per survey, once each."""
    survey = running(cast)
    want(cast, "survey")
    asked(cast)
    surveys()
    db.session.execute(db.update(Letter).values(state="complained"))
    db.session.commit()
    for _again in range(2):
        surveys()
    assert db.session.scalars(db.select(SurveyAsk.complained)).all() == [True]
    db.session.rollback()
    page = text(cast.browser("olga"), f"{SURVEYS}/{survey}")
    assert "haben die Mail als lästig gemeldet" in page


def test_nobody_is_asked_twice_in_a_run_of_10000_acts(app: Flask, cast: Cast) -> None:
    """touchpoints-3: 200 persons, 10,000 acts on parallel connections within 45 days, in the
    order of time: nobody twice within 30 days, nobody of the 20 who said never.
    """
    running(cast)
    with committing():
        db.session.execute(db.insert(Person), [
            {"handle": f"p{n}", "handle_folded": f"p{n}", "picture_seed": n,
             "joined_on": clock.today()} for n in range(200)])
    ids = list(db.session.scalars(db.select(Person.id).where(Person.handle.like("p%"))
                                  .order_by(Person.id.desc()).limit(200)))
    db.session.rollback()
    with committing():
        db.session.execute(db.insert(SurveyCap), [
            {"person_id": one, "never": True} for one in ids[:20]])
    begin = clock.now()

    def act(n: int) -> None:
        def run() -> None:
            with app.app_context(), committing():
                for one in range(n, n + 25):
                    offer("order", ids[one % 200])
        Context().run(run)

    with ThreadPoolExecutor(8) as pool:
        for hour in range(40):
            with time_machine.travel(begin + timedelta(hours=27 * hour), tick=False):
                list(pool.map(act, range(hour * 250, (hour + 1) * 250, 25)))
    db.session.rollback()
    seen: dict[int, list[object]] = {}
    for person, at in db.session.execute(
            db.select(SurveyAsk.person_id, SurveyAsk.offered_at).order_by(SurveyAsk.offered_at)):
        seen.setdefault(person, []).append(at)
    assert not seen.keys() & set(ids[:20])
    assert seen.keys() == set(ids[20:])
    for times in seen.values():
        assert all(b - a >= timedelta(days=30)  # type: ignore[operator]
                   for a, b in pairwise(times))
    assert max(len(times) for times in seen.values()) == 2


def test_what_was_said_is_taken_along_and_forgotten(app: Flask, cast: Cast) -> None:
    """people, touchpoints: own asks and answers are in the take-out; after erasing neither words
    nor person stand there, and the counts stay.
    """
    from marketplace.handlers.leaving import forget
    from marketplace.people.events import PersonErased

    survey = running(cast, kind="open")
    cast.post(cast.browser("cleo"), asked(cast), **{
        "step": "answer", "answer-1": "Sehr freundlich.", "named": "1"})
    me = cast.id("cleo")
    taken = personal("touchpoints", me)
    assert "Sehr freundlich." in str(taken) and "last_offered_at" in str(taken)
    db.session.rollback()
    with committing():
        forget(PersonErased(me, "cleo", "keep"))
    assert db.session.execute(db.select(SurveyAsk.person_id, SurveyAsk.state)).all() == [
        (None, "answered")]
    assert db.session.execute(db.select(SurveyAnswer.words, SurveyAnswer.named_id)).all() == [
        ("", None)]
    assert db.session.scalar(db.select(SurveyCap.person_id)) is None
    db.session.rollback()
    assert "Sehr freundlich." not in text(cast.browser("olga"), f"{SURVEYS}/{survey}")
