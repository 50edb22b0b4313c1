"""Lists of goods: private, shared by link, into the basket; and what a browser saw lately."""

from __future__ import annotations

import re

from flask.testing import FlaskClient
from sqlalchemy import func, select

from marketplace.catalog.models import Wishlist, WishlistItem
from marketplace.foundation.database import db
from tests.cast import Cast

WINE, HAT = "riesling-vom-schiefer", "muetze-deichwind"


def kept(cast: Cast, who: FlaskClient, slug: str, **more: str) -> str:
    """Keep a product; the list's address."""
    sent = cast.post(who, f"/products/{slug}/keep", **more)
    assert sent.status_code == 303
    return str(sent.location)


def test_list_is_private_until_shared(cast: Cast, client: FlaskClient) -> None:
    """Private by default; the link works while it is shared, and a new one is a new link."""
    eva, dan = cast.browser("eva"), cast.browser("dan")
    url = kept(cast, eva, WINE)
    assert kept(cast, eva, WINE) == url  # twice is once
    assert db.session.scalar(select(func.count(WishlistItem.product_id))) == 1
    assert dan.get(url).status_code == 404
    code = db.session.scalar(select(Wishlist.code))
    db.session.rollback()
    assert client.get(f"/lists/{code}").status_code == 404
    cast.post(eva, f"{url}/share", shared="1")
    shared = re.search(r"http://localhost(/lists/[\w-]+)", eva.get(url).get_data(as_text=True))
    assert shared is not None
    page = client.get(shared.group(1))
    assert page.status_code == 200 and "Riesling vom Schiefer" in page.get_data(as_text=True)
    assert "Set-Cookie" not in page.headers
    cast.post(eva, f"{url}/share", shared="")
    assert client.get(shared.group(1)).status_code == 404


def test_several_lists_notes_and_basket(cast: Cast) -> None:
    """Several lists, a line per product, from the list into the basket."""
    eva = cast.browser("eva")
    made = cast.post(eva, "/account/lists", title="Für Oma")
    assert made.status_code == 303
    number = made.location.rsplit("/", 1)[1]
    kept(cast, eva, WINE, list=number)
    kept(cast, eva, HAT, list=number)
    goods = cast.goods(WINE)
    cast.post(eva, f"{made.location}/items/{goods.product_id}/note", note="Zwei Flaschen")
    assert "Zwei Flaschen" in eva.get(made.location).get_data(as_text=True)
    long = cast.post(eva, f"{made.location}/items/{goods.product_id}/note", note="x" * 201)
    assert long.status_code == 422
    moved = cast.post(eva, f"{made.location}/items/{goods.product_id}/basket")
    assert moved.status_code == 303
    assert "Slate Riesling" in eva.get("/basket").get_data(as_text=True)
    assert db.session.scalars(select(WishlistItem.product_id)).all() == [
        cast.goods(HAT).product_id]


def test_strangers_change_nothing(cast: Cast) -> None:
    """Another person's list is not there for anybody else."""
    url = kept(cast, cast.browser("eva"), WINE)
    dan, goods = cast.browser("dan"), cast.goods(WINE)
    for act in ("share", "rename", "remove"):
        assert cast.post(dan, f"{url}/{act}", title="x", shared="1").status_code == 404
    for act in ("note", "off", "basket"):
        assert cast.post(dan, f"{url}/items/{goods.product_id}/{act}").status_code == 404
    assert cast.post(dan, f"/products/{WINE}/keep", list=url.rsplit("/", 1)[1]).status_code == 404
    assert db.session.scalar(select(func.count(WishlistItem.product_id))) == 1


def test_names_are_checked_and_lists_go(cast: Cast) -> None:
    """Empty and long names are refused with what was typed; a removed list is gone."""
    eva = cast.browser("eva")
    for title in ("", "x" * 61):
        refused = cast.post(eva, "/account/lists", title=title)
        assert refused.status_code == 422 and "1 to 60" in refused.get_data(as_text=True)
    url = kept(cast, eva, WINE)
    assert cast.post(eva, f"{url}/rename", title="Fest").status_code == 303
    assert cast.post(eva, f"{url}/remove").status_code == 303
    assert eva.get(url).status_code == 404


def test_seen_lately_is_drawn_from_numbers_alone(cast: Cast, client: FlaskClient) -> None:
    """Nothing is stored: no cookie, no copy; order as asked; nonsense is left out."""
    wine, hat = cast.goods(WINE), cast.goods(HAT)
    page = client.get(f"/seen?ids={hat.product_id},{wine.product_id},x,999999,-1")
    text = page.get_data(as_text=True)
    assert text.index("Deichwind") < text.index("Schiefer")
    assert "Set-Cookie" not in page.headers and page.headers["Cache-Control"] == "private, no-store"
    assert client.get("/seen").status_code == 200
    shown = client.get(f"/products/{WINE}").get_data(as_text=True)
    assert f'data-seen="{wine.product_id}"' in shown and "data-seen-forget" in shown
