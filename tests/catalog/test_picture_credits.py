"""catalog-22: who made a picture under a free licence stands beside it wherever it is large."""

from __future__ import annotations

from io import BytesIO

from flask import Flask
from PIL import Image

from marketplace.catalog.actions import first_picture
from marketplace.catalog.models import Picture
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from tests.cast import Cast
from tests.web.places import everything

WINE = "riesling-vom-schiefer"


def shown(app: Flask, path: str) -> str:
    """A page as a visitor sees it, freshly made."""
    app.extensions.pop("kept", None)
    answer = app.test_client().get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def added(cast: Cast, colour: int, **rights: str) -> int:
    """A photo of the wine by ana, with its small copies made; its number."""
    out = BytesIO()
    Image.new("RGB", (900, 1125), (colour, 90, 90)).save(out, "JPEG")
    out.seek(0)
    goods = cast.goods(WINE)
    url = f"/studio/products/{goods.product_id}/pictures"
    db.session.rollback()
    sent = cast.post(cast.browser("ana"), url, picture=(out, "a.jpg"), alt_de="Ein Glas",
                     people="", **rights)
    assert sent.status_code == 303
    run_due()
    found = db.session.scalar(db.select(db.func.max(Picture.id)))
    db.session.rollback()
    assert found is not None
    return found


def test_credit_stands_beside_the_picture(app: Flask, cast: Cast) -> None:
    """catalog-22: name and licence on the page, in lists, at home, on the bundle's page and card.
    """
    bundle = everything(app, cast).by_name["bundles/slug"]
    one = added(cast, 10, licence="cc-by-sa", credit="Lena Foto")
    with committing():
        first_picture(cast.goods(WINE).product_id, one)
    for path in (f"/products/{WINE}", "/products", "/categories/white-wine",
                 f"/bundles/{bundle}", "/bundles"):
        html = shown(app, path)
        assert "Lena Foto · CC BY-SA" in html, path
    page = shown(app, f"/products/{WINE}")
    beside = page.split('class="product-picture"')[1].split("</picture>")[1][:200]
    assert "Bild: Lena Foto · CC BY-SA" in beside


def test_credit_of_a_further_picture_stands_in_the_gallery(app: Flask, cast: Cast) -> None:
    """catalog-22: each picture carries its own credit; one of the producer's needs none."""
    added(cast, 20, licence="cc-by", credit="Jan Licht")
    added(cast, 30, licence="producer")
    gallery = shown(app, f"/products/{WINE}").split('class="gallery"')[1].split("</ul>")[0]
    assert gallery.count("Bild: ") == 1
    assert "Bild: Jan Licht · CC BY" in gallery
