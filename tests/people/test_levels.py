"""Levels of trust: vectors, what they open, and that no answer is weighed by them."""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.people import actions
from marketplace.people.actions.seeing import forget_looks, thread_read, write_looks
from marketplace.people.jobs import levels
from marketplace.people.models import Person, Standing
from marketplace.people.rules.levels import (
    FOLLOWS_A_DAY,
    LINKS_A_POST,
    MENTIONS_A_POST,
    POSTS_A_DAY,
    Stands,
    count_days,
    level_of,
    noted_days,
    opening_level,
)
from tests.cast import Cast

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
SLUG = "riesling-vom-schiefer"
ROOT = Path(__file__).resolve().parents[2]


def joined(**ago: float) -> datetime:
    """A moment before now."""
    return NOW - timedelta(**ago)


VECTORS = [
    (Stands(joined(hours=23, minutes=59), threads_read=5), 0),
    (Stands(joined(hours=24), threads_read=5), 1),
    (Stands(joined(hours=24), threads_read=4), 0),
    (Stands(joined(hours=1), orders_delivered=1), 1),
    (Stands(joined(days=60), orders_delivered=1, acts_total=15, helpers=2), 1),
    (Stands(joined(days=60), orders_delivered=1, acts_total=15, helpers=3), 2),
    (Stands(joined(days=60), orders_delivered=1, acts_total=14, helpers=3), 1),
    (Stands(joined(days=200), orders_delivered=1, acts_total=20, acts_days=20, helpers=10), 3),
    (Stands(joined(days=200), orders_delivered=1, acts_total=20, acts_days=19, helpers=10), 2),
    (Stands(joined(days=200), orders_delivered=1, acts_total=20, acts_days=20, helpers=9), 2),
]


@pytest.mark.parametrize(("one", "level"), VECTORS)
def test_vectors(one: Stands, level: int) -> None:
    """people-11: the level vectors of 3.12."""
    assert level_of(one, NOW) == level


def test_highest_level_falls_after_14_days_below() -> None:
    """people-11: 3 is kept for 14 days below it, then it is 2; 1 and 2 do not fall."""
    below = Stands(joined(days=400), orders_delivered=1, acts_total=40, acts_days=3, helpers=12,
                   level=3)
    assert level_of(replace(below, below_since=NOW.date() - timedelta(days=13)), NOW) == 3
    assert level_of(replace(below, below_since=NOW.date() - timedelta(days=14)), NOW) == 2
    assert level_of(replace(below, level=2, helpers=0, acts_total=0), NOW) == 2
    assert level_of(Stands(joined(days=9), level=1), NOW) == 1


def test_upheld_measure_and_sham() -> None:
    """people-11: a measure within 90 days closes level 3; a sham review sets 0 for 90 days."""
    best = Stands(joined(days=400), orders_delivered=1, acts_total=40, acts_days=30, helpers=12,
                  level=3)
    assert level_of(replace(best, upheld_at=joined(days=89)), NOW) == 2
    assert level_of(replace(best, upheld_at=joined(days=90)), NOW) == 3
    assert level_of(replace(best, sham_at=joined(days=89)), NOW) == 0
    assert level_of(replace(best, level=0, sham_at=joined(days=90)), NOW) == 3


def test_days_are_bits() -> None:
    """Acts yesterday and today are 0b11; after 100 days they are out; twice a day is one."""
    day = date(2026, 5, 4)
    first = noted_days("0", day, day)
    assert (first, noted_days(first, day, day)) == ("1", "1")
    second = noted_days(first, day, day + timedelta(days=1))
    assert second == "3" and count_days(second, day + timedelta(days=1), day + timedelta(days=1)
                                        ) == 2
    assert count_days(second, day + timedelta(days=1), day + timedelta(days=100)) == 1
    assert count_days(second, day + timedelta(days=1), day + timedelta(days=101)) == 0
    assert len(f"{(1 << 100) - 1:x}") <= 26


def test_limits_and_what_opens_them() -> None:
    """people-12, the table of 3.12: posts, links, mentions and follows by level."""
    assert (POSTS_A_DAY[0], POSTS_A_DAY[1], POSTS_A_DAY[2]) == (3, 30, 100)
    assert (LINKS_A_POST[0], LINKS_A_POST[1]) == (0, 3)
    assert (MENTIONS_A_POST[1], FOLLOWS_A_DAY[0]) == (5, 10)
    assert [opening_level(POSTS_A_DAY, n) for n in range(4)] == [1, 2, None, None]


def ask(cast: Cast, who: str, words: str, n: int = 0) -> tuple[int, str]:
    """Begin a thread; status and page."""
    sent = cast.post(cast.browser(who), f"/threads/new?about=/products/{SLUG}", kind="question",
                     step="send", title=f"Frage Nummer {n}", words=words, openness="public")
    return sent.status_code, sent.get_data(as_text=True)


def at_level(cast: Cast, who: str, level: int) -> None:
    """Put somebody on a level."""
    with committing():
        db.session.execute(sa.update(Person).where(Person.id == cast.id(who)).values(
            trust_level=level))


def test_links_and_mentions_are_refused_beside_the_words(cast: Cast) -> None:
    """people-12: 422 with the level that opens them; nothing typed is lost."""
    at_level(cast, "dan", 0)
    status, page = ask(cast, "dan", "Siehe https://example.org bitte.")
    assert status == 422 and "Stufe 1" in page and "Siehe https://example.org bitte." in page
    assert ask(cast, "dan", "Was sagt @eva dazu?")[0] == 422
    at_level(cast, "dan", 1)
    four = " ".join(f"https://example.org/{n}" for n in range(4))
    assert ask(cast, "dan", four)[0] == 422
    assert ask(cast, "dan", four.rsplit(" ", 1)[0])[0] == 303
    assert ask(cast, "dan", "post@example.org ist keine Erwähnung", 2)[0] == 303


def test_fourth_post_of_a_newcomer_is_refused(cast: Cast) -> None:
    """people-12: the 4th post of a day gets 429 and names the level that opens more."""
    at_level(cast, "dan", 0)
    got = [ask(cast, "dan", f"Eine Frage mit Nummer {n}", n) for n in range(4)]
    assert [status for status, _page in got] == [303, 303, 303, 429]
    assert "Stufe 1" in got[3][1]


def test_a_delivered_order_opens_level_1(cast: Cast) -> None:
    """3.12: kept by reactions; the order is an act too."""
    from tests.stories.test_circle import order_by, send

    at_level(cast, "cleo", 0)
    cleo = cast.browser("cleo")
    number = order_by(cast, cleo, SLUG)
    run_due()
    send(cast, "ana", f"{number}-1")
    cast.post(cleo, f"/orders/{number}/parts/1/arrived")
    run_due()
    row = db.session.execute(sa.select(
        Standing.orders_delivered, Standing.acts_total, Person.trust_level)
        .join(Person, Person.id == Standing.person_id)
        .where(Person.handle == "cleo")).one()
    assert row[0] >= 1 and row[1] == 1 and row[2] == 1


def test_five_threads_read_and_a_day_open_level_1(cast: Cast) -> None:
    """3.12: reading is noted after the answer, each thread once."""
    at_level(cast, "dan", 0)
    dan = cast.id("dan")
    forget_looks()
    with committing():
        db.session.execute(sa.update(Person).where(Person.id == dan).values(
            joined_at=datetime.now(UTC) - timedelta(hours=25)))
    for n in (1, 2, 2, 3, 4):
        thread_read(dan, 0, n)
    with committing():
        write_looks()
    assert db.session.scalar(sa.select(Person.trust_level).where(Person.id == dan)) == 0
    thread_read(dan, 0, 4)
    thread_read(dan, 0, 5)
    with committing():
        write_looks()
    assert db.session.scalar(sa.select(Person.trust_level).where(Person.id == dan)) == 1


def test_nightly_job_raises_and_lowers(cast: Cast) -> None:
    """The job `people.levels` goes through everybody; a level given before stays."""
    cleo = cast.id("cleo")
    with committing():
        actions.note_act(cleo, orders_delivered=1)
        db.session.execute(sa.update(Standing).values(acts_total=15, helpers=3))
    levels()
    got = dict(db.session.execute(sa.select(Person.handle, Person.trust_level)).all())
    assert got["cleo"] == 2 and got["dan"] == 1


def test_thanks_count_alike_for_yes_and_no(cast: Cast) -> None:
    """people-29: two members who differ only in yes and no answers have equal thanks."""
    from tests.stories.test_circle import order_by, send

    for who, again in (("cleo", "yes"), ("eva", "no")):
        client = cast.browser(who)
        number = order_by(cast, client, SLUG)
        run_due()
        send(cast, "ana", f"{number}-1")
        line = db.session.scalar(sa.text("SELECT max(id) FROM order_lines"))
        db.session.rollback()
        path = f"/orders/{number}/lines/{line}/rating"
        assert cast.post(client, path, again=again).status_code == 303
        cast.post(client, path, words=f"Worte von {who} dazu.", step="publish")
    run_due()
    for code in db.session.scalars(sa.text("SELECT code FROM ratings ORDER BY id")).all():
        for who in ("dan", "gina"):
            cast.post(cast.browser(who), f"/ratings/{code}/helpful", vote="up")
    rows = db.session.execute(sa.select(
        Person.handle, Standing.helpers, Standing.answers, Standing.ideas, Standing.acts_total)
        .join(Standing, Standing.person_id == Person.id)
        .where(Person.handle.in_(("cleo", "eva")))).all()
    assert len(rows) == 2 and rows[0][1:] == rows[1][1:], rows


def test_no_rating_code_reads_a_level() -> None:
    """people-11: no code path of weighing, scoring or recommending reads trust_level."""
    places = [*ROOT.glob("marketplace/reviews/**/*.py"),
              *ROOT.glob("marketplace/recommend/rules/**/*.py"),
              *ROOT.glob("marketplace/recommend/queries/**/*.py"),
              *ROOT.glob("marketplace/search/**/*.py"), *ROOT.glob("marketplace/insights/**/*.py")]
    assert len(places) > 60
    for path in places:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = getattr(node, "attr", None) or getattr(node, "id", None)
            assert name not in ("trust_level", "level_of"), path


def test_standing_is_counted_anew_out_of_what_people_did(cast: Cast) -> None:
    """2: `doctor --repair` rebuilds what the reactions kept; the same comes out."""
    from marketplace.handlers.standing import rebuild
    from tests.stories.test_circle import order_by, send

    cleo = cast.browser("cleo")
    number = order_by(cast, cleo, SLUG)
    run_due()
    send(cast, "ana", f"{number}-1")
    run_due()
    ask(cast, "eva", "Passt er zu Spargel?")
    run_due()
    names = (Standing.person_id, Standing.acts_days, Standing.acts_total,
             Standing.orders_delivered, Standing.helpers, Standing.answers)
    before = [tuple(row) for row in db.session.execute(
        sa.select(*names).order_by(Standing.person_id))]
    db.session.rollback()
    with committing():
        assert rebuild() >= 2
    after = [tuple(row) for row in db.session.execute(
        sa.select(*names).order_by(Standing.person_id))]
    assert after == before and before
