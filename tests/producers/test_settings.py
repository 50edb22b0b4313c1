"""Hours, promises, words, faces and pauses, as the people of a house change them."""

from __future__ import annotations

import re
from datetime import date, timedelta

import time_machine

from marketplace.dialogue.queries.threads import answer_due
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import kinds
from marketplace.producers.models import Face, Producer, ProducerText, Promise, Trader
from tests.cast import Cast
from tests.producers.test_rules import at

HOUSE = "/producers/weingut-kaltbach"
WINE = "riesling-vom-schiefer"
WORDS = {"place": "Kaltbach", "region": "Mosel", "teaser_de": "Wein vom Schiefer."}


def promised() -> list[tuple[str, int, bool]]:
    """Kind, value, and whether it is in force, oldest first."""
    db.session.rollback()
    rows = db.session.execute(
        db.select(Promise.kind, Promise.value, Promise.to_at).order_by(Promise.id)
        .where(Promise.producer_id == db.select(Producer.id).where(
            Producer.slug == "weingut-kaltbach").scalar_subquery()))
    return [(row[0], row[1], row[2] is None) for row in rows]


def test_changed_promise_keeps_its_old_line(cast: Cast) -> None:
    """producers-6: the old value stays with its dates; the same value again opens no new line."""
    ana = cast.browser("ana")
    assert promised() == [("answer_hours", 8, True), ("dispatch_days", 2, True)]
    for answer in ("8", "4", "4"):
        assert cast.post(ana, "/studio/promises", answer_hours=answer, dispatch_days="2"
                         ).status_code == 303
    assert promised() == [("answer_hours", 8, False), ("dispatch_days", 2, True),
                          ("answer_hours", 4, True)]
    page = ana.get("/studio/promises").get_data(as_text=True)
    assert "8 offenen Stunden" in page.split("Früher zugesagt")[1]


def test_promises_out_of_range_are_refused(cast: Cast) -> None:
    """14 days of returns are the law's least; nothing is kept of a form with one fault."""
    ana, before = cast.browser("ana"), promised()
    for name, value in (("returns_days", "13"), ("answer_hours", ""), ("dispatch_days", "0"),
                        ("answer_hours", "zwei")):
        fields = {"answer_hours": "4", "dispatch_days": "1", name: value}
        answer = cast.post(ana, "/studio/promises", **fields)
        assert answer.status_code == 422
        assert f'id="f-{name}-fault"' in answer.get_data(as_text=True)
    assert promised() == before


def test_hours_and_closed_days_move_the_promised_answer(cast: Cast) -> None:
    """producers-4: Mo-Fr 9-17 with 24 and 25 Dec closed: asked Wed 15:00, due Mon 28 Dec 15:00."""
    ana, house = cast.browser("ana"), cast.goods(WINE).producer_id
    with time_machine.travel(at("2026-12-20 12:00"), tick=False):
        sent = cast.post(ana, "/studio/hours", closed="2026-12-24 Heiligabend\n2026-12-25",
                         **{f"open_{day}": "9-17" for day in range(5)})
        assert sent.status_code == 303
        assert answer_due(house, at("2026-12-23 15:00")) == at("2026-12-28 15:00")
        page = ana.get("/studio/hours").get_data(as_text=True)
        assert "2026-12-24 Heiligabend" in page and "9:00-17:00" in page


def test_hours_that_cannot_be_are_refused(cast: Cast) -> None:
    """Beside the day: backwards, overlapping, past midnight, no figures; and a week without."""
    ana = cast.browser("ana")
    for words in ("17-9", "9-12, 11-13", "9-25", "immer", "9"):
        answer = cast.post(ana, "/studio/hours", open_2=words)
        assert answer.status_code == 422
        assert 'id="f-open_2-fault"' in answer.get_data(as_text=True)
    assert cast.post(ana, "/studio/hours").status_code == 422
    assert cast.post(ana, "/studio/hours", open_0="9-12", closed="24.12.").status_code == 422


def test_double_edit_shows_both_versions(cast: Cast) -> None:
    """producers 6: the second editor gets 409 with the words of the first and their own."""
    ana, versions = cast.browser("ana"), r'name="v_story_de" value="(\d+)"'
    seen = re.search(versions, ana.get("/studio/profile").get_data(as_text=True))
    assert seen
    first = {**WORDS, "v_story_de": seen.group(1), "story_de": "Die erste Fassung."}
    assert cast.post(ana, "/studio/profile", **first).status_code == 303
    both = cast.post(ana, "/studio/profile", **{**first, "story_de": "Meine zweite."})
    html = both.get_data(as_text=True)
    assert both.status_code == 409
    assert "Die erste Fassung." in html and "Meine zweite." in html
    again = re.search(versions, html)
    assert again and again.group(1) == "1"
    assert cast.post(ana, "/studio/profile", **{
        **first, "v_story_de": "1", "story_de": "Meine zweite."}).status_code == 303
    db.session.rollback()
    kept = db.session.execute(db.select(ProducerText.version, ProducerText.words)
                              .where(ProducerText.part == "story").order_by(ProducerText.version))
    assert [tuple(row) for row in kept] == [(1, "Die erste Fassung."), (2, "Meine zweite.")]


def test_face_needs_consent_and_goes_with_it(cast: Cast) -> None:
    """producers-9: without the tick 422 and no row; taken out, it is on no page any more."""
    ana = cast.browser("ana")
    assert cast.post(ana, "/studio/faces", face_name="Wanda").status_code == 422
    assert db.session.scalar(db.select(Face.id)) is None
    assert cast.post(ana, "/studio/faces", face_name="Wanda", face_words_de="Ich schneide Reben.",
                     consent="1").status_code == 303
    assert "Ich schneide Reben." in cast.app.test_client().get(HOUSE).get_data(as_text=True)
    face = str(db.session.scalar(db.select(Face.id)))
    db.session.rollback()
    assert cast.post(cast.browser("bert"), "/studio/faces", out=face).status_code == 404
    assert cast.post(ana, "/studio/faces", out=face).status_code == 303
    assert "Wanda" not in cast.app.test_client().get(HOUSE).get_data(as_text=True)


def test_pause_shows_dates_takes_no_order_and_ends(cast: Cast) -> None:
    """producers-26: the day stands on the page, the basket takes nothing, questions stay open."""
    ana, visitor = cast.browser("ana"), cast.app.test_client()
    until = clock.today() + timedelta(days=10)
    assert cast.post(ana, "/studio/pause", until=clock.today().isoformat()).status_code == 422
    assert cast.post(ana, "/studio/pause", until=until.isoformat(), words="Lese!"
                     ).status_code == 303
    page = visitor.get(HOUSE).get_data(as_text=True)
    assert "Lese!" in page
    asked = cast.browser("cleo").get(f"/threads/new?about={HOUSE}")
    assert asked.status_code == 200
    added = cast.post(visitor, "/basket/lines", variant=cast.goods(WINE).variant_id, qty="1")
    assert added.status_code in (404, 409)
    db.session.rollback()
    assert db.session.scalar(db.text("SELECT count(*) FROM basket_lines")) == 0
    for days, state in ((0, "paused"), (1, "selling")):
        with time_machine.travel(at(f"{until + timedelta(days=days)} 12:00"), tick=False):
            db.session.rollback()
            kinds()["producers.end_pauses"].run()
            db.session.rollback()
            assert db.session.scalar(db.select(Producer.state).where(
                Producer.slug == "weingut-kaltbach")) == state


def test_two_tax_reminders(cast: Cast) -> None:
    """producers-15: reminded on day 14 and 42, once each, and not when the number is there."""
    house = cast.goods(WINE).producer_id
    db.session.rollback()
    with committing():
        db.session.get_one(Trader, house).tax_asked_on = date(2026, 1, 1)
    for day, count in (("2026-01-14", 0), ("2026-01-15", 1), ("2026-01-16", 1),
                       ("2026-02-12", 2), ("2026-03-30", 2)):
        with time_machine.travel(f"{day}T12:00:00+00:00", tick=False):
            db.session.rollback()
            kinds()["producers.reminders"].run()
            db.session.rollback()
            assert db.session.get_one(Trader, house).tax_reminders == count
    titles = db.session.scalars(db.text("SELECT title FROM notices WHERE title = 'tax_asked'"))
    assert len(titles.all()) == 1
