"""catalog-9: no change of a product loses a bad voice: it stays read and counted."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from marketplace.catalog.actions import stop
from marketplace.catalog.models import Lot, Product, Variant
from marketplace.foundation.database import committing, db
from tests.cast import Cast
from tests.catalog.forms import form_at
from tests.reviews.hands import WINE, answered, score

WORDS = "Korkig, und beim zweiten Mal wieder. Nie mehr."


def bad_voice(cast: Cast) -> None:
    """Cleo received the wine and would not buy it again; dan would."""
    answered(cast, "cleo", False, words=WORDS)
    answered(cast, "dan", True)


def stands(app: Flask, product_id: int, after: str) -> None:
    """The voice is read on the page and under its criticism, and counts 1 of 2."""
    app.extensions.pop("kept", None)
    slug = db.session.scalar(db.select(Product.slug).where(Product.id == product_id))
    db.session.rollback()
    page = app.test_client().get(f"/products/{slug}")
    assert page.status_code == 200, after
    html = page.get_data(as_text=True)
    assert WORDS in html, after
    assert re.search(r"1 von 2", html), after
    critical = app.test_client().get(f"/products/{slug}?voices=critical").get_data(as_text=True)
    assert WORDS in critical, after
    row = score(product_id)
    assert (row.k, row.n) == (1, 2), after
    db.session.rollback()


def new_vintage(cast: Cast, ana: FlaskClient, product_id: int) -> None:
    """The vintage of today gets its name, the next one comes with stock and is on sale."""
    lots = f"/studio/products/{product_id}/lots"
    assert cast.post(ana, lots, label="2022", kind="vintage").status_code == 303
    lot = cast.post(ana, lots, label="2023", kind="vintage").location
    shown = form_at(ana.get(lot).get_data(as_text=True), lot)
    assert cast.post(ana, lot, **{**shown, "fact_alcohol": "12,5"}).status_code == 303
    variant = db.session.scalar(db.select(Variant.id).join(Lot, Lot.id == Variant.lot_id)
                                .where(Lot.label == "2023"))
    db.session.rollback()
    assert cast.post(ana, f"/studio/variants/{variant}", price="12,90", stock="60"
                     ).status_code == 303
    assert cast.post(ana, lot, step="start").status_code == 303


def test_a_bad_voice_stays_through_every_change(app: Flask, cast: Cast) -> None:
    """catalog-9: new title, address, shelf, variant, vintage, old ones off, withdrawal, stop."""
    goods, ana = cast.goods(WINE), cast.browser("ana")
    product_id, code = goods.product_id, db.session.scalar(
        db.select(Product.code).where(Product.id == goods.product_id))
    db.session.rollback()
    bad_voice(cast)
    stands(app, product_id, "nothing")
    studio, state = (f"/studio/products/{product_id}", f"/studio/products/{product_id}/state")
    words = form_at(ana.get(studio).get_data(as_text=True), studio)
    off = f"/studio/variants/{goods.variant_id}/edit"

    def vintage() -> int:
        new_vintage(cast, ana, product_id)
        return 303

    steps: list[tuple[str, Callable[[], int]]] = [
        ("title", lambda: cast.post(ana, studio, **{
            **words, "title_de": "Ganz neuer Wein"}).status_code),
        ("address", lambda: cast.post(ana, state, step="slug", slug="ganz neu").status_code),
        ("shelf", lambda: cast.post(ana, state, step="category", category="dessert-wine"
                                    ).status_code),
        ("variant", lambda: cast.post(
            ana, f"/studio/products/{product_id}/variants", label="Magnum", price="24",
            stock="4", amount="1500", unit="ml").status_code),
        ("vintage", vintage),
        ("old variant off", lambda: cast.post(ana, off, step="off").status_code),
        ("end", lambda: cast.post(ana, state, step="withdraw", why="Leer.").status_code)]
    for name, step in steps:
        assert step() == 303, name
        stands(app, product_id, name)
    with committing():
        stop(product_id, "Splitter.")
    stands(app, product_id, "stop")
    assert db.session.scalar(db.select(Product.code).where(Product.id == product_id)) == code
    db.session.rollback()
