"""recommend-18, reviews-32: what is passed on holds no price and no address; nothing is posted."""

from __future__ import annotations

import html
import re

import pytest
from flask.testing import FlaskClient

from marketplace.web.sharing import passed_on
from tests.cast import Cast
from tests.recommend.test_asks import WISH, asked
from tests.recommend.test_views_recommend import follows, given

WINE = "/products/riesling-vom-schiefer"


@pytest.mark.parametrize(("words", "left"), [
    ("Ein Weißwein zu Spargel, bis 15 Euro.", "Ein Weißwein zu Spargel."),
    ("Riesling für 11,40 €, sehr gut", "Riesling, sehr gut"),
    ("It is € 9.90 at the moment", "It is at the moment"),
    ("Heute 1.149,00 € oder 5,- €!", "Heute oder!"),
    ("Up to 20 euros, or USD 25.", "or."),
    ("Jahrgang 2023, 0,75 l, 12 Flaschen, 500 g", "Jahrgang 2023, 0,75 l, 12 Flaschen, 500 g"),
    ("Schreib an a@example.org, Dorfstraße 1, 54321 Kaltbach.", "Schreib an."),
    ("DE89 3704 0044 0532 0130 00", ""), ("x" * 900, "x" * 500), ("", "")])
def test_prices_and_addresses_are_taken_out(words: str, left: str) -> None:
    """recommend-18: amounts with the word that leads to them; numbers that are no money stay."""
    assert passed_on(words, "de") == left


def offered(client: FlaskClient, path: str) -> tuple[str, str]:
    """The part of a page that shares it, and the words to select in it."""
    page = client.get(path).get_data(as_text=True)
    found = re.search(r'<details class="menu share.*?</details>', page, re.S)
    assert found, path
    words = re.search(r'<textarea[^>]*readonly>([^<]*)</textarea>', found.group(0))
    assert words
    return found.group(0), html.unescape(words.group(1))


@pytest.mark.parametrize("path", [WINE, "/producers/weingut-kaltbach",
                                  "/groups/weisswein-zu-gemuese"])
def test_pages_offer_words_and_link_without_script(client: FlaskClient, path: str) -> None:
    """A selectable text, plain links, one form that goes on to the reader's own server."""
    part, words = offered(client, path)
    assert words.endswith(f"http://localhost{path}") and len(words) > len(path) + 20
    assert not re.search(r"€|EUR|\d,\d\d|Dorfstraße", words)
    assert "<script" not in part and 'method="post"' not in part
    assert "data-copy=" in part and f'data-share="http://localhost{path}"' in part


def test_a_recommendation_is_passed_on_without_its_prices(cast: Cast, client: FlaskClient) -> None:
    """recommend-18: for its author in the first person, for others in the third."""
    cleo = cast.browser("cleo")
    proof = given(cast, cleo, reason="Für 11,40 € ein Fund, trocken und salzig.")
    _part, mine = offered(cleo, f"{proof}?lang=en")
    assert mine == ("I recommend Slate Riesling: “ein Fund, trocken und salzig.” "
                    f"http://localhost{proof}")
    part, words = offered(client, f"{proof}?lang=en")
    assert words.startswith("Slate Riesling is recommended:") and "11" not in words
    assert "11%2C40" not in part


def test_what_few_may_read_is_not_passed_on(cast: Cast) -> None:
    """A recommendation to one person, or to members, offers nothing to share."""
    follows(cast, "eva", "cleo")
    for other in ({"audience": "person", "person": "eva"}, {"audience": "members"}):
        proof = given(cast, cast.browser("cleo"), **other)
        page = cast.browser("eva").get(proof).get_data(as_text=True)
        assert page.count('class="menu share') == 0


def test_a_wish_is_passed_on_without_what_it_may_cost(cast: Cast, client: FlaskClient) -> None:
    """recommend-18: "bis 15 Euro" goes."""
    code = asked(cast)
    _part, words = offered(client, f"/asks/{code}")
    assert "15" in WISH and "15" not in words.split(" http")[0]


def test_going_on_keeps_the_words(client: FlaskClient) -> None:
    """Nothing is posted: the reader's server gets the words in its own form."""
    page = client.get("/share/mastodon?text=Ein+Fund+http://localhost/x").get_data(as_text=True)
    assert page.count("Ein Fund http://localhost/x") == 2
    gone = client.get("/share/mastodon?server=mastodon.social&text=Ein+Fund")
    assert gone.location == "https://mastodon.social/share?text=Ein%20Fund"
