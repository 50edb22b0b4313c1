"""How many statements a page takes on a filled marketplace, against the figures of the specs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from marketplace.demo.load import Book
from marketplace.foundation.database import db
from tests.browsers import Browser
from tests.cast import Cast
from tests.databases import sent_statements
from tests.demo.conftest import marketplace

ADDRESSES = {
    "thread": "SELECT code FROM threads WHERE kind = 'question' AND visibility = 'public' "
              "ORDER BY replies DESC, id",
    "group": "SELECT slug FROM groups WHERE kind = 'open' ORDER BY member_count DESC, id",
    "bundle": "SELECT slug FROM bundles WHERE state = 'published' AND visibility = 'public' "
              "ORDER BY id",
    "product": "SELECT p.slug FROM products p JOIN scores s ON s.product_id = p.id "
               "AND s.lot_id IS NULL ORDER BY s.n DESC, p.id",
    "named": "SELECT t.title FROM product_texts t JOIN picks k ON k.product_id = t.product_id "
             "JOIN groups g ON g.id = k.group_id AND g.kind <> 'secret' "
             "JOIN memberships m ON m.group_id = g.id AND m.left_at IS NULL "
             "JOIN people p ON p.id = m.person_id WHERE p.handle = 'cleo' AND t.lang = 'de' "
             "ORDER BY k.month DESC, t.product_id",
    "order": "SELECT o.number FROM orders o JOIN people p ON p.id = o.buyer_id "
             "WHERE p.handle = 'cleo' ORDER BY o.id",
}
MOST = [
    *(("", f"/search?q=Wein{kind}", 6) for kind in ("", "&kind=producer", "&kind=member",
      "&kind=group", "&kind=bundle", "&kind=thread")),
    ("cleo", "/search?q=Wein", 6),
    ("cleo", "/search?q={named}", 6), ("cleo", "/search?q=Wein&kind=thread", 6),
    ("", "/", 12), ("cleo", "/", 12), ("", "/products", 10), ("cleo", "/products", 10),
    ("", "/products/{product}", 22), ("cleo", "/products/{product}", 22),
    ("", "/producers/weingut-kaltbach", 16), ("cleo", "/producers/weingut-kaltbach", 16),
    ("", "/members/gina", 12), ("cleo", "/members/gina", 12),
    ("", "/groups", 5), ("", "/groups/{group}", 10), ("cleo", "/groups/{group}", 10),
    ("", "/bundles", 6), ("cleo", "/bundles", 6),
    ("", "/bundles/{bundle}", 10), ("cleo", "/bundles/{bundle}", 10),
    ("", "/polls", 3), ("cleo", "/polls", 6), ("", "/bundles/challenges", 3),
    ("ana", "/studio/bundles", 11), ("cleo", "/account/bundles", 12),
    ("cleo", "/account/panel", 6), ("gina", "/account/panel/1", 7), ("olga", "/operator/panels", 5),
    ("", "/threads", 5), ("", "/threads/{thread}", 9), ("cleo", "/threads/{thread}", 9),
    ("cleo", "/orders/{order}", 10), ("ana", "/studio/orders", 6),
    ("max", "/moderation", 6), ("", "/moderation/log", 3), ("olga", "/operator/assortment", 8),
]
"""Who opens what, and the most statements that the spec of the room allows, all rooms together."""


@pytest.fixture(scope="module")
def filled(
    demo: tuple[Path, Flask, Book], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """A copy of the loaded demo, to sign in to."""
    folder = tmp_path_factory.mktemp("filled") / "market"
    shutil.copytree(demo[0], folder)
    app = marketplace(folder)
    app.test_client_class = Browser
    app.config["ZURUF_DEMO"] = True
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="module")
def told(filled: Flask) -> dict[str, str]:
    """The part of an address of each kind."""
    return {name: str(db.session.scalar(db.text(query))) for name, query in ADDRESSES.items()}


@pytest.fixture(scope="module")
def opened(filled: Flask) -> dict[str, FlaskClient]:
    """Browsers of people by handle, "" for a visitor."""
    people = Cast(filled)
    return {"": filled.test_client(),
            **{who: people.browser(who) for who in {who for who, _path, _most in MOST if who}}}


@pytest.fixture
def sent(filled: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every statement sent from here on; what the first look kept is still fresh at the second."""
    monkeypatch.setattr("marketplace.foundation.kept.time", SimpleNamespace(monotonic=lambda: 0.0))
    with sent_statements() as found:
        yield found


@pytest.mark.parametrize(("who", "path", "most"), MOST)
def test_page_keeps_its_statements(
    who: str, path: str, most: int, told: dict[str, str], opened: dict[str, FlaskClient],
    sent: list[str],
) -> None:
    """Spec storefront section 8, groups 8, bundles 8, dialogue 8, orders 8, moderation 8."""
    client, address = opened[who], path.format(**told)
    assert client.get(address).status_code == 200
    sent.clear()
    assert client.get(address).status_code == 200
    assert len(sent) <= most, "\n".join(statement[:160] for statement in sent)


def test_what_a_group_named_is_said_without_another_statement(
    told: dict[str, str], opened: dict[str, FlaskClient]
) -> None:
    """search, 9: the page of six statements above does give a group of cleo's as the reason."""
    assert "gewählt von" in opened["cleo"].get(
        f"/search?q={told['named']}").get_data(as_text=True)
