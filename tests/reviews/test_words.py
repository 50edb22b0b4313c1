"""Words of buyers: how long, what is hidden in them, and where their links lead."""

from __future__ import annotations

import re
from datetime import timedelta

from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.moderation.models import Matter
from marketplace.people.models import Person
from marketplace.reviews.models import Rating
from marketplace.reviews.rules.links import commercial_links, links
from tests.cast import Cast
from tests.reviews.hands import HAT, WINE, answered, bought, counts

LINK = "https://kueche.example/rezepte/forelle"


def test_a_megabyte_of_words_is_refused_and_the_page_stays(cast: Cast) -> None:
    """Bad input: 1 MB of words: a sentence at the field, nothing saved, no error."""
    line = bought(cast, "cleo")
    cleo = cast.browser("cleo")
    cast.post(cleo, line.url, again="yes")
    for size in (4_001, 1_000_000):
        answer = cast.post(cleo, line.url, words="a" * size, step="publish")
        assert answer.status_code == 422
        assert "Höchstens 4.000 Zeichen" in answer.get_data(as_text=True)
    assert cast.post(cleo, line.url, words="ä" * 4_000, step="publish").status_code == 303
    row = db.session.scalar(db.select(Rating))
    assert row is not None and (len(row.words), row.version) == (4_000, 2)


def test_strange_values_are_refused_by_name(cast: Cast) -> None:
    """Unknown choices and numbers give a sentence each and change nothing."""
    line = bought(cast, "cleo")
    cleo = cast.browser("cleo")
    for name, value in (("stars", "9"), ("stars", "x"), ("delight", "great"),
                        ("shown_as", "admin"), ("relation", "boss"), ("benefit", "x" * 81),
                        ("used_for_words", "x" * 41), ("private_words", "x" * 4_001)):
        answer = cast.post(cleo, line.url, again="yes", words="Gut.", **{name: value})
        assert answer.status_code == 422, name
    assert counts(line.product_id) == (0, 0)
    fine = cast.post(cleo, line.url, again="yes", words="\x1fGut.\x07", used_for="no-such-slug")
    assert fine.status_code == 303
    row = db.session.scalar(db.select(Rating))
    assert row is not None and row.words == "Gut."


def test_words_of_people_are_never_markup(cast: Cast) -> None:
    """Hostile words are shown as words."""
    answered(cast, "cleo", True, words='<script>alert(1)</script> "><img src=x onerror=y> gut')
    page = cast.app.test_client().get(f"/products/{WINE}").get_data(as_text=True)
    assert "<script>alert" not in page and "<img src=x" not in page
    assert "&lt;script&gt;" in page


def test_links_are_their_authors_not_ours(cast: Cast) -> None:
    """reviews-35: rel="ugc nofollow"; of new accounts plain text."""
    for who, joined in (("cleo", 90), ("eva", 3)):
        row = answered(cast, who, True, words=f"Rezept von {who}: {LINK}/{who}")
        with committing():
            db.session.execute(db.update(Person).where(Person.id == row.person_id).values(
                joined_on=row.given_at.date() - timedelta(days=joined)))
    page = cast.app.test_client().get(f"/products/{WINE}").get_data(as_text=True)
    tags = re.findall(rf'<a href="{LINK}/(\w+)" rel="([^"]*)"', page)
    assert tags == [("cleo", "ugc nofollow noopener")]
    assert f"{LINK}/eva" in page


def test_undeclared_selling_links_go_to_the_queue(cast: Cast) -> None:
    """reviews-35: a person looks at them; plain and declared ones are left alone."""
    shop = "https://weinshop.example/riesling?ref=cleo7"
    answered(cast, "cleo", True, words=f"Rezept: {LINK}")
    answered(cast, "eva", True, words=f"Billiger hier: {shop}", relation="ambassador")
    run_due()
    assert db.session.scalars(db.select(Matter)).all() == []
    db.session.rollback()
    row = answered(cast, "dan", True, HAT, words=f"Billiger hier: {shop}")
    run_due()
    found = db.session.scalars(db.select(Matter)).all()
    assert [(one.object_kind, one.object_id) for one in found] == [("rating", row.id)]
    assert counts(row.product_id) == (1, 1)


def test_selling_links_by_shop_path_and_partner_key() -> None:
    """Shop names, product paths and partner keys sell; recipes, papers and broken ones do not."""
    sells = ["https://www.shop-a.de/x", "http://b.example/produkt/4", "https://c.io/?utm_source=a",
             "https://d.io/page?tag=me-21", "https://e.example/warenkorb"]
    plain = [LINK, "https://de.wikipedia.org/wiki/Riesling", "https://[broken", "www.shop.de"]
    text = "Siehe " + " und ".join(sells + plain) + "."
    assert commercial_links(text) == sells
    assert links("(https://a.example/x). Und https://b.example!") == [
        "https://a.example/x", "https://b.example"]
