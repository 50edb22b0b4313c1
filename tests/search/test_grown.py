"""The pages of search on an index in PostgreSQL: the same words, the same answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from marketplace.adapters.doors import doors
from marketplace.adapters.fulltext.postgres import PostgresIndex
from marketplace.foundation.database import db
from marketplace.search.jobs import rebuild
from tests.cast import Cast

pytestmark = pytest.mark.postgresql


@pytest.fixture
def grown(app: Flask, cast: Cast) -> Iterator[PostgresIndex]:
    """The market's search on its database."""
    files = doors().fulltext
    index = PostgresIndex(app.config["ZURUF"].database_url)
    doors().fulltext = index
    app.extensions.pop("spellings", None)
    yield index
    doors().fulltext = files
    app.extensions.pop("spellings", None)
    index.close()


def goods(client: FlaskClient, address: str) -> list[str]:
    """Slugs of goods on a page, in order."""
    page = client.get(address).get_data(as_text=True).partition("<main")[2]
    return list(dict.fromkeys(re.findall(r'href="/products/([\w-]+)', page)))


def test_pages_answer_alike_on_both(grown: PostgresIndex, app: Flask, client: FlaskClient) -> None:
    """search-2, search-14: words, a mistyped one, a compound, a shelf, a wish and what is typed
    give the same goods from the files and from PostgreSQL; before there is an index, titles.
    """
    asked = ("/search?q=Riesling", "/search?q=Reisling", "/search?q=Weisswein", "/search?q=Wein",
             "/categories/wine", "/products?order=price", "/search?q=Wein&region=Kaltbach",
             "/ask?q=Weißwein+unter+12+Euro")
    assert goods(client, "/search?q=Riesling")
    assert rebuild() > 0
    db.session.rollback()
    found = {one: goods(client, one) for one in asked}
    typed = client.get("/search/suggest?q=ries", headers={"HX-Request": "true"}).get_data()
    assert grown.health().documents > 0 and all(found[one] for one in asked[:6])
    grown_index, doors().fulltext = doors().fulltext, _files(app)
    app.extensions.pop("spellings", None)
    rebuild()
    db.session.rollback()
    assert {one: goods(client, one) for one in asked} == found
    assert client.get("/search/suggest?q=ries", headers={"HX-Request": "true"}).get_data() == typed
    doors().fulltext = grown_index


def _files(app: Flask) -> object:
    from marketplace.adapters.fulltext.whoosh import WhooshIndex

    return WhooshIndex(app.config["ZURUF"].instance / "index-of-files")
