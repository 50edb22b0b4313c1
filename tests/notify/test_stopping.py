"""One click ends a class of letters; nothing but the person's own yes brings it back."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from flask import Flask
from flask.testing import FlaskClient

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.notify.actions import (
    address_hash,
    choose,
    letter,
    rest_annoying,
    runs,
    stop_person,
)
from marketplace.notify.jobs.digests import digests
from marketplace.notify.jobs.tending import health, sweep
from marketplace.notify.models import Choice, ClassDay, ClassPause, Letter, Notice, Stop
from marketplace.notify.queries import may_ask
from marketplace.notify.rules.pace import Pace
from marketplace.people.queries import has_consent
from marketplace.web.tokens import sign
from tests.cast import Cast


def link(cast: Cast, class_: str = "answer", who: str = "cleo") -> str:
    """The address that a letter of this class carries."""
    return f"/unsubscribe/{sign('stop', ['p', cast.id(who), class_])}"


def want(cast: Cast, *classes: str) -> None:
    with committing():
        for name in classes:
            choose(cast.id("cleo"), name, "mail", True)


def mails(cast: Cast) -> list[str]:
    """The optional classes that come to cleo by mail."""
    db.session.rollback()
    return [name for name in ("answer", "group_news", "review_invite")
            if runs(cast.id("cleo"), name)]


def test_one_click_ends_exactly_that_class(app: Flask, cast: Cast, client: FlaskClient) -> None:
    """notify-2: GET changes nothing; POST as RFC 8058 without cookie, no redirect; undo."""
    want(cast, "answer", "group_news")
    assert client.get(link(cast)).status_code == 200
    assert mails(cast) == ["answer", "group_news"]
    plain = app.test_client(use_cookies=False)
    done = plain.post(link(cast), data={"List-Unsubscribe": "One-Click"})
    assert done.status_code == 200
    assert mails(cast) == ["group_news"]
    assert db.session.scalar(db.select(Stop.cause)) == "header"
    assert db.session.scalar(db.select(ClassDay.stopped).where(ClassDay.class_ == "answer")) == 1
    page = client.get(link(cast)).get_data(as_text=True)
    assert "Schon beendet" in page
    undo = sign("undo", [cast.id("cleo"), "answer"])
    assert plain.post(link(cast), data={"undo": undo}).status_code == 200
    assert mails(cast) == ["answer", "group_news"]
    assert db.session.scalar(db.select(Stop.cause)) is None


def test_everything_that_is_not_required_ends_too(cast: Cast, client: FlaskClient) -> None:
    """notify-2: the second button; a consent for advertising ends with it."""
    want(cast, "answer", "group_news", "review_invite")
    assert has_consent(cast.id("cleo"), "review_invite")
    assert client.post(link(cast), data={"all": "1"}).status_code == 200
    assert mails(cast) == [] and not has_consent(cast.id("cleo"), "review_invite")
    want(cast, "group_news")
    assert mails(cast) == ["group_news"]


def test_links_of_guests_strangers_and_the_erased(cast: Cast, client: FlaskClient) -> None:
    """notify-2, spec 6: by hash for guests; old links still work; a forged one is not ours; who
    is gone is "already stopped".
    """
    mark = address_hash("guest@example.org")
    token = sign("stop", ["h", mark, "answer"])
    assert client.post(f"/unsubscribe/{token}").status_code == 200
    old = sign("stop", ["Other@example.org", "answer"])
    assert client.post(f"/unsubscribe/{old}").status_code == 200
    db.session.rollback()
    assert set(db.session.scalars(db.select(Stop.to_hash))) == {
        mark, address_hash("other@example.org")}
    assert client.post(f"/unsubscribe/{token}x").status_code == 404
    gone = client.get(f"/unsubscribe/{sign('stop', ['p', 99_999, 'answer'])}")
    assert "Schon beendet" in gone.get_data(as_text=True)


def test_annoying_class_rests_until_a_person_says_why(cast: Cast) -> None:
    """notify-11: 12 stops of 200 rest, 7 of 200 do not, "account" never; the operator hears,
    sees rates, and turns it on again with a reason of ten characters.
    """
    with committing():
        for name, stops in (("answer", 12), ("group_news", 7), ("account", 200)):
            db.session.merge(ClassDay(class_=name, day=clock.today(), sent=200, stopped=stops,
                                    complained=0))
    health()
    health()
    db.session.rollback()
    assert db.session.scalars(db.select(ClassPause.class_)).all() == ["answer"]
    assert db.session.scalar(db.select(Notice).where(
        Notice.person_id == cast.id("olga"), Notice.title == "class_rests")) is not None
    olga = cast.browser("olga")
    page = olga.get("/operator/mails").get_data(as_text=True)
    assert "12 (3,47 bis 10,19 %)" in page and "7 (1,71 bis 7,05 %)" in page
    assert "ruhen zurzeit" in cast.browser("cleo").get(
        "/account/notices/settings").get_data(as_text=True)
    assert cast.post(olga, "/operator/mails/answer/wake", reason="darum").status_code == 422
    assert cast.post(olga, "/operator/mails/answer/wake",
                     reason="Der Text war missverständlich.").status_code == 303
    assert cast.post(olga, "/operator/mails/answer/wake",
                     reason="Der Text war missverständlich.").status_code == 409
    db.session.rollback()
    with committing():
        assert rest_annoying() == [], "what was counted before does not count again"


def test_settings_keep_switches_pace_and_quiet_hours(cast: Cast) -> None:
    """notify-31: one form without script; only what differs is kept; a bad value is told."""
    cleo = cast.browser("cleo")
    page = cleo.get("/account/notices/settings").get_data(as_text=True)
    ticked = {f"{name}-app": "on" for name in _ticked(page)}
    pace = {"mails_a_week": "1", "quiet_from": "22", "quiet_to": "7", "digest": "weekly",
            "digest_day": "4"}
    bad = cast.post(cleo, "/account/notices/settings", **{**ticked, **pace, "digest": "hourly"})
    assert bad.status_code == 422
    db.session.rollback()
    assert db.session.scalar(db.select(Choice)) is None
    done = cast.post(cleo, "/account/notices/settings", **ticked, **pace, **{
        "answer-mail": "on", "watch-mail": "on", "stock-mail": "on",
        "review_invite-mail": "on"})
    assert done.status_code == 303
    db.session.rollback()
    kept = db.session.execute(db.select(Choice.class_, Choice.channel, Choice.on, Choice.place)
                              .order_by(Choice.class_)).all()
    assert [tuple(row) for row in kept] == [("answer", "mail", True, "settings"),
                                            ("review_invite", "mail", True, "settings")]
    assert has_consent(cast.id("cleo"), "review_invite")
    from marketplace.notify.queries import pace_of

    assert pace_of(cast.id("cleo")) == Pace(1, 22, 7, "weekly", 4)
    assert cast.post(cleo, "/account/notices/stop-all").status_code == 303
    assert mails(cast) == [] and pace_of(cast.id("cleo")).digest == "off"


def _ticked(page: str) -> list[str]:
    import re

    return re.findall(r'name="([a-z_]+)-app" checked', page)


def test_mail_is_asked_for_after_a_question_once_in_ninety_days(cast: Cast) -> None:
    """notify-13: Yes and No beside the question that was just sent; a No rests for 90 days."""
    cleo = cast.browser("cleo")
    sent = cast.post(cleo, "/threads/new?about=/producers/weingut-kaltbach", kind="question",
                     title="Wie lange hält er offen?", words="Im Kühlschrank.",
                     openness="public", step="send")
    assert sent.status_code == 303
    asking = cleo.get(sent.location).get_data(as_text=True)
    assert "Die Antwort per Mail?" in asking
    assert 'name="mail" value="yes"' in asking and 'name="mail" value="no"' in asking
    assert "Die Antwort per Mail?" not in cast.browser("eva").get(
        sent.location).get_data(as_text=True)
    assert cast.post(cleo, "/account/notices/asked/answer", mail="no").status_code == 303
    assert "Die Antwort per Mail?" not in cleo.get(sent.location).get_data(as_text=True)
    for days, again in ((89, False), (91, True)):
        with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
            assert may_ask(cast.id("cleo"), "answer") is again
    assert cast.post(cleo, "/account/notices/asked/answer", mail="yes").status_code == 303
    assert mails(cast) == ["answer"]


def test_badge_says_only_what_is_new(cast: Cast, statements: list[str]) -> None:
    """Spec 3.9: the number, and 204 where it is known; one statement besides the login's."""
    from marketplace.notify.actions import tell

    with committing():
        for n in range(3):
            tell(cast.id("cleo"), "answer", f"k {n}", "welcome", "/feed")
    cleo = cast.browser("cleo")
    cleo.get("/account/notices/count")
    del statements[:]
    found = cleo.get("/account/notices/count?seen=2")
    assert found.get_json() == {"count": 3}
    assert len([one for one in statements if "notices" in one]) == 1
    assert cleo.get("/account/notices/count?seen=3").status_code == 204


def test_old_letters_forget_their_receivers(cast: Cast) -> None:
    """notify-32: after 90 days no row holds a person or address; read notices go, figures stay."""
    from marketplace.notify.actions import mark_read, tell

    with committing():
        letter("order", "order", "de", email="guest@example.org", args={"name": "Guest"})
        letter("answer", "answer", "de", person_id=cast.id("cleo"), by=cast.id("eva"),
               merge_key="k", args={"title": "X"})
        tell(cast.id("cleo"), "answer", "k", "welcome", "/feed")
        mark_read(cast.id("cleo"))
        db.session.execute(db.update(Letter).values(state="sent"))
        db.session.add(ClassDay(class_="answer", day=clock.today(), sent=1, stopped=0,
                                complained=0))
    for days, kept in ((89, 1), (91, 0)):
        with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
            sweep()
        db.session.rollback()
        people = db.session.scalar(db.select(db.func.count(Letter.person_id)))
        emails = db.session.scalar(db.select(db.func.count(Letter.email)))
        notices = db.session.scalar(db.select(db.func.count(Notice.id)).where(
            Notice.person_id == cast.id("cleo")))
        assert (min(people, 1), min(emails, 1), notices) == (kept, kept, kept)
    assert db.session.scalar(db.select(db.func.count(Letter.by_id))) == 0
    assert set(db.session.scalars(db.select(db.cast(Letter.args, db.String)))) == {"{}"}
    assert db.session.scalar(db.select(ClassDay.sent).where(ClassDay.class_ == "answer")) == 1


def test_digest_gathers_what_was_missed(cast: Cast) -> None:
    """notify-12: due at the end of the quiet hours, producers named, once; three entries or none.
    """
    from datetime import UTC, datetime

    from marketplace.foundation.jobs import run_due
    from marketplace.notify.actions import keep_pace, tell

    with time_machine.travel(datetime(2026, 12, 1, 7, 10, tzinfo=UTC), tick=False):
        with committing():
            for who in ("cleo", "dan"):
                keep_pace(cast.id(who), Pace(digest="daily"))
            tell(cast.id("dan"), "answer", "k", "answer", "/feed", title="Y")
            for n in range(4):
                tell(cast.id("cleo"), "answer", f"k {n}", "answer", "/feed", title=f"Frage {n}")
            tell(cast.id("cleo"), "follow", "news", "house_news", "/feed", name="Nordgarn",
                 title="Neue Wolle")
        digests()
        digests()
        db.session.rollback()
        run_due(kind="notify.send")
    rows = db.session.scalars(db.select(Letter).where(Letter.class_ == "digest")).all()
    assert [(row.person_id, row.state) for row in rows] == [(cast.id("cleo"), "sent")]
    from marketplace.adapters.doors import doors

    mail = doors().mail.read(doors().mail.names(1)[0])  # type: ignore[attr-defined]
    assert mail.subject == "5 Neuigkeiten für dich"
    assert "Nordgarn" in mail.text and mail.text.index("Frage 3") < mail.text.index("Nordgarn")
    with committing():
        stop_person(cast.id("cleo"), "digest", "click")
    assert not runs(cast.id("cleo"), "digest")


def test_every_letter_can_be_looked_at_in_both_languages(cast: Cast) -> None:
    """notify-30: all templates, German and English, as text and HTML, with no word left empty."""
    from marketplace.notify.views.operating import templates

    olga = cast.browser("olga")
    for name in templates():
        page = olga.get(f"/operator/mails/{name}")
        assert page.status_code == 200, name
        words = page.get_data(as_text=True)
        assert words.count('class="mail-drawn"') == 2 and "Hallo Cleo" in words, name
        assert "Hello Cleo" in words, name
