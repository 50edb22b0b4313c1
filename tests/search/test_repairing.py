"""Search, faults: an index that is missing, damaged, locked or old; answers go on, it repairs."""

from __future__ import annotations

import html
import random
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from marketplace.adapters.doors import doors
from marketplace.adapters.fulltext.folders import Folders
from marketplace.adapters.fulltext.whoosh import WhooshIndex
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import Job, run_one
from marketplace.notify.models import Notice
from marketplace.search.actions import changed
from marketplace.search.jobs import check
from marketplace.search.models import SearchRebuild
from marketplace.search.queries.operating import index_fault
from tests.cast import Cast
from tests.search.hands import indexed, settled


@pytest.fixture
def files(app: Flask, cast: Cast) -> Iterator[Path]:
    """The index in files, just made for the second time, of which nothing was read yet."""
    indexed(app)
    indexed(app)
    index = WhooshIndex(Path(app.config["ZURUF"].instance) / "index", wait_seconds=.1)
    kept, doors().fulltext = doors().fulltext, index
    yield Path(app.config["ZURUF"].instance) / "index"
    doors().fulltext = kept


def gone(folder: Path) -> None:
    """Nothing is left."""
    shutil.rmtree(folder)


def flipped(folder: Path) -> None:
    """One bit of the only segment is another."""
    path = next(Folders(folder).pointed().glob("*.seg"))  # type: ignore[union-attr]
    data = bytearray(path.read_bytes())
    data[random.Random(3).randrange(len(data))] ^= 4
    path.write_bytes(data)


def without_segment(folder: Path) -> None:
    """The file with the words is gone."""
    next(Folders(folder).pointed().glob("*.seg")).unlink()  # type: ignore[union-attr]


def no_former(folder: Path) -> None:
    """There is no index before the one in force."""
    for one in folder.glob("index-*"):
        if one != Folders(folder).pointed():
            shutil.rmtree(one)


def age() -> None:
    """The last making anew was long ago."""
    with committing():
        for row in db.session.scalars(db.select(SearchRebuild)):
            row.started_at = clock.now() - timedelta(hours=1)


@pytest.mark.parametrize("harm", [gone, flipped, without_segment])
@pytest.mark.parametrize("former", [True, False], ids=["with a former index", "alone"])
def test_broken_index_is_answered_for_told_and_repaired(
    app: Flask, cast: Cast, files: Path, harm: Callable[[Path], None], former: bool,
) -> None:
    """Visitors find by title and by maker, the operator reads why, within a minute a new index is
    there, and the operators are told once.
    """
    if not former:
        no_former(files)
    harm(files)
    for words in ("Riesling", "Kaltbach"):
        page = app.test_client().get(f"/search?q={words}")
        assert page.status_code == 200 and "/products/riesling-vom-schiefer" in page.text
    fault = "damaged" if former and harm is not gone else "missing"
    assert index_fault() == fault
    seen = html.unescape(cast.browser("olga").get("/operator/search").text)
    assert {"damaged": "Der neueste Index ist beschädigt",
            "missing": "Es gibt keinen Index"}[fault] in seen
    age()
    check()
    settled(app)
    assert index_fault() == "" and doors().fulltext.health().documents > 5
    titles = db.session.scalars(db.select(Notice.title).where(
        Notice.person_id == cast.id("olga"), Notice.title == "index_faulty")).all()
    assert len(titles) == 1
    assert "Suchindex" in cast.browser("olga").get("/account/notices").text


def test_index_older_than_the_database_is_made_anew(app: Flask, cast: Cast, files: Path) -> None:
    """An index that lacks goods, as one from a backup: they are found a minute later."""
    engine = doors().fulltext
    engine.remove([f"product:{cast.goods('riesling-vom-schiefer').product_id}"])
    assert index_fault() == "older"
    with committing():
        changed("product", [cast.goods("riesling-vom-schiefer").product_id])
    assert index_fault() == "", "a change that waits is no fault"
    assert run_one(kind="search.reindex") and index_fault() == ""
    engine.remove([f"product:{cast.goods('riesling-vom-schiefer').product_id}"])
    check()
    assert index_fault() == "older", "the last one was made less than ten minutes ago"
    age()
    check()
    settled(app)
    assert index_fault() == ""


def test_locked_index_answers_and_changes_wait(app: Flask, cast: Cast, files: Path) -> None:
    """Another process holds the lock: searching goes on, the change stays in the outbox."""
    product = cast.goods("riesling-vom-schiefer").product_id
    with committing():
        changed("product", [product])
    with Folders(files).writing(1):
        run_one(kind="search.reindex")
        assert "/products/riesling-vom-schiefer" in app.test_client().get("/search?q=Riesling").text
    db.session.rollback()
    row = db.session.scalars(db.select(Job).where(Job.kind == "search.reindex")
                             .order_by(Job.id.desc())).first()
    assert row is not None and row.state == "waiting" and "IndexBusy" in (row.error or "")
    with committing():
        row.due_at = clock.now()
    assert run_one(kind="search.reindex") and index_fault() == ""
