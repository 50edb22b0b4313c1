"""Ratings from elsewhere: checked row by row, labelled, and outside of every figure."""

from __future__ import annotations

import json
import re
from pathlib import Path

from flask import Flask

from marketplace.foundation.database import db
from marketplace.recommend.models import Signal
from marketplace.reviews.models import ImportedRating
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
