"""PAngV § 7: what comes back with the empty box stands beside the price, never inside it."""

from __future__ import annotations

from flask import Flask

from marketplace.catalog.models import Product, Variant
from marketplace.foundation.database import db
from tests.cast import Cast
from tests.catalog.forms import form_at
from tests.catalog.test_intake import hand_in

WINE = "riesling-vom-schiefer"


def test_a_deposit_stands_beside_every_price(app: Flask, cast: Cast) -> None:
    """catalog-4: 25 cents on the page, in lists, in the basket beside 11.40; 0 takes it away."""
    goods, ana = cast.goods(WINE), cast.browser("ana")
    db.session.rollback()
    url = f"/studio/variants/{goods.variant_id}/edit"
    typed = form_at(ana.get(url).get_data(as_text=True), url)
    wrong = cast.post(ana, url, **{**typed, "deposit": "viel"})
    assert wrong.status_code == 422 and 'value="viel"' in wrong.get_data(as_text=True)
    assert cast.post(ana, url, **{**typed, "deposit": "0,25"}).status_code == 303
    visitor = app.test_client()
    for path in (f"/products/{WINE}", "/products", "/categories/white-wine",
                 "/producers/weingut-kaltbach"):
        app.extensions.pop("kept", None)
        html = visitor.get(path).get_data(as_text=True)
        assert "zzgl. 0,25" in html and "11,40" in html, path
    cast.post(visitor, "/basket/lines", variant=goods.variant_id, qty=2)
    assert "0,50" in visitor.get("/basket").get_data(as_text=True)
    assert cast.post(ana, url, **{**typed, "deposit": "0"}).status_code == 303
    assert db.session.scalar(db.select(Product.deposit_minor).where(Product.slug == WINE)) == 0


def test_a_deposit_travels_in_files(cast: Cast) -> None:
    """catalog-21: export, change, import brings the deposit back, byte for byte."""
    goods, ana = cast.goods(WINE), cast.browser("ana")
    db.session.rollback()
    url = f"/studio/variants/{goods.variant_id}/edit"
    typed = form_at(ana.get(url).get_data(as_text=True), url)
    assert cast.post(ana, url, **{**typed, "deposit": "3"}).status_code == 303
    first = ana.get("/studio/export?format=csv").get_data()
    assert ";3,00;" in first.decode("utf-8-sig")
    assert cast.post(ana, url, **{**typed, "deposit": "4"}).status_code == 303
    page = hand_in(cast, ana, first)
    assert "3,00 €" in ana.get(page).get_data(as_text=True)
    assert cast.post(ana, f"{page}/save").status_code == 303
    assert ana.get("/studio/export?format=csv").get_data() == first
    assert db.session.scalar(db.select(Variant.deposit_minor).where(
        Variant.id == goods.variant_id)) == 300
