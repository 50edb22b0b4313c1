"""What becomes of answers when an account goes; and what a person can take along."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
import sqlalchemy as sa

from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.reviews.actions import forget, raise_flag, rebuild_scores
from marketplace.reviews.models import Rating, RatingPhoto
from marketplace.reviews.queries import personal
from tests.cast import Cast
from tests.reviews.hands import HAT, WINE, answered, bought, counts, lot
from tests.reviews.test_photos import picture

SECRETS = ("Kartoffelsalat", "Geheimnis", "Rabattwort", "Muschelfest")
TABLES = ("ratings", "rating_versions", "rating_photos", "rating_flags", "relations", "taps",
          "helpful_votes", "text_prints", "rating_occasions", "invitations")


def much(cast: Cast) -> list[int]:
    """An answer with everything on it, and one with two lots; their files."""
    line = bought(cast, "cleo")
    cleo = cast.browser("cleo")
    cast.post(cleo, line.url, again="no")
    done = cast.post(
        cleo, line.url, words="Zum Kartoffelsalat eher nicht, viel zu sauer dafür.",
        private_words="Mein Geheimnis: Er stand warm.", used_for_words="Muschelfest",
        pictures=[(BytesIO(picture()), "Geheimnis.jpg")], alt="Kartoffelsalat", step="publish")
    assert done.status_code == 303
    cast.post(cleo, line.url, words="x", private_words="Geheimnis", step="draft")
    for year, again in (("2023", True), ("2024", False)):
        answered(cast, "cleo", again, HAT, lot_id=lot(cast, year, int(year), HAT),
                 benefit="Rabattwort")
    other = answered(cast, "eva", True)
    cast.post(cleo, f"/ratings/{other.code}/helpful", vote="up")
    cast.post(cleo, f"/products/{WINE}/tap", vote="up")
    run_due()
    ids = list(db.session.scalars(db.select(Rating.id).where(
        Rating.person_id == cast.id("cleo"))))
    db.session.rollback()
    with committing():
        raise_flag(ids[0], "own_history", {"alike": 0, "words": "Kartoffelsalat"})
    return ids


@pytest.mark.parametrize(("how", "wine", "hat"), [("delete", (1, 1), (0, 0)),
                                                  ("anonymise", (1, 2), (0, 1))])
def test_no_personal_string_stays(cast: Cast, how: str, wine: tuple[int, int],
                                  hat: tuple[int, int]) -> None:
    """reviews-27: no word, key or picture stays; deleted leaves the score, anonymous counts."""
    much(cast)
    person = cast.id("cleo")
    files = [name for row in db.session.scalars(db.select(RatingPhoto))
             for _kind, _width, name in row.renditions]  # type: ignore[misc]
    db.session.rollback()
    with committing():
        forget(person, how)  # type: ignore[arg-type]
    kept = " ".join(str(row) for table in TABLES
                    for row in db.session.execute(sa.text(f"SELECT * FROM {table}")))
    assert not [secret for secret in SECRETS if secret in kept]
    for table in ("ratings", "relations", "taps", "helpful_votes", "invitations"):
        left = db.session.scalar(sa.text(
            f"SELECT count(*) FROM {table} WHERE person_id = {person}"))
        assert left == 0, table
    assert f"'m{person}'" not in kept  # a value of its own, not two signs of a code
    assert (counts(cast.goods(WINE).product_id), counts(cast.goods(HAT).product_id)) == (wine, hat)
    db.session.rollback()
    with committing():
        assert rebuild_scores() == 0
    run_due()
    storage = cast.app.extensions["doors"].storage
    assert not [name for name in files if storage.path(name).exists()]
    page = cast.app.test_client().get(f"/products/{WINE}").get_data(as_text=True)
    assert ("Vom Autor gelöscht" in page) == (how == "delete")
    assert "Cleo" not in page.split('id="verdict"')[1].split("</section>")[0]
    code = db.session.scalar(db.select(Rating.code).where(Rating.words_standing == "erased"))
    history = cast.app.test_client().get(f"/ratings/{code}").get_data(as_text=True)
    assert "früheres Mitglied" in history


def test_person_takes_everything_along(cast: Cast) -> None:
    """L-27: all that this room holds of a person, as plain values; nothing of others."""
    much(cast)
    found = personal(cast.id("cleo"))
    text = json.dumps(found, default=str, ensure_ascii=False)
    assert "Kartoffelsalat" in text and "Geheimnis" in text
    assert {name: len(rows) for name, rows in found.items() if name != "rating_versions"} == {
        "ratings": 3, "helpful_votes": 1, "imported_ratings": 0, "taps": 1, "relations": 0,
        "invitations": 3}
    assert personal(cast.id("dan"))["ratings"] == []
