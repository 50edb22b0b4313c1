"""A thread in a rush is told to its house and to moderators; nothing is damped or re-sorted."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert

from marketplace.dialogue.models import Post, Thread
from marketplace.foundation import clock
from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import kinds, run_due
from marketplace.insights.models import Alert
from marketplace.insights.rules.demand import alert_from, share_of_last_hour
from marketplace.journal.actions import flush_if_due
from marketplace.journal.models import JournalCount
from marketplace.journal.rules import TYPES
from marketplace.notify.actions import choose
from marketplace.notify.models import Letter, Notice
from marketplace.people.actions import block
from tests.cast import Cast
from tests.databases import sent_statements
from tests.groups.hands import CLOSED, SECRET, put_in
from tests.notify.test_mentions import asks

EVENING = datetime(2026, 12, 1, 19, 12, tzinfo=UTC)


@pytest.fixture
def now(cast: Cast) -> Iterator[time_machine.Traveller]:
    """An evening in December, with a market that is four weeks old."""
    with time_machine.travel(EVENING, tick=False) as moved:
        yield moved


def begins(cast: Cast, days: int = 8, about: str = "/producers/weingut-kaltbach",
           who: str = "cleo", **form: str) -> Thread:
    """A thread that is some days old, and nothing else happened in it."""
    assert asks(cast, cast.browser(who), "Warum schmeckt er nach Schiefer?", about,
                **form)[0] == 303
    row = db.session.scalars(db.select(Thread).order_by(Thread.id.desc())).first()
    assert row is not None
    with committing():
        at = clock.now() - timedelta(days=days)
        db.session.execute(db.update(Thread).where(Thread.id == row.id).values(made_at=at))
        db.session.execute(db.update(Post).where(Post.thread_id == row.id).values(at=at))
    return db.session.get_one(Thread, row.id)


def reads(cast: Cast, thread: Thread, times: int, client: FlaskClient | None = None) -> None:
    """People open the thread, and the counters are written."""
    page = client or cast.app.test_client()
    for _n in range(times):
        assert page.get(f"/threads/{thread.code}").status_code == 200
    flush_if_due(force=True)


def looks() -> int:
    """The job of every five minutes; how many alerts there are now."""
    db.session.rollback()
    kinds()["insights.resonance"].run()
    db.session.rollback()
    return db.session.scalar(db.select(db.func.count(Alert.id))) or 0


def told() -> dict[int, str]:
    """Who was told, and in which words."""
    db.session.rollback()
    return dict(db.session.execute(db.select(Notice.person_id, Notice.title).where(
        Notice.class_ == "rush")).all())


def test_job_runs_every_five_minutes(app: Flask) -> None:
    """notify-25: with the door of the pages this is within ten minutes of the event."""
    assert kinds()["insights.resonance"].every_seconds == 300


def test_thresholds_without_any_history() -> None:
    """insights-12: nothing ever happened before: the least of 20 reads, 8 reactions. An hour of
    the clock counts whole for ten minutes after its end, a half at 40 past, a sixth at its end.
    """
    assert alert_from(0, 0, 0, "reads") == 20 and alert_from(0, 0, 168, "reactions") == 8
    assert [share_of_last_hour(m) for m in (0, 10, 40, 60)] == [1, 1, 0.5, pytest.approx(1 / 6)]


def test_a_rush_of_reads_is_told_once_to_house_and_moderators(
    cast: Cast, now: time_machine.Traveller
) -> None:
    """notify-25, insights-12: 19 reads tell nobody, the 20th tells ana and max, in the app; a
    second hour of the same tells nobody anew; a day later it may.
    """
    thread = begins(cast)
    reads(cast, thread, 19)
    assert looks() == 0 and told() == {}
    reads(cast, thread, 1)
    now.shift(300)
    assert looks() == 1
    assert told() == {cast.id("ana"): "rush_reads", cast.id("max"): "rush_reads"}
    row = db.session.scalars(db.select(Alert)).one()
    assert (row.measure, row.seen, row.alert_from) == ("reads", 20, 20)
    page = cast.browser("max").get("/account/notices").get_data(as_text=True)
    assert "20 mal in einer Stunde" in page and f"/threads/{thread.code}" in page
    now.shift(timedelta(hours=1))
    reads(cast, thread, 60)
    assert looks() == 1
    now.shift(timedelta(hours=25))
    reads(cast, thread, 400)
    assert looks() == 2


def test_reactions_of_all_kinds_count_and_a_mail_only_if_chosen(
    cast: Cast, now: time_machine.Traveller
) -> None:
    """notify-25: three posts, three supports and two votes in an hour; ana chose the mail, max did
    not; the letter is of the class and not required.
    """
    thread = begins(cast)
    with committing():
        choose(cast.id("ana"), "rush", "mail", True)
    for who in ("dan", "eva", "gina"):
        client = cast.browser(who)
        assert cast.post(client, f"/threads/{thread.code}",
                         words=f"Das frage ich mich auch, {who}.").status_code == 303
        assert cast.post(client, f"/threads/{thread.code}/support").status_code == 303
    run_due()
    first = db.session.scalars(db.select(Post.code).where(Post.thread_id == thread.id)
                               .order_by(Post.id)).first()
    assert looks() == 0, "six"
    for who in ("dan", "eva"):
        assert cast.post(cast.browser(who), f"/posts/{first}/votes", vote="up").status_code == 303
    assert looks() == 1
    assert told() == {cast.id("ana"): "rush_reactions", cast.id("max"): "rush_reactions"}
    assert db.session.scalars(db.select(Letter.person_id).where(Letter.class_ == "rush")
                              ).all() == [cast.id("ana")]


def test_an_ordinary_evening_tells_nobody(cast: Cast, now: time_machine.Traveller) -> None:
    """insights-12: a thread that is read 25 times an hour all week is read 25 times; by the rule
    it would need more than the 99 % quantile of its own ways.
    """
    thread = begins(cast)
    hour = clock.now().replace(minute=0)
    with committing():
        db.session.execute(insert(JournalCount), [
            {"type": TYPES["view.thread"].number, "object_kind": "thread",
             "object_id": thread.id, "hour": hour - timedelta(hours=n), "n": 25}
            for n in range(1, 170)])
    reads(cast, thread, 5)
    assert looks() == 0 and told() == {}


def test_kept_pages_count_and_machines_do_not(
    app: Flask, cast: Cast, now: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """journal 3: a page that visitors get from memory is read each time; crawlers, and browsers
    ahead of their reader, read nothing.
    """
    thread = begins(cast)
    monkeypatch.setattr(app.extensions["page_cache"], "seconds", 60)
    app.extensions["page_cache"].drop()
    for head in ({"User-Agent": "Somebot/1.0"}, {"Sec-Purpose": "prefetch;prerender"}):
        for _n in range(15):
            assert app.test_client().get(f"/threads/{thread.code}", headers=head
                                         ).status_code == 200
    for _n in range(20):
        assert app.test_client().get(f"/threads/{thread.code}").status_code == 200
    flush_if_due(force=True)
    app.extensions["page_cache"].drop()
    assert db.session.scalar(db.select(JournalCount.n).where(
        JournalCount.type == TYPES["view.thread"].number)) == 20
    assert looks() == 1


def test_private_and_hidden_threads_raise_none(cast: Cast, now: time_machine.Traveller) -> None:
    """notify-18, notify-25: what only its parties read, and what is hidden, tells nobody."""
    private = begins(cast, openness="private")
    reads(cast, private, 30, cast.browser("cleo"))
    hidden = begins(cast, who="eva")
    reads(cast, hidden, 30)
    with committing():
        db.session.execute(db.update(Thread).where(Thread.id == hidden.id)
                           .values(standing="hidden"))
    assert looks() == 0 and told() == {}


@pytest.mark.parametrize("slug", [CLOSED, SECRET])
def test_a_rush_in_a_group_reaches_who_looks_after_it_only(
    cast: Cast, now: time_machine.Traveller, slug: str
) -> None:
    """notify-18, notify-25: gina, not the site's moderator, who may not read there."""
    put_in(cast, slug, "member", "eva")
    thread = begins(cast, about=f"/groups/{slug}", who="gina", kind="topic")
    reads(cast, thread, 25, cast.browser("eva"))
    assert looks() == 1
    assert told() == {cast.id("gina"): "rush_reads"}


def test_nothing_about_the_thread_changes(cast: Cast, now: time_machine.Traveller) -> None:
    """insights-12: order, visibility and place of the thread are the same before and after; a
    block between author and staff damps nothing either.
    """
    rushed, quiet = begins(cast), begins(cast, who="eva")
    with committing():
        block(cast.id("ana"), cast.id("cleo"))
    reads(cast, rushed, 30)

    def state() -> tuple[object, ...]:
        db.session.rollback()
        rows = [tuple(row) for row in db.session.execute(
            db.select(Thread.__table__).order_by(Thread.id))]
        listed = cast.app.test_client().get("/threads", headers={"Accept": "application/json"})
        return rows, [str(card) for card in (listed.json or {}).get("threads", ())]

    before = state()
    assert looks() == 1 and state() == before
    assert quiet.id not in db.session.scalars(db.select(Alert.thread_id)).all()


def test_the_studio_shows_it(cast: Cast, now: time_machine.Traveller) -> None:
    """notify-25: beside what waits, for seven days, to those of the house alone."""
    thread = begins(cast)
    reads(cast, thread, 21)
    looks()
    assert "21 mal" in cast.browser("ana").get("/studio").get_data(as_text=True)
    assert "21 mal" not in cast.browser("bert").get("/studio").get_data(as_text=True)
    now.shift(timedelta(days=8))
    assert "21 mal" not in cast.browser("ana").get("/studio").get_data(as_text=True)


@pytest.mark.parametrize("threads", [3, 60])
def test_statements_are_as_many_for_many_threads(
    cast: Cast, now: time_machine.Traveller, threads: int
) -> None:
    """insights 8: as many for 3 threads above the least as for 60, of which none is in a rush."""
    old = clock.now() - timedelta(days=9)
    with committing():
        db.session.execute(insert(Thread), [
            {"code": secret_code(96), "kind": "topic", "title": f"Rausch {n}", "lang": "de",
             "visibility": "public", "made_at": old, "last_post_at": old, "state": "open",
             "pinned": False, "supports": 0, "replies": 0, "standing": "visible"}
            for n in range(threads)])
        ids = db.session.scalars(db.select(Thread.id)).all()
        db.session.execute(insert(JournalCount), [
            {"type": TYPES["view.thread"].number, "object_kind": "thread", "object_id": one,
             "hour": clock.now().replace(minute=0) - timedelta(hours=back), "n": 30 if back else 5}
            for one in ids for back in range(170)])
    with sent_statements() as statements:
        started = time.perf_counter()
        assert looks() == 0
        assert time.perf_counter() - started < 2
    reading = [one for one in statements if one.lstrip().upper().startswith("SELECT")]
    assert len(reading) <= 10, reading
