"""Wishes in plain words on `/ask`: chips one can change, goods, a bundle, or the people."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient

from marketplace.foundation.database import db
from marketplace.search.jobs import rebuild
from tests.cast import Cast

WINE, HAT = "riesling-vom-schiefer", "muetze-deichwind"


@pytest.fixture
def indexed(app: Flask, cast: Cast) -> None:
    """The goods of the cast stand in the index."""
    rebuild()
    db.session.rollback()


def asked(client: FlaskClient, words: str, **other: str) -> str:
    """The page of a wish."""
    given = client.get("/ask?" + urlencode({"q": words, **other}))
    assert given.status_code == 200
    return unescape(given.get_data(as_text=True))


def plain(page: str) -> str:
    """Its words."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2]).split())


def found(page: str) -> list[str]:
    """Slugs of the goods that are shown, each once."""
    return list(dict.fromkeys(re.findall(r'href="[^"]*/products/([\w-]+)', page.partition(
        "<main")[2])))


def test_a_wish_gives_goods_and_says_what_was_understood(
        client: FlaskClient, cast: Cast, indexed: None) -> None:
    """search-7: category and price are chips; at most five goods, both white wines under twelve."""
    page = asked(client, "Weißwein unter 12 Euro")
    assert "Verstanden: bis 12,00 €, Weißwein." in plain(page)
    assert set(found(page)) == {WINE, "literwein-fuer-alle-tage"}
    assert found(asked(client, "Weißwein unter 7 Euro")) == ["literwein-fuer-alle-tage"]


def test_words_for_a_shelf_put_its_goods_in_order(
        client: FlaskClient, cast: Cast, indexed: None) -> None:
    """search-7: whoever wants a pullover sees those called so first, then the rest of the shelf; a
    search for what nothing there is called shows the shelf and says which word it let go.
    """
    page = asked(client, "Pullover bis 160 Euro")
    assert "Verstanden: bis 160,00 €, Strick." in plain(page)
    assert found(page) == ["fischerpullover", HAT]
    assert found(asked(client, "Pullover bis 50 Euro")) == [HAT]
    shelf = plain(unescape(client.get("/search?q=Strickjacke").get_data(as_text=True)))
    assert "Fischerpullover" in shelf and "ohne Strickjacke gibt es" in shelf
    none = plain(unescape(client.get("/search?q=Strickrock").get_data(as_text=True)))
    assert "Fischerpullover" not in none, "a skirt is no pullover"


def test_a_chip_can_be_taken_away_or_changed(client: FlaskClient, cast: Cast, indexed: None
                                             ) -> None:
    """search-7: without the price two wines; red instead of white the red one; another limit."""
    words = "Weißwein unter 7 Euro"
    page = asked(client, words)
    link = re.search(r'href="(/ask[^"]*drop=price[^"]*)"', page)
    assert link
    less = unescape(client.get(link[1]).get_data(as_text=True))
    assert "Verstanden: Weißwein." in plain(less) and len(found(less)) == 2
    red = asked(client, words, **{"as:category:white-wine": "red-wine", "drop": "price:-700"})
    assert found(red) == ["spaetburgunder-dorfkern"] and "Verstanden: Rotwein." in plain(red)
    more = asked(client, words, **{"as:price:-700|low": "", "as:price:-700|high": "12"})
    assert len(found(more)) == 2 and "bis 12,00 €" in plain(more)
    gone = re.search(r'href="(/ask[^"]*drop=price[^"]*)"', more)
    assert gone and "bis 12,00" not in plain(unescape(client.get(gone[1]).get_data(as_text=True)))


def test_words_that_are_not_understood_stay_as_text(client: FlaskClient, cast: Cast, indexed: None
                                                    ) -> None:
    """search-7: said so, and looked for."""
    page = asked(client, "Weißwein Schiefer")
    assert "„Schiefer“ wird als Text gesucht" in plain(page) and found(page)[0] == WINE


def test_what_is_in_the_way_is_named(client: FlaskClient, cast: Cast, indexed: None) -> None:
    """search, wishes: nothing white under a euro; without the price two, and the people."""
    page = asked(client, "Weißwein unter 1 Euro")
    assert not found(page)
    assert "Nichts erfüllt alles davon. Etwas passt, wenn du das weglässt: bis 1,00 € 2" \
        in plain(page)
    assert 'href="/asks/new?wish=Wei' in page


def test_several_parts_become_a_private_draft(client: FlaskClient, cast: Cast, indexed: None
                                              ) -> None:
    """search-7, bundles-32: wine and knitwear of two houses, a candle nobody has: a draft of eva's
    with both, private, the third named as still wanted; nothing for visitors.
    """
    words = "Weißwein, Strick und Kerze"
    eva = cast.browser("eva")
    page = asked(eva, words)
    slots = re.findall(r'name="(slot\d)" value="(\d+)" checked', page)
    assert [name for name, _id in slots] == ["slot0", "slot1"], plain(page)[:900]
    chosen = dict(slots)
    assert cast.post(client, "/ask/bundle", q=words, **chosen).status_code == 303
    assert count("SELECT count(*) FROM bundles") == 0
    made = cast.post(eva, "/ask/bundle", q=words, **chosen)
    assert made.status_code == 303 and made.location.endswith("/edit")
    row = db.session.execute(db.text("SELECT id, state, words, title FROM bundles")).one()
    assert row.state == "draft" and row.words == "Still wanted: Candles." and row.title == words
    items = set(db.session.scalars(db.text("SELECT product_id FROM bundle_items")))
    assert items == {int(value) for value in chosen.values()}
    slug = made.location.split("/")[-2]
    assert client.get(f"/bundles/{slug}").status_code == 404


def test_a_draft_needs_two_parts_that_were_offered(client: FlaskClient, cast: Cast, indexed: None
                                                   ) -> None:
    """search, wishes: foreign numbers, one part alone and nonsense make nothing."""
    eva = cast.browser("eva")
    hat = cast.goods(HAT).product_id
    for form in ({}, {"slot0": str(hat)}, {"slot0": "x" * 50, "slot1": "-1"},
                 {"slot0": "999999", "slot1": str(hat)}):
        sent = cast.post(eva, "/ask/bundle", q="Weißwein und Strick", **form)
        assert sent.status_code == 303 and "/ask?q=" in sent.location
    assert count("SELECT count(*) FROM bundles") == 0


@pytest.mark.parametrize("words", [
    "", "\x07", "' OR 1=1 --", "(((*** AND NOT", "\"", "🍷" * 60, "ohne ohne ohne", "x" * 10_000,
    "\u202eWein", "für -5 Euro bis", "zwischen 9999999999 und 1 Euro"])
def test_any_text_is_a_page(client: FlaskClient, cast: Cast, indexed: None, words: str) -> None:
    """search, faults: text, never an operator; what is beyond 200 signs is said to be left out."""
    page = asked(client, words)
    assert ("Nur die ersten 200 Zeichen" in page) == (len(words) > 200)
    for name, value in (("as:price:-1|low", "x"), ("as:category:", "'"), ("as:" + "y" * 999, "z"),
                        ("drop", "'")):
        asked(client, words or "Wein", **{name: value})


def test_without_an_index_titles_are_found(client: FlaskClient, cast: Cast) -> None:
    """search, faults: no index yet, and the page still answers."""
    assert asked(client, "Riesling")


def count(query: str) -> int:
    """A number from the database as it stands."""
    db.session.rollback()
    return int(db.session.scalar(db.text(query)) or 0)
