"""search-1 and Suggest while typing: at most eight rows, of what the viewer may find."""

from __future__ import annotations

import html
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from marketplace.foundation.database import committing, db
from marketplace.search.models import Search
from marketplace.search.rules.completing import beginning, entries, head_words, read
from tests.cast import PEOPLE, Cast
from tests.search.hands import ROLES, SEEN_BY, filled, indexed, thread
from tests.search.test_nothing_found import ask

SCRIPT = {"HX-Request": "true"}


def rows(client: FlaskClient, typed: str, lang: str = "de") -> list[tuple[str, str, str]]:
    """Suggested rows as (kind, words, address)."""
    text = client.get("/search/suggest", query_string={"q": typed},
                      headers={**SCRIPT, "Accept-Language": lang}).get_data(as_text=True)
    found = re.findall(r'<li class="suggestion suggestion-(\w+)".*?data-url="([^"]*)".*?'
                       r'<span class="suggestion-words"><span[^>]*>(.*?)</span>', text, re.S)
    return [(kind, html.unescape(words), html.unescape(url)) for kind, url, words in found]


@pytest.mark.parametrize(("typed", "expected"), [
    ("rie", ("", "rie")), ("Wein Rie", ("wein", "rie")), ("wein ", ("wein", "")), ("", ("", "")),
    ("Käse", ("", "kase"))])
def test_beginning_is_the_last_word(typed: str, expected: tuple[str, str]) -> None:
    """Suggest while typing: a blank finishes a word."""
    assert beginning(typed) == expected


def test_completions_are_read_as_written() -> None:
    """Suggest while typing: matched folded, shown with umlauts; little words begin nothing."""
    assert head_words("Käse für die Gäste, 12 %") == ["Käse", "Gäste"]
    made = entries(["Käse", "käse", "Weingut  Kaltbach", "ab"])
    assert made == ("kase\tKäse", "weingut kaltbach\tWeingut Kaltbach")
    assert read([*made, "kase\tKäse"]) == ["Käse", "Weingut Kaltbach"]


def test_goods_words_and_houses_are_suggested(app: Flask, cast: Cast) -> None:
    """Suggest while typing: words lead to the search, goods and houses to their pages."""
    thread(cast, "cleo", "Kaltbach besuchen?",
           producer=cast.goods("riesling-vom-schiefer").producer_id)
    indexed(app)
    found = rows(app.test_client(), "ries")
    assert ("query", "Riesling", "/search?q=Riesling") in found
    assert ("product", "Riesling vom Schiefer", "/products/riesling-vom-schiefer") in found
    found = rows(app.test_client(), "kaltb")
    assert ("producer", "Weingut Kaltbach", "/producers/weingut-kaltbach") in found
    assert len(found) <= 8
    assert "thread" not in {kind for kind, _words, _url in found}, "nobody answered it"
    assert ("group", "Weißwein zu Gemüse", "/groups/weisswein-zu-gemuese") in rows(
        app.test_client(), "gemü")
    assert rows(app.test_client(), "schiefer ries")[0][1] == "schiefer Riesling"


def test_answered_thread_is_suggested(app: Flask, cast: Cast) -> None:
    """search-13: an answered question comes up while one types the same."""
    from marketplace.dialogue.actions import say, set_outcome
    from marketplace.dialogue.models import Thread
    from marketplace.foundation.database import committing, db

    one = thread(cast, "cleo", "Dekantieren, ja oder nein?",
                 producer=cast.goods("riesling-vom-schiefer").producer_id)
    cleo, eva = cast.id("cleo"), cast.id("eva")
    db.session.rollback()
    with committing():
        row = db.session.get_one(Thread, one)
        say(row, eva, 2, "Nur den Roten.", None)
        set_outcome(row, cleo, "solved")
    indexed(app)
    assert [words for kind, words, _url in rows(app.test_client(), "dekantieren")
            if kind == "thread"] == ["Dekantieren, ja oder nein?"]


@pytest.mark.parametrize("who", ROLES)
def test_nothing_hidden_is_suggested(app: Flask, cast: Cast, who: str) -> None:
    """search-5: no beginning of a word leads anybody to what is not for them."""
    filled(app, cast)
    client = cast.browser(who) if who else app.test_client()
    for word, roles in SEEN_BY.items():
        for n in range(3, len(word) + 1):
            found = rows(client, word[:n])
            assert who in roles or not any(word in words.lower() for _k, words, _u in found)


def test_suggesting_keeps_nothing(app: Flask, cast: Cast, statements: list[str]) -> None:
    """Suggest while typing: few statements, none of them writes; without script the search."""
    client = app.test_client()
    rows(client, "wein")
    statements.clear()
    rows(client, "wein")
    assert len(statements) <= 6 and all(one.startswith("SELECT") for one in statements), statements
    bare = client.get("/search/suggest?q=wein")
    assert bare.status_code == 303 and bare.location == "/search?q=wein"


def test_field_comes_first(client: FlaskClient) -> None:
    """search-1: the field is the first thing one can reach after the skip link; it keeps what was
    asked, and works as a form.
    """
    text = client.get("/search?q=Riesling").get_data(as_text=True)
    body = text[text.index("<body"):]
    reached = re.findall(r"<(a|input|button|select|summary)\b([^>]*)>", body)
    assert reached[0][0] == "a" and 'class="skip"' in reached[0][1]
    assert reached[1][0] == "input" and 'name="q"' in reached[1][1]
    assert 'value="Riesling"' in reached[1][1] and 'enterkeyhint="search"' in reached[1][1]


def test_past_searches_of_five_people_complete(app: Flask, cast: Cast) -> None:
    """Completion: what five people searched, found and looked at is offered from the next night on;
    not what four searched, nobody looked at, or finds nothing any more.
    """
    for words, who in (("Schiefer Mosel", PEOPLE[:5]), ("Schiefer Wein", PEOPLE[:4]),
                       ("Schiefer Riesling", PEOPLE[:5]), ("Schiefer Gold", PEOPLE[:5])):
        for one in who:
            ask(cast.browser(one), words)
    with committing():
        for row in db.session.scalars(db.select(Search)):
            row.hits = row.hits or 1
            row.clicks = int("riesling" not in row.words.casefold())
    indexed(app)
    offered = [words for kind, words, _url in rows(app.test_client(), "schief") if kind == "query"]
    assert "schiefer mosel" in offered
    assert not {"schiefer wein", "schiefer riesling", "schiefer gold"} & set(offered)
    assert [words.casefold() for kind, words, _url in rows(app.test_client(), "Schiefer mo")
            if kind == "query"] == ["schiefer mosel"], "also a word of a title, once"
