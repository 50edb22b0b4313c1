"""Which letter goes when: reviews once per order, news in the morning, in batches, and rests."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from marketplace.adapters.doors import doors
from marketplace.dialogue.actions.snoozing import snooze
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.notify.actions import keep_pace, recalling, tell
from marketplace.notify.models import Letter, Notice
from marketplace.notify.rules.pace import Pace, next_morning
from marketplace.people.actions import give_consent
from marketplace.producers.actions import follow
from marketplace.reviews.actions.inviting import ask_due
from marketplace.reviews.models import Invitation
from tests.cast import Cast
from tests.notify.test_sending import MORNING, became, leave, want
from tests.stories.test_circle import order_by, send

WINE, HAT = "riesling-vom-schiefer", "muetze-deichwind"


@pytest.mark.parametrize(("hour", "then"), [
    (5, "2026-11-30T07:00"), (7, "2026-12-01T07:00"), (12, "2026-12-01T07:00"),
    (23, "2026-12-01T07:00")])
def test_next_morning(hour: int, then: str) -> None:
    """Spec 3.2: the end of the quiet hours that comes next: 8:00 in Berlin is 7:00 UTC; at 6:00
    in Berlin it is today's, at 8:00 sharp tomorrow's.
    """
    now = datetime(2026, 11, 30, hour, tzinfo=UTC)
    assert next_morning(now, 8, "Europe/Berlin") == datetime.fromisoformat(f"{then}+00:00")


def delivered(cast: Cast, *goods: str) -> str:
    """An order of cleo over these houses, with all of it delivered; its number."""
    cleo = cast.browser("cleo")
    for slug in goods[1:]:
        cast.post(cleo, "/basket/lines", variant=cast.goods(slug).variant_id, qty=1)
    number = order_by(cast, cleo, goods[0])
    for n, house in enumerate(("ana",) if len(goods) == 1 else ("bert", "ana"), 1):
        send(cast, house, f"{number}-{n}")
    return number


def mail_of(template: str) -> list[str]:
    """The texts of the letters that left last, newest first."""
    door = doors().mail
    found = [door.read(name) for name in door.names(40)]  # type: ignore[attr-defined]
    return [mail.text for mail in found if template in mail.subject]


def ask_all(days: int = 60) -> None:
    """Every question becomes due and is asked, then letters leave in the morning after."""
    with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
        db.session.rollback()
        with committing():
            ask_due()
        run_due(kind="foundation.react")
        leave(MORNING)


def test_review_is_asked_for_once_per_order(cast: Cast) -> None:
    """notify-5: two houses, one letter of one template with both lines, to who agreed; the second
    order gets its own; nothing comes a second time.
    """
    with committing():
        give_consent(cast.id("cleo"), "review_invite", "2026-11", "checkout")
    number = delivered(cast, WINE, HAT)
    db.session.rollback()
    assert db.session.scalar(db.select(db.func.count(Invitation.id))) == 2
    ask_all()
    texts = mail_of("wieder kaufen")
    assert became("review_invite") == [("sent", None)] and len(texts) == 1
    assert "Riesling vom Schiefer" in texts[0] and "Mütze Deichwind" in texts[0]
    assert texts[0].count(f"/orders/{number}/lines/") == 3, "each line, and the button"
    ask_all(90)
    assert became("review_invite") == [("sent", None)]


def test_answered_lines_are_not_asked_for_by_mail(cast: Cast) -> None:
    """notify-5: what was answered or declined before the letter left is not in it; if nothing is
    left there is no letter.
    """
    with committing():
        give_consent(cast.id("cleo"), "review_invite", "2026-11", "checkout")
    delivered(cast, WINE)
    with time_machine.travel(clock.now() + timedelta(days=60), tick=False):
        db.session.rollback()
        with committing():
            ask_due()
        with committing():
            db.session.execute(db.update(Invitation).values(declined_at=clock.now()))
        leave(MORNING)
    assert became("review_invite") == [("skipped", "nothing left")]


def test_news_wait_for_the_morning_and_come_as_one(cast: Cast) -> None:
    """Spec 3.2: three followers by noon are one letter next morning at the end of the quiet hours,
    which says what the notice says; classes without words of their own have a letter too.
    """
    want(cast, "follow")
    with committing():
        keep_pace(cast.id("cleo"), Pace())
    with time_machine.travel(datetime(2026, 11, 30, 11, tzinfo=UTC), tick=False) as now:
        for who in ("ana", "bert", "eva"):
            with committing():
                tell(cast.id("cleo"), "follow", "follow", "followed", f"/members/{who}",
                     by=cast.id(who), name=who)
        run_due(kind="notify.send")
        assert became("follow") == [("waiting", None)]
        now.move_to(datetime(2026, 12, 1, 7, 1, tzinfo=UTC))
        db.session.rollback()
        run_due(kind="notify.send")
    assert became("follow") == [("sent", None)]
    assert "3 Personen folgen dir jetzt." in mail_of("folgen dir")[0]


def test_eleventh_answer_of_a_day_comes_in_a_summary(cast: Cast) -> None:
    """notify-3: of 14 threads that were answered in a day ten letters come, the other four as one
    next morning.
    """
    want(cast, "answer")
    with committing():
        for n in range(14):
            tell(cast.id("cleo"), "answer", f"answer {n}", "answer", "/feed", mail="answer",
                 by=cast.id("eva"), title=f"Faden {n}")
    leave()
    states = became("answer")
    assert states.count(("sent", None)) == 10 and states.count(("skipped", "pace")) == 4
    leave(MORNING)
    assert became("answer")[-1] == ("sent", None) and len(became("answer")) == 15
    text = mail_of("4 weitere Antworten")[0]
    assert len(re.findall(r"Faden \d+", text)) == 4


def test_news_reach_followers_in_batches(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """notify-8, spec 8: seven followers in portions of two, no more than one portion of them in
    the change that announces; each once; those who rest hear nothing, staff neither.
    """
    monkeypatch.setattr(recalling, "AT_ONCE", 2)
    house = cast.goods(WINE).producer_id
    with committing():
        for who in ("bert", "cleo", "dan", "eva", "gina", "max", "olga"):
            follow(cast.id(who), house)
        snooze(cast.id("eva"), "producer", house, 7)
    assert cast.post(cast.browser("ana"), "/studio/news", matter="news", title="Neuer Jahrgang",
                     words="Er ist da und schmeckt.").status_code == 303
    assert len(told("house_news")) <= 2
    run_due(kind="notify.followers")
    assert told("house_news") == sorted(
        cast.id(who) for who in ("bert", "cleo", "dan", "gina", "max", "olga"))


def told(title: str) -> list[int]:
    """Who has exactly one notice of this title that tells of one thing."""
    db.session.rollback()
    return sorted(db.session.scalars(db.select(Notice.person_id).where(
        Notice.title == title, Notice.count == 1)))


def test_recall_reaches_everybody_once(cast: Cast, client: object,
                                       monkeypatch: pytest.MonkeyPatch) -> None:
    """notify-8, notify-27: members in batches, also those who let the house rest and stopped all
    letters; each once.
    """
    from marketplace.notify.actions import stop_person

    monkeypatch.setattr(recalling, "AT_ONCE", 1)
    for who in ("cleo", "eva"):
        number = order_by(cast, cast.browser(who), WINE)
        send(cast, "ana", f"{number}-1")
    house = cast.goods(WINE)
    db.session.rollback()
    with committing():
        snooze(cast.id("cleo"), "producer", house.producer_id, 30)
        stop_person(cast.id("eva"), "digest", "click", everything=True)
        follow(cast.id("eva"), house.producer_id)
    assert cast.post(cast.browser("ana"), "/studio/news", matter="recall", title="Glassplitter",
                     words="Bitte nicht trinken.", product=str(house.product_id)
                     ).status_code == 303
    for kind in ("notify.recall", "notify.warn", "notify.followers"):
        run_due(kind=kind)
    leave(timedelta(0))
    rows = db.session.execute(db.select(Letter.person_id, Letter.state).where(
        Letter.template == "recalled").order_by(Letter.person_id)).all()
    assert [tuple(row) for row in rows] == [(cast.id("cleo"), "sent"), (cast.id("eva"), "sent")]
    assert told("house_news") == []


def test_resting_producer_is_silent_until_the_day(cast: Cast) -> None:
    """notify-27, dialogue-26: from the link at the house; nothing but required letters; a letter
    that waits is stopped too; ended by one click, and by itself on the day.
    """
    want(cast, "follow")
    house, cleo = cast.goods(WINE).producer_id, cast.browser("cleo")
    cast.post(cleo, "/producers/weingut-kaltbach/follow", follow="yes")
    here = "/account/notices/rest/producer/weingut-kaltbach"
    assert here in cleo.get("/producers/weingut-kaltbach").get_data(as_text=True)
    news(cast, house)
    assert cast.post(cleo, here, days="3").status_code == 422
    assert cast.post(cleo, here, days="7").status_code == 303
    assert "Ruhe bis" in cleo.get(here).get_data(as_text=True)
    news(cast, house)
    leave(MORNING)
    assert became("follow") == [("skipped", "snoozed")]
    with committing():
        tell(cast.id("cleo"), "order", "k", "recalled", "/feed", "recalled", house=house,
             name="Kaltbach", title="Wein")
    leave(timedelta(0))
    assert became("order") == [("sent", None)]
    assert "Weingut Kaltbach" in cleo.get("/account/notices/settings").get_data(
        as_text=True).split("Eine Weile Ruhe")[1]
    assert cast.post(cleo, here, end="1").status_code == 303
    news(cast, house)
    assert len(became("follow")) == 2
    assert cast.post(cleo, here, days="7").status_code == 303
    with time_machine.travel(clock.now() + timedelta(days=8), tick=False):
        news(cast, house, "b")
    assert len(became("follow")) == 3


def news(cast: Cast, house: int, key: str = "a") -> None:
    db.session.rollback()
    with committing():
        tell(cast.id("cleo"), "follow", f"news {key}", "house_news", "/feed", house=house,
             name="Kaltbach", title="Neues")


def test_resting_thread_is_silent(cast: Cast) -> None:
    """notify-27: answers in a thread that rests are told neither here nor by mail; others are; who
    may not read the thread finds no such page.
    """
    want(cast, "answer")
    cleo = cast.browser("cleo")
    sent = cast.post(cleo, "/threads/new?about=/producers/weingut-kaltbach", kind="question",
                     title="Wie lange hält er?", words="Im Kühlschrank.", openness="private",
                     step="send")
    code = str(sent.location).rsplit("/", 1)[1].split("#")[0]
    here = f"/account/notices/rest/thread/{code}"
    assert here in cleo.get(f"/threads/{code}").get_data(as_text=True)
    assert cast.browser("dan").get(here).status_code == 404
    assert cast.post(cleo, here, days="7").status_code == 303
    ana = cast.browser("ana")
    assert cast.post(ana, f"/threads/{code}", words="Eine Woche.").status_code == 303
    assert told("answer") == [] and became("answer") == []
    assert cast.post(cleo, here, end="1").status_code == 303
    assert cast.post(ana, f"/threads/{code}", words="Oder zwei.").status_code == 303
    assert told("answer") == [cast.id("cleo")]
