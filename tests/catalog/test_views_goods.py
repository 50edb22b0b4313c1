"""A producer makes a product in the studio, from the shelf to the sale."""

from __future__ import annotations

import re
from io import BytesIO

from flask.testing import FlaskClient
from PIL import Image

from marketplace.catalog.models import FactValue, Particular, Picture, Price, Product, Variant
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from tests.cast import Cast
from tests.catalog.forms import form_at

FACTS = {"fact_kind": "Wein", "fact_alcohol": "12", "fact_origin": "Mosel",
         "fact_allergens": "Sulfite", "fact_vintage": "2022"}


def photo() -> BytesIO:
    """A small real photo."""
    out = BytesIO()
    Image.new("RGB", (900, 1125), (120, 140, 90)).save(out, "JPEG")
    out.seek(0)
    return out


def version_in(page: str) -> str:
    """The version that the form would send back."""
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found is not None
    return found.group(1)


def draft(cast: Cast, ana: FlaskClient) -> str:
    """The address of a new draft."""
    made = cast.post(ana, "/studio/products/new", category="white-wine", title_de="Probefass")
    assert made.status_code == 303
    return str(made.location)


def test_product_from_shelf_to_sale(cast: Cast) -> None:
    """What is missing is named, then filled in, then it is on sale; catalog-1 (in parts)."""
    ana = cast.browser("ana")
    url = draft(cast, ana)
    early = cast.post(ana, f"{url}/sale")
    assert early.status_code == 422
    named = set(re.findall(r'href="#f-([a-z_]+)"', early.get_data(as_text=True)))
    assert named == {"kind", "vintage", "volume", "alcohol", "origin", "allergens", "ingredients",
                     "nutrition", "not_for", "price", "picture"}
    assert cast.post(ana, f"{url}/variants", sku="PF", label="0,75 l", price="12,50", stock=24,
                     amount=750, unit="ml").status_code == 303
    assert cast.post(ana, f"{url}/pictures", alt_de="Eine Flasche",
                     picture=(photo(), "a.jpg")).status_code == 303
    version = version_in(ana.get(url).get_data(as_text=True))
    words = {"version": version, "title_de": "Probefass", "not_for_de": "Nichts für Eilige.",
             "place_of_making": "Kaltbach", **FACTS}
    assert cast.post(ana, url, **words).status_code == 303
    sale = cast.post(ana, f"{url}/sale")
    assert (sale.status_code, sale.location) == (303, "/products/probefass")
    run_due()
    shown = cast.app.test_client().get("/products/probefass").get_data(as_text=True)
    assert "12,50" in shown
    assert "Eine Flasche" in shown
    picture = db.session.scalar(db.select(Picture).order_by(Picture.id.desc()))
    assert picture is not None
    assert {kind for kind, _width, _file in picture.renditions} == {"avif", "webp"}


def test_second_of_two_who_save_is_told_and_loses_nothing(cast: Cast) -> None:
    """A version that is gone: 409, and the words stand in the form again."""
    ana = cast.browser("ana")
    url = draft(cast, ana)
    version = version_in(ana.get(url).get_data(as_text=True))
    assert cast.post(ana, url, version=version, title_de="Erstes").status_code == 303
    late = cast.post(ana, url, version=version, title_de="Zweites")
    assert late.status_code == 409
    assert "Zweites" in late.get_data(as_text=True)


def test_bad_files_and_figures_get_a_sentence(cast: Cast) -> None:
    """No picture, a foreign kind, a broken one, a price that is none: 422 and nothing kept."""
    ana = cast.browser("ana")
    url = draft(cast, ana)
    for body in (b"", b"<svg onload='x'/>", b"\xff\xd8\xff\xe0 broken"):
        sent = cast.post(ana, f"{url}/pictures", alt_de="x", picture=(BytesIO(body), "a.jpg"))
        assert sent.status_code == 422
    product = db.session.scalar(db.select(Product).order_by(Product.id.desc()))
    assert product is not None
    assert db.session.scalar(db.select(Picture).where(Picture.product_id == product.id)) is None
    for price, stock in (("x", 1), ("0", 1), ("1e9", 1), ("9,90", -1), ("9,90", "viele")):
        sent = cast.post(ana, f"{url}/variants", sku="S", price=price, stock=stock)
        assert sent.status_code == 422, (price, stock)


def test_quick_change_keeps_the_former_price(cast: Cast) -> None:
    """Price and stock in the list; the old price stays in the history; ordered ones stay."""
    ana, goods = cast.browser("ana"), cast.goods("riesling-vom-schiefer")
    url = f"/studio/variants/{goods.variant_id}"
    assert cast.post(ana, url, price="13,10", stock=5).status_code == 303
    variant = db.session.get_one(Variant, goods.variant_id)
    assert (variant.price_minor, variant.on_hand) == (1310, 5)
    prices = db.session.scalars(db.select(Price).where(Price.variant_id == variant.id)
                                .order_by(Price.id)).all()
    assert [price.to_at is None for price in prices] == [False, True]
    assert cast.post(ana, url, price="-1", stock=5).status_code == 422


def test_strangers_see_nothing(cast: Cast) -> None:
    """Another person's product, variant and list do not exist for a member."""
    ana, cleo = cast.browser("ana"), cast.browser("cleo")
    goods = cast.goods("riesling-vom-schiefer")
    url = draft(cast, ana)
    assert cleo.get(url).status_code == 404
    assert cleo.get("/studio/products").status_code == 404
    assert cast.post(cleo, f"{url}/sale").status_code == 404
    assert cast.post(cleo, f"/studio/variants/{goods.variant_id}", price="1",
                     stock=1).status_code == 404


def said(product_id: int) -> set[tuple[str, str | None, object]]:
    """Key, language and value of all particulars."""
    return {(row.key, row.lang, str(row.value)) for row in db.session.scalars(
        db.select(Particular).where(Particular.product_id == product_id))}


def test_particulars_are_kept_in_each_language(cast: Cast) -> None:
    """A producer reads and changes their own language; saving leaves the other as it was.

    What is chosen from a list is said in both.
    """
    goods, ana = cast.goods("riesling-vom-schiefer"), cast.browser("ana")
    with committing():
        db.session.execute(db.delete(Particular).where(
            Particular.product_id == goods.product_id, Particular.key.in_(("sweetness", "body"))))
        db.session.add_all(Particular(product_id=goods.product_id, key=key, lang=lang, value=value)
                           for key, lang, value in (("sweetness", "de", "trocken"),
                                                    ("sweetness", "en", "dry"),
                                                    ("body", "en", "light")))
    url = f"/studio/products/{goods.product_id}"
    typed = form_at(ana.get(url).get_data(as_text=True), url)
    assert (typed["fact_sweetness"], typed["fact_body"]) == ("trocken", "light")
    before = said(goods.product_id)
    assert cast.post(ana, url, **typed).status_code == 303
    assert said(goods.product_id) == before
    typed = form_at(ana.get(url).get_data(as_text=True), url)
    typed |= {"fact_sweetness": "feinherb", "fact_body": "schlank", "fact_grape": ""}
    assert cast.post(ana, url, **typed).status_code == 303
    now = said(goods.product_id)
    assert before - now == {("sweetness", "de", "trocken"), ("sweetness", "en", "dry"),
                            ("grape", None, "['Riesling']")}
    assert now - before == {("sweetness", "de", "feinherb"), ("sweetness", "en", "off-dry"),
                            ("body", "de", "schlank")}
    codes = set(map(tuple, db.session.execute(db.select(FactValue.key, FactValue.value_code).where(
        FactValue.product_id == goods.product_id))))
    assert {("sweetness", "feinherb"), ("body", "schlank")} <= codes
    assert not any(key == "grape" for key, _code in codes)
