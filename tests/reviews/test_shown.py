"""What is printed of answers: always with n and period, never imported, never who or when."""

from __future__ import annotations

import json
import re
from typing import Any

from flask.testing import FlaskClient

from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.people.actions import set_visibility
from marketplace.reviews.models import Rating
from marketplace.reviews.rules.score import difference
from tests.cast import Cast
from tests.reviews.hands import HAT, RED, WINE, answered, bought, given, many, say

DE = {"Accept-Language": "de"}


def page(client: FlaskClient, path: str = f"/products/{WINE}") -> str:
    """A page in German."""
    return client.get(path, headers=DE).get_data(as_text=True)


def linked_data(client: FlaskClient) -> dict[str, Any]:
    """The JSON-LD of the product."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page(client), re.S)
    assert found
    data: dict[str, Any] = json.loads(found.group(1))
    return data


def test_product_nobody_answered_about(client: FlaskClient, cast: Cast) -> None:
    """reviews-2: n = 0 "noch keine Antworten", and the next step."""
    text = page(client)
    assert "noch keine Antworten" in text
    assert "Noch niemand hat geantwortet" in text
    assert "0 %" not in text


def test_forms_of_the_verdict(cast: Cast, client: FlaskClient) -> None:
    """Spec 3: 1..4 "erst n", 5..9 "7 von 9", from 10 with the share; answered/bought from 5."""
    many(cast, 3, 1)
    assert "erst 4 Antworten" in page(client)
    many(cast, 4, 1)
    assert "<b>7 von 9</b>" in page(client)
    many(cast, 2, 0)
    text = page(client)
    assert re.search(r"<b>9 von 11</b> <span>\(82\s%\)", text)
    assert "11 von 11 Käufern haben geantwortet" in text
    assert re.search(r"zwischen 52 und 95\s*%", text)


def test_every_score_carries_its_number_period_and_way(cast: Cast, client: FlaskClient) -> None:
    """reviews-4: cards, product, home, category, group lists: n, period, "Wie berechnet?"."""
    many(cast, 8, 3)
    run_due()
    for path in ("/products", "/categories/white-wine", f"/products/{RED}", f"/products/{WINE}",
                 "/producers/weingut-kaltbach", "/search?q=Riesling"):
        text = page(client, path)
        blocks = re.findall(r'<div class="verdict verdict-\w+">(.*?)</div>', text, re.S)
        said = [one for one in blocks if "8 von 11" in one]
        assert said, path
        for one in said:
            assert "/how-reviews-are-checked" in one and "Wie berechnet?" in one, path
            assert re.search(r"\w+ \d{4} bis \w+ \d{4}", one), path


def test_machines_get_stars_with_their_own_number(cast: Cast, client: FlaskClient) -> None:
    """reviews-4: left out below n = 10; the star mean with its n and period, aside ones out:
    M = (5*8 + 1*2)/10 = 4.2; ten answers: (10*4.2 + 42)/20 = 4.2.
    """
    many(cast, 8, 0, stars=5)
    many(cast, 0, 1, stars=1)
    many(cast, 5, 0)
    answered(cast, "cleo", True, stars=5, relation="family")
    assert "aggregateRating" not in linked_data(client)
    many(cast, 0, 1, stars=1)
    found = linked_data(client)["aggregateRating"]
    assert (found["ratingValue"], found["ratingCount"], found["bestRating"]) == (4.2, 10, 5)
    assert re.search(r"\d{4}-\d\d to \d{4}-\d\d", found["description"])
    assert "/how-reviews-are-checked" in found["url"]


def test_public_pages_show_the_chosen_name_and_the_month(cast: Cast, client: FlaskClient) -> None:
    """reviews-19: handle or "Käufer·in" as chosen, month and year, never the day or the order."""
    for who, shown in (("cleo", "handle"), ("eva", "buyer")):
        answered(cast, who, True, words=f"Worte von jemandem, Nummer {len(who)}.", shown_as=shown)
    number = db.session.scalar(db.text("SELECT number FROM orders ORDER BY id"))
    db.session.rollback()
    for accept in ("text/html", "application/json"):
        answer = client.get(f"/products/{WINE}", headers={**DE, "Accept": accept})
        text = answer.get_data(as_text=True).split("verdict", 1)[1]
        assert "/members/cleo" in text and "/members/eva" not in text and "Eva" not in text
        for secret in (str(number), "cleo@example.org", "eva@example.org", "Feldweg"):
            assert secret not in text
        shown = set(re.findall(r"[\w.-]+@example\.org", text))
        assert shown <= {"weingut-kaltbach@example.org"}, "only the seller's own address"
        assert not re.search(r"\b\d{1,2}\. (Oktober|November) 2026", text.split("Fragen")[0])


def test_three_kinds_of_words_are_told_apart_in_words(cast: Cast, client: FlaskClient) -> None:
    """reviews-24: company text, customer verdict and checked purchase carry different words."""
    answered(cast, "cleo", True, words="Ein heller Wein für helle Tage.")
    text = page(client)
    peers = re.search(r'class="voice-peers[^>]*>.*?kicker[^>]*>(.*?)<', text, re.S)
    labels = {"Kauf geprüft", "Was Käufer sagen"}
    assert peers is not None or "voice-peers" in text
    assert all(one in text for one in labels)
    assert "voice-producer" in text
    said = re.findall(r'<section class="voice-(?:peers|producer)[^>]*>\s*<\w+[^>]*>(.*?)</', text)
    assert len(said) == len(set(said))


def test_list_on_the_profile_is_for_members_until_opened(cast: Cast, client: FlaskClient) -> None:
    """reviews-33: members only by default; opened by the member; orders never appear."""
    line = bought(cast, "cleo")
    say(cast, "cleo", line, words="Meine Meinung zu diesem Riesling.")
    dan = cast.browser("dan")
    assert "Meine Meinung" not in page(client, "/members/cleo")
    assert "Meine Meinung" in page(dan, "/members/cleo")
    with committing():
        set_visibility(cast.id("cleo"), {"ratings": "everyone"})
    for browser in (client, dan):
        text = page(browser, "/members/cleo")
        assert "Meine Meinung" in text and line.number not in text


def test_overlapping_intervals_are_no_difference() -> None:
    """reviews-34: the rule that compare uses; 27/30 and 12/20 overlap, 90/100 and 50/100 not."""
    assert difference((27, 30), (12, 20)) == difference((0, 0), (3, 3)) == "none"
    assert difference((90, 100), (50, 100)) == "first"


def test_person_with_ten_thousand_answers_costs_the_same(
    cast: Cast, statements: list[str]
) -> None:
    """Bad input: 10,000 answers of one person: profile in the same statements, first page only."""
    row = answered(cast, "cleo", True, words="Eine von sehr vielen Antworten.")
    dan = cast.browser("dan")
    page(dan, "/members/cleo")
    statements.clear()
    page(dan, "/members/cleo")
    few = len(statements)
    template = {c.name: getattr(row, c.name) for c in Rating.__table__.columns if c.name != "id"}
    lots = _lots(row.product_id, 10_000)
    db.session.rollback()
    with committing():
        db.session.execute(db.insert(Rating), [
            {**template, "code": f"c{n}", "lot_id": lot} for n, lot in enumerate(lots)])
    page(dan, "/members/cleo")  # what is kept for a minute may have grown old meanwhile
    statements.clear()
    text = page(dan, "/members/cleo")
    assert len(statements) == few
    assert text.count('class="review"') <= 20


def _lots(product_id: int, many_: int) -> list[int]:
    from marketplace.catalog.models import Lot

    db.session.rollback()
    with committing():
        db.session.execute(db.insert(Lot), [
            {"product_id": product_id, "label": f"L{n}", "kind": "batch", "sequence": n}
            for n in range(many_)])
        return list(db.session.scalars(db.select(Lot.id).where(Lot.product_id == product_id)))


def test_answers_given_elsewhere_do_not_move_a_product(cast: Cast, client: FlaskClient) -> None:
    """A hat's answers stay the hat's."""
    given(many(cast, 0, 4, HAT)[0], 3)
    assert "noch keine Antworten" in page(client)
