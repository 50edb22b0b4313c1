"""Ratings from elsewhere: checked row by row, labelled, and outside of every figure."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path

import time_machine
from flask import Flask

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import kinds
from marketplace.moderation.models import Matter
from marketplace.moderation.rules import fault
from marketplace.notify.models import Letter, Notice
from marketplace.recommend.models import Signal
from marketplace.reviews.models import ImportedRating
from marketplace.reviews.queries import imported_words
from tests.cast import Cast
from tests.reviews.hands import WINE, counts, score

MAP = """
kind = "ratings"
source = "altes forum"
scale = [1, 5]
[columns]
ref = "id"
person = "user"
product = "sku"
value = "stars"
words = "text"
at = "when"
"""


def files(folder: Path, rows: int) -> tuple[Path, Path]:
    """A file of ratings of which 3 of 10 rows are broken, each in another way."""
    broken = ("K-RIE;9;", "NO-SUCH;4;", "K-RIE;vier;")
    lines = ["id;user;sku;stars;text;when"]
    for n in range(rows):
        sku, stars, _rest = (broken[n % 10] if n % 10 < 3 else "K-RIE;4;").split(";")
        lines.append(f"r{n};u{n % 7};{sku};{stars};Worte {n};2024-05-0{1 + n % 9}")
    path, known = folder / "ratings.csv", folder / "map.toml"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    known.write_text(MAP, "utf-8")
    return path, known


def test_broken_rows_are_named_and_the_rest_comes_in_once(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    """Spec 6: every row checked before any is saved; a report per row; again changes nothing."""
    path, known = files(tmp_path, 40)
    run = app.test_cli_runner()
    before = score(cast.goods(WINE).product_id)
    only = run.invoke(args=["import", "ratings", str(path), "--map", str(known), "--check"])
    assert db.session.scalars(db.select(ImportedRating)).all() == []
    db.session.rollback()
    first = run.invoke(args=["import", "ratings", str(path), "--map", str(known)])
    assert first.exit_code == 0, first.output
    for text in (only.output, first.output):
        assert "NO-SUCH" in text and "vier" in text and "not on the scale" in text
    rows = db.session.scalars(db.select(ImportedRating)).all()
    assert len(rows) == 28
    assert {row.value for row in rows} == {0.75}
    db.session.rollback()
    second = run.invoke(args=["import", "ratings", str(path), "--map", str(known)])
    assert "0 saved" in second.output
    assert len(db.session.scalars(db.select(ImportedRating)).all()) == 28
    after = score(cast.goods(WINE).product_id)
    assert (after.n, after.q10, after.stars_n) == (before.n, before.q10, 0)
    assert counts(cast.goods(WINE).product_id) == (0, 0)


def test_imported_ones_stand_apart_and_feed_taste_alone(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    """reviews-28: the source is named, no figure or JSON-LD has them, recommend gets them."""
    path, known = files(tmp_path, 20)
    done = app.test_cli_runner().invoke(
        args=["import", "ratings", str(path), "--map", str(known)])
    assert done.exit_code == 0, done.output
    page = app.test_client().get(f"/products/{WINE}").get_data(as_text=True)
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert data and "aggregateRating" not in json.loads(data.group(1))
    assert "noch keine Antworten" in page
    assert db.session.scalars(db.select(Signal.source).distinct()).all() == ["imported"]


def taken_over(app: Flask, cast: Cast, folder: Path) -> str:
    """Twenty rows come in; the code of the newest with words."""
    path, known = files(folder, 20)
    done = app.test_cli_runner().invoke(
        args=["import", "ratings", str(path), "--map", str(known)])
    assert done.exit_code == 0, done.output
    with committing():
        db.session.execute(db.update(ImportedRating).values(person_id=None))
    return imported_words(cast.goods(WINE).product_id)[0].code


def complained(cast: Cast, code: str, reason: str = "false_fact") -> str:
    """Ana's house says that a fact in it is wrong; the address of the report's status."""
    page = cast.post(cast.browser("ana"), f"/moderation/report/imported/{code}", kind=reason,
                     words="Diesen Wein gab es in dem Jahr gar nicht.")
    found = re.search(r'href="(/moderation/reports/[^"]+)"', page.get_data(as_text=True))
    assert page.status_code == 200 and found
    return found.group(1)


def states() -> list[str]:
    """The states of all matters."""
    found = list(db.session.scalars(db.select(Matter.state).order_by(Matter.id)))
    db.session.rollback()
    return found


def test_words_from_elsewhere_stand_apart_closed_with_source_and_scale(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    """reviews-28: in a closed part below, each with its source, its own scale, and where to
    complain; also where nobody here has answered.
    """
    code = taken_over(app, cast, tmp_path)
    page = app.test_client().get(f"/products/{WINE}").get_data(as_text=True)
    part = page.split('id="imported"')[1].split("</summary>")[1].split("</details>")[0]
    assert "<details" in page and " open" not in page.split('id="imported"')[1].split(">")[0]
    assert part.count("übernommen von altes forum, ohne Kaufnachweis") == 10
    assert "4 auf einer Skala von 1 bis 5" in part
    assert f"/moderation/report/imported/{code}" in part
    assert "noch keine Antworten" in page


def test_author_of_a_taken_over_text_is_asked_first(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    """reviews-28, moderation-16: a complaint about a fact waits 14 days for its author, who is
    told by notice and letter, not by whom; both sides read how it stands; then a person decides,
    the words go, and no count was ever touched.
    """
    code = taken_over(app, cast, tmp_path)
    with committing():
        db.session.execute(db.update(ImportedRating).where(ImportedRating.code == code)
                           .values(person_id=cast.id("eva")))
    status = complained(cast, code)
    assert states() == ["waiting_author"]
    text = app.test_client().get(status).get_data(as_text=True)
    assert "Wer es schrieb, wurde gefragt und kann bis" in text
    number = db.session.scalar(db.select(Matter.number))
    notice = db.session.scalar(db.select(Notice.url).where(Notice.title == "author_asked"))
    letter = db.session.scalar(db.select(Letter.person_id).where(
        Letter.template == "author_asked"))
    db.session.rollback()
    assert (notice, letter) == (f"/moderation/answers/{number}", cast.id("eva"))
    for who, seen in (("eva", 200), ("ana", 404), ("dan", 404), ("max", 404)):
        answer = cast.browser(who).get(f"/moderation/answers/{number}")
        assert answer.status_code == seen, who
    assert "Diesen Wein gab es" in cast.browser("eva").get(notice).get_data(as_text=True)
    assert "weingut" not in cast.browser("eva").get(notice).get_data(as_text=True).split(
        "<main")[1].split("</main")[0].lower()
    assert cast.post(cast.browser("eva"), notice, words="kurz").status_code == 422
    said = "Ich habe ihn im Mai in der Straußwirtschaft getrunken."
    assert cast.post(cast.browser("eva"), notice, words=said).status_code == 303
    assert states() == ["open"]
    case = cast.browser("max").get(f"/moderation/matters/{number}").get_data(as_text=True)
    assert said in case
    done = cast.post(cast.browser("max"), f"/moderation/matters/{number}", reason="false_fact",
                     measure="remove", facts="Der Wein kam erst ein Jahr später heraus.",
                     milder_why="Der ganze Satz ist die Behauptung.")
    assert done.status_code == 303
    page = app.test_client().get(f"/products/{WINE}").get_data(as_text=True)
    assert "Die Worte wurden entfernt" in page and counts(cast.goods(WINE).product_id) == (0, 0)
    assert "entfernt" in app.test_client().get("/moderation/log").get_data(as_text=True)


def test_silence_brings_the_matter_before_a_person_after_14_days(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    """moderation.md false facts: nobody known as author, 14 days, then it waits for a decision
    and says so; no machine removes words. Other reasons need no author.
    """
    code = taken_over(app, cast, tmp_path)
    complained(cast, code)
    run = kinds()["moderation.due"].run
    for days, state in ((13.9, "waiting_author"), (14.1, "open")):
        with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
            run()
            assert states() == [state]
    number = db.session.scalar(db.select(Matter.number))
    db.session.rollback()
    case = cast.browser("max").get(f"/moderation/matters/{number}").get_data(as_text=True)
    assert "hat bis" in case and "nicht geantwortet" in case
    assert imported_words(cast.goods(WINE).product_id)[0].words_standing == "visible"
    db.session.rollback()
    complained(cast, imported_words(cast.goods(WINE).product_id)[1].code, "insult")
    assert states() == ["open", "open"]
    assert fault("false_fact", "remove", "imported", "") == "milder"
