"""News of producers: listened first, told signed, answered by anybody, and messages blocked."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from marketplace.dialogue.models import Thread
from marketplace.dialogue.queries import late_voices
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import kinds, run_due
from marketplace.producers.models import Promise
from tests.cast import Cast
from tests.stories.test_circle import order_by, send

HOUSE = "/producers/weingut-kaltbach"
WINE = "riesling-vom-schiefer"


def asked(cast: Cast, title: str = "Wann lest ihr?", kind: str = "question") -> str:
    """Cleo asks in public; the address of her thread."""
    sent = cast.post(cast.browser("cleo"), f"/threads/new?about={HOUSE}", kind=kind, title=title,
                     words="Ich käme gern vorbei.", openness="public", step="send")
    assert sent.status_code == 303, sent.get_data(as_text=True)
    return str(sent.location)


def told(cast: Cast, browser: FlaskClient, matter: str, **other: str) -> TestResponse:
    """A try to tell something."""
    return cast.post(browser, "/studio/news", matter=matter, title=f"Etwas: {matter}",
                     words="Das möchten wir euch erzählen.", **other)


def test_nothing_is_advertised_while_a_question_is_late(cast: Cast) -> None:
    """producers-3, dialogue-11: with one question past the promise news, offer and date are
    refused naming it; correction, recall, story and change pass; after the answer all pass.
    """
    here, product = asked(cast), str(cast.goods(WINE).product_id)
    with time_machine.travel(clock.now() + timedelta(days=12)):
        ana = cast.browser("ana")
        for matter in ("news", "offer", "date"):
            no = told(cast, ana, matter)
            html = no.get_data(as_text=True)
            assert no.status_code == 409, matter
            assert "Wann lest ihr?" in html and "Das möchten wir euch erzählen." in html
        assert count_news() == 0
        for matter in ("story", "correction", "change", "recall"):
            assert told(cast, ana, matter, product=product).status_code == 303, matter
        studio = ana.get("/studio").get_data(as_text=True)
        assert "Wann lest ihr?" in studio and "/studio/news?producer=weingut-kaltbach" in studio
        assert cast.post(ana, here, words="Ab dem 20. September.").status_code == 303
        for matter in ("news", "offer", "date"):
            assert told(cast, ana, matter).status_code == 303, matter
    assert count_news() == 7


def count_news() -> int:
    """How much was told."""
    db.session.rollback()
    return int(db.session.scalar(db.select(db.func.count(Thread.id)).where(
        Thread.kind == "news")) or 0)


def test_one_offer_in_seven_days(cast: Cast) -> None:
    """producers 3.6: the second offer waits to the second; news are not held up by it."""
    start = clock.now()
    with time_machine.travel(start, tick=False):
        assert told(cast, cast.browser("ana"), "offer").status_code == 303
    week = timedelta(days=7)
    for after, status in ((week - timedelta(seconds=1), 409), (week, 303)):
        with time_machine.travel(start + after, tick=False):
            assert told(cast, cast.browser("ana"), "offer").status_code == status
            assert told(cast, cast.browser("ana"), "news").status_code == 303


def test_without_a_promise_three_open_days_lock(cast: Cast) -> None:
    """producers-3: nothing promised: late after the third open day; on that day not yet."""
    db.session.rollback()
    with committing():
        db.session.execute(db.delete(Promise).where(Promise.kind == "answer_hours"))
    asked(cast)
    house, made = cast.goods(WINE).producer_id, db.session.scalar(db.select(Thread.made_at))
    assert made is not None
    assert not late_voices(house, made + timedelta(days=2))
    assert [one.words for one in late_voices(house, made + timedelta(days=9))] == [
        "Wann lest ihr?"]


def test_unread_criticism_stands_above_the_form_for_news(cast: Cast) -> None:
    """producers-2: /studio shows criticism nobody has opened above what is late, and both above
    the way to publish.
    """
    asked(cast)
    with time_machine.travel(clock.now() + timedelta(days=12)):
        asked(cast, "Korken schmeckt", "complaint")
        html = cast.browser("ana").get("/studio").get_data(as_text=True)
    places = [html.index(words) for words in ("Korken schmeckt", "Wann lest ihr?",
                                              "/studio/news?producer=")]
    assert places == sorted(places)


def test_news_stand_on_the_page_and_can_be_answered(cast: Cast) -> None:
    """producers-27: with label and signature on the page; an answer waits in the studio; what was
    changed stands under "learned"; a member who follows hears of it.
    """
    cleo = cast.browser("cleo")
    assert cast.post(cleo, f"{HOUSE}/follow", follow="yes").status_code == 303
    ana = cast.browser("ana")
    here = str(told(cast, ana, "change").location)
    page = cast.app.test_client().get(HOUSE).get_data(as_text=True)
    assert "Etwas: change" in page and "von einem Erzeuger" in page
    assert "Etwas: change" in page.split("Von euch gelernt")[1].split("</aside>")[0]
    run_due(kind="notify.followers")
    notices = db.session.scalars(db.text("SELECT title FROM notices")).all()
    assert "house_news" in notices
    db.session.rollback()
    assert cast.post(cleo, here, words="Das freut mich sehr.").status_code == 303
    assert "Das freut mich sehr." in ana.get("/studio").get_data(as_text=True)
    assert cast.post(ana, here, words="Danke dir.").status_code == 303
    assert "Danke dir." not in ana.get("/studio").get_data(as_text=True)


def test_recall_reaches_every_buyer_of_these_goods_and_nobody_else(cast: Cast) -> None:
    """dialogue-25 for a product: cleo bought it, eva did not; the notice comes with a letter."""
    cleo = cast.browser("cleo")
    number = order_by(cast, cleo, WINE)
    send(cast, "ana", f"{number}-1")
    assert told(cast, cast.browser("ana"), "recall").status_code == 422
    product = str(cast.goods(WINE).product_id)
    assert told(cast, cast.browser("ana"), "recall", product=product).status_code == 303
    db.session.rollback()
    run_due()
    rows = db.session.execute(db.text(
        "SELECT person_id FROM letters WHERE template = 'recalled'")).all()
    assert [row[0] for row in rows] == [cast.id("cleo")]


@pytest.mark.parametrize("fields", [
    {"matter": ""}, {"matter": "advertisement"}, {"title": "x"}, {"words": ""},
    {"matter": "news", "product": "999999"}])
def test_bad_news_lose_nothing(cast: Cast, fields: dict[str, str]) -> None:
    """A sentence beside each field, all words kept, nothing written."""
    sent = cast.post(cast.browser("ana"), "/studio/news", **{
        "matter": "news", "title": "Neuer Jahrgang", "words": "Er ist da.", **fields})
    assert sent.status_code == 422 and count_news() == 0
    assert "Neuer Jahrgang" in sent.get_data(as_text=True) or "title" in fields


def test_blocked_person_buys_and_rates_but_sends_no_message(cast: Cast) -> None:
    """producers-21: no question, no answer in a thread of the house; own orders may be talked
    about, ratings stay; the block ends by one press.
    """
    cleo, ana = cast.browser("cleo"), cast.browser("ana")
    here = asked(cast)
    number = order_by(cast, cleo, WINE)
    send(cast, "ana", f"{number}-1")
    assert cast.post(ana, "/studio/blocks", handle="cleo", reason="kurz").status_code == 422
    assert cast.post(ana, "/studio/blocks", handle="niemand", reason="Beschimpft Wanda täglich."
                     ).status_code == 422
    assert cast.post(ana, "/studio/blocks", handle="@Cleo", reason="Beschimpft Wanda täglich."
                     ).status_code == 303
    no = cast.post(cleo, f"/threads/new?about={HOUSE}", kind="question", title="Noch etwas",
                   words="Ich frage weiter.", openness="public", step="send")
    assert no.status_code == 403
    assert cast.post(cleo, here, words="Und noch einmal.").status_code == 403
    own = cast.post(cleo, f"/threads/new?about=/orders/{number}", kind="complaint",
                    title="Flasche zerbrochen", words="Leider zerbrochen.", step="send")
    assert own.status_code == 303
    again = order_by(cast, cleo, WINE)
    assert again != number
    block = db.session.scalar(db.text("SELECT id FROM message_blocks"))
    db.session.rollback()
    assert "Beschimpft Wanda" not in cleo.get(HOUSE).get_data(as_text=True)
    assert cast.post(ana, "/studio/blocks", out=str(block)).status_code == 303
    assert cast.post(cleo, here, words="Und noch einmal.").status_code == 303


def test_voices_come_by_mail_as_chosen(cast: Cast) -> None:
    """producers-29: none by default; daily one letter a day from seven on; weekly every seventh;
    nothing where nothing waits.
    """
    asked(cast)
    start = clock.now().replace(hour=9, minute=0) + timedelta(days=1)
    for choice, expected in (("none", 0), ("daily", 8), ("weekly", 2)):
        db.session.rollback()
        with committing():
            db.session.execute(db.text("DELETE FROM letters"))
            db.session.execute(db.text("UPDATE producers SET voices_mailed_on = NULL, "
                                       "voices_mail = :how WHERE slug = 'weingut-kaltbach'"),
                               {"how": choice})
        for hour in range(0, 24 * 8, 6):
            with time_machine.travel(start + timedelta(hours=hour), tick=False):
                kinds()["dialogue.voices"].run()
        db.session.rollback()
        letters = db.session.scalars(db.text("SELECT template FROM letters")).all()
        assert letters == ["voices"] * expected, choice
