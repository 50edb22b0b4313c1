"""The command that says whether everything is as it should be."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
import time_machine
from flask import Flask

from marketplace.bundles.models import Bundle
from marketplace.commands.doctor import doctor
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import Job, enqueue, kinds, run_due
from marketplace.reviews.models import Score
from tests.bundles.test_views_bundles import HAT, grown_up, published
from tests.cast import Cast
from tests.reviews.hands import WINE, counts, many


def run(app: Flask, *options: str) -> tuple[int, str]:
    """Exit code and words of the command."""
    db.session.rollback()
    done = app.test_cli_runner().invoke(doctor, list(options))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def made(app: Flask) -> None:
    """Make what is derived."""
    code, words = run(app, "--repair")
    assert code == 0, words


def test_whole_market_is_well(app: Flask, cast: Cast) -> None:
    """foundation 7: every check speaks, nothing is a fault, exit code 0."""
    many(cast, 2, 1)
    made(app)
    code, words = run(app)
    assert code == 0
    assert [line.split()[1] for line in words.splitlines()] == [
        "settings", "migrations", "jobs", "index", "scores", "bundles", "nights", "facts", "papers",
        "stock", "money", "logs", "logs", "disk"]
    assert {line.split()[0] for line in words.splitlines()} == {"ok"}


def test_wrong_count_is_a_fault_until_it_is_repaired_then_a_note(app: Flask, cast: Cast) -> None:
    """Spec reviews 6: kept 9 of truly 3 answers; the night corrects it, doctor shows it after."""
    many(cast, 2, 1)
    made(app)
    product = cast.goods(WINE).product_id
    with committing():
        db.session.execute(db.update(Score).where(Score.product_id == product).values(n=9))
    code, words = run(app)
    assert code == 1
    assert f"fault scores     product {product} lot None: n kept 9, counted 3" in words
    assert counts(product) == (2, 9), "a check writes nothing"
    code, words = run(app, "--repair")
    assert code == 0
    assert f"product {product} lot None: n kept 9, counted 3" in words
    assert counts(product) == (2, 3)
    with time_machine.travel(clock.now() + timedelta(days=91), tick=False):
        kinds()["reviews.nightly"].run()
        assert "no difference was found" in run(app)[1], "kept for ninety days"


def test_counts_of_bundles_are_what_their_rows_say(app: Flask, cast: Cast) -> None:
    """bundles-28: one voice up and one saving; 5 and 7 are faults, mended from the rows."""
    made(app)
    grown_up()
    page = published(cast, cast.browser("cleo"), WINE, HAT)
    eva, slug = cast.browser("eva"), page.rpartition("/")[2]
    cast.post(eva, f"{page}/votes", vote="up")
    cast.post(eva, f"{page}/save", keep="yes")
    run_due()
    db.session.rollback()
    with committing():
        db.session.execute(db.update(Bundle).values(up=5, saves=7))
    code, words = run(app)
    assert code == 1
    assert f"{slug}: up kept 5, counted 1" in words and f"{slug}: saves kept 7, counted 1" in words
    assert run(app, "--repair")[0] == 0
    kept = db.session.execute(db.select(Bundle.up, Bundle.down, Bundle.saves)).one()
    db.session.rollback()
    assert tuple(kept) == (1, 0, 1)


def test_dead_and_late_jobs_and_a_missing_index_are_faults(app: Flask) -> None:
    """foundation 4, 7: a dead job, one an hour late, an old revision and a broken log."""
    made(app)
    with committing():
        enqueue("reviews.flag", "late", due_at=clock.now() - timedelta(hours=2))
        enqueue("reviews.flag", "fresh", due_at=clock.now())
        enqueue("search.rebuild", "dead")
        db.session.execute(db.update(Job).where(Job.key == "dead").values(state="dead"))
        db.session.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))
    code, words = run(app)
    assert code == 1
    assert "fault jobs       reviews.flag: 1 late by more than an hour" in words
    assert "fault jobs       search.rebuild: 1 dead" in words
    assert "fault migrations at 0001, the code needs" in words


def test_a_dead_job_that_was_done_since_is_no_fault(app: Flask) -> None:
    """What the sweep began again under the same key and finished has mended it."""
    with committing():
        enqueue("search.rebuild", "again")
        db.session.execute(db.update(Job).where(Job.key == "again").values(state="dead"))
        enqueue("search.rebuild", "again")
        db.session.execute(db.update(Job).where(Job.key == "again", Job.state == "waiting")
                           .values(state="done"))
    assert "1 dead" not in run(app)[1]


def test_facts_a_week_old_are_named(app: Flask, cast: Cast) -> None:
    """Spec producers 6: a figure that was not computed for a week is worth a look."""
    many(cast, 1, 0)
    made(app)
    producer = cast.goods(WINE).producer_id
    with time_machine.travel(clock.now() + timedelta(days=8), tick=False):
        _code, words = run(app)
    assert f"look  facts      producer {producer}: the verdict was not handed over" in words
    assert "fault facts" not in words
