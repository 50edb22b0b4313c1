"""search-10 and Zero results: ways on, people counted once, told when there is something."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.notify.models import Notice
from marketplace.search.actions import forget_old_searches, write_searches
from marketplace.search.models import Search, SearchPerson, SearchWatch
from marketplace.search.queries.demand import missed, sought, theme
from tests.cast import PEOPLE, Cast
from tests.search.hands import indexed, settled

VISITORS = ("10.1.0.1", "10.2.0.1", "10.3.0.1", "10.4.0.1", "10.5.0.1", "10.5.0.9")
"""Six addresses of five networks."""


def counted() -> None:
    """What waits in memory is written now."""
    db.session.rollback()
    with committing():
        write_searches()
    db.session.rollback()


def ask(client: FlaskClient, words: str, address: str = "127.0.0.1") -> str:
    """A search, and what it counts written at once."""
    text = client.get("/search", query_string={"q": words},
                      environ_overrides={"REMOTE_ADDR": address}).get_data(as_text=True)
    counted()
    return html.unescape(text)


def ways(text: str, title: str) -> list[tuple[str, str]]:
    """Words and addresses below a heading of the empty page."""
    block = re.search(rf"<h2>{title}</h2>(.*?)</div>", text, re.S)
    found = re.findall(r'href="([^"]*)"[^>]*>(.*?)</a>', block[1] if block else "", re.S)
    return [(" ".join(re.sub(r"<[^>]+>", " ", words).split()), url) for url, words in found]


def test_one_person_counts_once(app: Flask, cast: Cast) -> None:
    """search-10: 50 searches of one person are one; five people are five, and then it is listed."""
    indexed(app)
    one = cast.browser("cleo")
    for _ in range(50):
        ask(one, "Orangewein aus Ton")
    assert db.session.scalars(db.select(Search.n)).all() == [50]
    assert missed() == []
    for who in ("dan", "eva", "gina"):
        ask(cast.browser(who), "orangewein aus ton")
    assert missed() == [], "four people"
    ask(cast.browser("max"), "Ton-Orangewein")
    found = missed()
    assert [(one.words, one.people) for one in found] == [("orangewein aus ton", 5)]
    page = cast.browser("olga").get("/operator/assortment").get_data(as_text=True)
    assert "orangewein aus ton" in page


def test_visitors_are_never_overstated(app: Flask) -> None:
    """search-10: five networks on one day are at least five people; the same on five days are not
    twenty-five.
    """
    indexed(app)
    for day in range(2):
        for address in VISITORS:
            ask(app.test_client(), "Quittenbrand", address)
        with committing():
            db.session.execute(db.update(SearchPerson).where(
                SearchPerson.day == clock.today()).values(
                    day=clock.today() - timedelta(days=day + 1)))
    assert [one.people for one in missed()] == [5]


def test_what_few_typed_is_shown_to_nobody(app: Flask, cast: Cast) -> None:
    """search-10, k: words of fewer than five people are in no list, and go after ninety days."""
    indexed(app)
    for who in PEOPLE[:4]:
        ask(cast.browser(who), "Wein")
    assert sought() == []
    ask(cast.browser(PEOPLE[4]), "Wein")
    assert [(one.words, one.n, one.people, one.empty) for one in sought()] == [("wein", 5, 5, 0)]
    with committing():
        forget_old_searches(clock.today() + timedelta(days=91))
    assert db.session.scalar(db.select(db.func.count()).select_from(SearchPerson)) == 0
    assert db.session.scalar(db.select(db.func.count()).select_from(Search)) == 0


def test_filtered_and_later_pages_count_no_search(app: Flask) -> None:
    """search-10: a filter that leaves nothing is no demand; crawlers are nobody."""
    indexed(app)
    client = app.test_client()
    client.get("/search?q=Wein&high=1")
    client.get("/search?q=Wein&page=2")
    client.get("/search?q=Wein", headers={"User-Agent": "SomeBot/1.0"})
    client.get("/search?q=Wein", headers={"Sec-Purpose": "prefetch"})
    counted()
    assert db.session.scalars(db.select(Search)).all() == []


def test_kept_page_counts_too(app: Flask) -> None:
    """search-10: a page that this process has ready is a search like any other."""
    indexed(app)
    app.extensions["page_cache"].seconds = 60
    try:
        for address in VISITORS[:2]:
            ask(app.test_client(), "Riesling", address)
    finally:
        app.extensions["page_cache"].seconds = app.config["ZURUF"].page_cache_seconds
    assert db.session.scalars(db.select(Search.n)).all() == [2]


def test_clicks_and_baskets_follow(app: Flask, cast: Cast) -> None:
    """Spec searches: a click on what words found, and what went into a basket."""
    indexed(app)
    eva = cast.browser("eva")
    text = ask(eva, "Riesling")
    url = re.search(r'class="card-title"[^>]*><a href="([^"]+)"', text)
    assert url is not None
    page = html.unescape(eva.get(url[1]).get_data(as_text=True))
    source = re.search(r'name="source" value="([^"]+)"', page)
    assert source is not None
    cast.post(eva, "/basket/lines", variant=cast.goods("riesling-vom-schiefer").variant_id,
              qty=1, source=source[1])
    counted()
    row = db.session.scalars(db.select(Search)).one()
    assert (row.words, row.n, row.clicks, row.baskets) == ("riesling", 1, 1, 1)


def test_ways_on(app: Flask) -> None:
    """Zero results: what was dropped, near shelves, similar words, the people, notify-me."""
    indexed(app)
    text = ask(app.test_client(), "Riesx Xylophonhonig")
    assert ("Riesling", "/search?q=Riesling") in ways(text, "Ähnliche Wörter")
    assert ways(text, "Regale in der Nähe")
    assert 'href="/ask?q=Riesx%20Xylophonhonig"' in text
    assert "Anmelden und Bescheid bekommen" in text
    text = ask(app.test_client(), "Fischerpullover")
    assert "Wie es weitergeht" not in text
    narrowed = html.unescape(app.test_client().get(
        "/search?q=Fischerpullover&high=1").get_data(as_text=True))
    assert ("ohne die Filter 1", "/search?q=Fischerpullover") in ways(
        narrowed, "Mit weniger Wörtern")


def test_told_once_when_there_is_something(app: Flask, cast: Cast) -> None:
    """Zero results: who waits is told of the first goods that have all the words, once."""
    from tests.cast import put_on_sale

    indexed(app)
    cleo = cast.browser("cleo")
    assert "Sag mir Bescheid, wenn es etwas gibt" in ask(cleo, "Zwetschgensenf")
    assert cast.post(cleo, "/search/wait", q="Zwetschgensenf").status_code == 303
    assert cast.post(cleo, "/search/wait", q="Zwetschgensenf").status_code == 303
    assert "Zwetschgensenf" in cleo.get("/account/searches").get_data(as_text=True)
    file = db.session.scalar(db.text("SELECT file FROM pictures LIMIT 1"))
    with committing():
        put_on_sale(cast.id("ana"), file, "white-wine", "Zwetschgensenf grob", "Damson mustard",
                    "K-ZWE", 590, 750, "ml", 9,
                    {"kind": "Weißwein", "alcohol": "12", "origin": "Mosel",
                     "allergens": "Sulfite", "vintage": "2022"})
    settled(app)
    with committing():
        db.session.execute(db.text("UPDATE jobs SET due_at = created_at WHERE kind = "
                                   "'search.watches'"))
    run_due()
    run_due()
    told = db.session.scalars(db.select(Notice).where(Notice.title == "search_answered")).all()
    assert [(one.person_id, one.url, one.count) for one in told] == [
        (cast.id("cleo"), "/search?q=Zwetschgensenf", 1)]
    assert db.session.scalars(db.select(SearchWatch.told_at)).one() is not None


def test_waiting_is_ones_own(app: Flask, cast: Cast) -> None:
    """Access: nobody ends what another waits for; no words, no waiting."""
    cast.post(cast.browser("cleo"), "/search/wait", q="Zwetschgensenf")
    db.session.rollback()
    one = db.session.scalars(db.select(SearchWatch.id)).one()
    assert cast.post(cast.browser("eva"), f"/account/searches/{one}/end").status_code == 404
    assert cast.post(cast.browser("cleo"), "/search/wait", q=" ").status_code == 422
    assert db.session.scalars(db.select(SearchWatch.id)).all() == [one]
    assert cast.post(cast.browser("cleo"), f"/account/searches/{one}/end").status_code == 303
    db.session.rollback()
    assert db.session.scalars(db.select(SearchWatch.id)).all() == []


@pytest.mark.parametrize(("one", "other", "same"), [
    ("orangewein aus ton", "ton orangewein", True), ("roter apfel", "rote äpfel", True),
    ("wein", "brot", False)])
def test_alike_words_are_one_theme(one: str, other: str, same: bool) -> None:
    """Demand: clustered by stem, whatever the order and the little words."""
    from marketplace.search.rules.analysis import tokens

    assert (theme(" ".join(tokens(one))) == theme(" ".join(tokens(other)))) == same


def test_erased_person_searched_nothing(app: Flask, cast: Cast) -> None:
    """Data map: with the person go their marks and what they wait for."""
    from marketplace.people.actions.closing import erase

    indexed(app)
    ask(cast.browser("cleo"), "Wein")
    cast.post(cast.browser("cleo"), "/search/wait", q="Zwetschgensenf")
    cleo = cast.id("cleo")
    db.session.rollback()
    with committing():
        db.session.execute(db.text(f"UPDATE people SET state = 'closing' WHERE id = {cleo}"))
        erase(cleo)
    assert db.session.scalars(db.select(SearchPerson.mark)).all() == []
    assert db.session.scalars(db.select(SearchWatch.id)).all() == []
