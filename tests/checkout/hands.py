"""What buyers do at the checkout, by the forms of its pages."""

from __future__ import annotations

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from marketplace.catalog.models import Variant
from marketplace.foundation.database import committing, db
from tests.cast import Cast
from tests.stories.test_circle import ADDRESS

WINE, RED, LITRE = "riesling-vom-schiefer", "spaetburgunder-dorfkern", "literwein-fuer-alle-tage"
HAT, JUMPER = "muetze-deichwind", "fischerpullover"
HIDDEN = re.compile(r'name="(attempt_key|shown_minor|basket_version|shown)" value="([^"]*)"')


def put(cast: Cast, client: FlaskClient, slug: str, qty: int = 1) -> None:
    """Put goods into the basket."""
    done = cast.post(client, "/basket/lines", variant=cast.goods(slug).variant_id, qty=qty)
    assert done.status_code == 303, done.get_data(as_text=True)[:300]


def walk(cast: Cast, client: FlaskClient, method: str = "bank_transfer", born: str = "1980-05-05",
         **address: str) -> str:
    """From a filled basket to the last look; its page."""
    assert cast.post(client, "/checkout/contact", **{**ADDRESS, **address}).status_code == 303
    done = cast.post(client, "/checkout/delivery", born=born)
    assert done.status_code == 303, done.get_data(as_text=True)[:300]
    assert cast.post(client, "/checkout/payment", method=method).status_code == 303
    return client.get("/checkout/review").get_data(as_text=True)


def press(cast: Cast, client: FlaskClient, page: str, **other: object) -> TestResponse:
    """Order by the form of the last look."""
    return cast.post(client, "/checkout", **{**dict(HIDDEN.findall(page)), **other})


def order(cast: Cast, client: FlaskClient, method: str = "bank_transfer", **address: str) -> str:
    """From a filled basket to the order; its number."""
    placed = press(cast, client, walk(cast, client, method, **address))
    found = re.search(r"/orders/([2-9A-Z]{8})", placed.location or "")
    assert found, placed.get_data(as_text=True)[:500]
    return found.group(1)


def count(query: str) -> int:
    """A number from the database as it stands."""
    db.session.rollback()
    found = db.session.scalar(db.text(query))
    db.session.rollback()
    return int(found or 0)


def nothing_ordered() -> None:
    """No order, no piece kept for anybody."""
    assert count("SELECT count(*) FROM orders") == 0
    assert count("SELECT sum(reserved) FROM variants") == 0


def set_variant(cast: Cast, slug: str, **values: int) -> None:
    """Another price, stock or deposit, as if somebody had changed it meanwhile."""
    with committing():
        db.session.execute(db.update(Variant).where(
            Variant.id == cast.goods(slug).variant_id).values(**values))
    db.session.rollback()


def words_of(html: str) -> str:
    """A page without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())
