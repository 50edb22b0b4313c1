"""Codes on goods: check digits and signs, the page behind a code, labels, sheets; catalog 3.8."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from marketplace.catalog.models import Particular, Product
from marketplace.catalog.rules.codes import gtin_ok, short_code, typed_gtin
from marketplace.foundation.codes import check_sign
from marketplace.foundation.database import committing, db
from tests.cast import Cast

WINE = "riesling-vom-schiefer"


def code_of(slug: str = WINE) -> str:
    """The short code of a product."""
    return str(db.session.scalar(db.select(Product.code).where(Product.slug == slug)))


@pytest.mark.parametrize(("text", "good"), [
    ("4006381333931", True), ("96385074", True), ("4006381333932", False), ("036000291452", True),
    ("00012345600012", True), ("400638133393", False), ("", False), ("40063813339３1", False)])
def test_gtin_check_digits(text: str, good: bool) -> None:
    """catalog 3.8: the vectors of the spec, a UPC, a GTIN-14, wrong lengths, foreign digits."""
    assert gtin_ok(text) is good


def test_short_code_vectors() -> None:
    """catalog 3.8: W7K3Q gives K, R2T9M gives J; lower case is read, look-alikes are named."""
    assert (check_sign("W7K3Q"), check_sign("R2T9M")) == ("K", "J")
    assert short_code("w7k3 qk") == ("W7K3QK", False)
    assert short_code("W7K3QJ") == ("", False)
    assert short_code("W7KO1K") == ("", True)
    assert typed_gtin(" 4006381-333931 ") == "4006381333931"


def test_code_opens_four_doors_without_cookie(cast: Cast, client: FlaskClient) -> None:
    """catalog-17: no cookie, no token, at most 40 kB, four doors; lower case too."""
    code = code_of()
    for typed in (code, code.lower()):
        page = client.get(f"/p/{typed}")
        text = page.get_data(as_text=True)
        assert page.status_code == 200 and "Set-Cookie" not in page.headers
        assert "csrf" not in text and "<script" not in text and "?e=" not in text
        assert len(page.get_data()) <= 40_000
        doors = re.findall(r'<li><a href="([^"]+)"', text)
        assert doors == [f"/products/{WINE}#verdict", "/producers/weingut-kaltbach",
                         f"/threads/new?about=/products/{WINE}", "/orders"]


def test_unknown_code_offers_the_search(client: FlaskClient) -> None:
    """catalog 3.8: unknown: a search field; O/0 and I/1 with a hint; drafts stay unknown."""
    page = client.get("/p/W7K3QK")
    assert page.status_code == 404 and 'name="q"' in page.get_data(as_text=True)
    assert "kein O" not in page.get_data(as_text=True)
    for typed in ("W7K3QO", "0AAAAA", "1II"):
        assert "kein O" in client.get(f"/p/{typed}").get_data(as_text=True), typed
    draft = code_of()
    with committing():
        db.session.execute(db.update(Product).values(state="draft"))
    assert client.get(f"/p/{draft}").status_code == 404


def test_label_says_only_what_the_law_wants(cast: Cast, client: FlaskClient) -> None:
    """catalog-18: both languages; no price, no link, no picture, no script, no token, no count."""
    goods = cast.goods(WINE)
    with committing():
        for key, value in (("ingredients", "Trauben, Schwefeldioxid"),
                           ("nutrition", {"Energie": "310 kJ / 75 kcal", "Fett": "0 g"})):
            db.session.add(Particular(product_id=goods.product_id, key=key, value=value))
        db.session.add(Particular(product_id=goods.product_id, key="recycling",
                                  value="Glas: Weißglas"))
        db.session.add(Particular(product_id=goods.product_id, key="ingredients", lang="en",
                                  value="Grapes, sulphur dioxide"))
    text = client.get(f"/p/{code_of()}/label").get_data(as_text=True)
    for words in ("Trauben, Schwefeldioxid", "Grapes, sulphur dioxide", "310 kJ / 75 kcal",
                  "Sulfite", "Allergene", "Allergens", "Glas: Weißglas",
                  "Recycling of the packaging"):
        assert words in text, words
    body = text.split("<body", 1)[1]
    for tag in ("<a ", "<img", "<script", "<form", "<svg", "€", "11,40", "Zuruf", "kurz gesagt",
                "?e=", "csrf", "Eine Geschichte"):
        assert tag not in body, tag


def test_label_counts_nobody(cast: Cast, client: FlaskClient, statements: list[str]) -> None:
    """catalog-18: reading a label writes nothing and sets nothing."""
    given = client.get(f"/p/{code_of()}/label")
    assert "Set-Cookie" not in given.headers
    assert not [one for one in statements if one.lstrip().upper().startswith(("INSERT", "UPDATE"))]


def test_codes_lead_from_the_search_to_the_product(cast: Cast, client: FlaskClient) -> None:
    """catalog-19: an EAN, a UPC without its zero, or a short code, typed or scanned."""
    ana = cast.browser("ana")
    from tests.catalog.test_intake import hand_in, table

    url = hand_in(cast, ana, table("K-RIE;4006381333931", "K-SPB;036000291452", head="sku;gtin"))
    cast.post(ana, f"{url}/save")
    for typed, slug in (("4006381333931", WINE), ("4006381 333931", WINE), (code_of(), WINE),
                        (code_of().lower(), WINE), ("0036000291452", "spaetburgunder-dorfkern")):
        went = client.get("/search", query_string={"q": typed})
        assert (went.status_code, went.location) == (303, f"/products/{slug}"), typed
    assert client.get("/search?q=4006381333932").status_code == 200


def test_code_picture_and_sheets(cast: Cast, client: FlaskClient) -> None:
    """catalog 3.8, catalog-17: level M with its quiet zone; A4 sheets as PDF, faults beside."""
    picture = client.get(f"/p/{code_of()}/code.svg")
    assert picture.mimetype == "image/svg+xml" and b"<path" in picture.get_data()
    ana = cast.browser("ana")
    field = f"n{cast.goods(WINE).product_id}"
    assert field in ana.get("/studio/labels").get_data(as_text=True)
    given = cast.post(ana, "/studio/labels", **{field: "30", "sheet": "24", "skip": "2"})
    body = given.get_data()
    assert given.mimetype == "application/pdf" and body.startswith(b"%PDF")
    assert len(re.findall(rb"/Type /Page\b", body)) == 2  # 2 used places and 30 labels on 24s
    for wrong, words in (("", "für mindestens ein Produkt"), ("x", "ganze Zahl von 0 bis 999"),
                         ("-1", "ganze Zahl von 0 bis 999")):
        refused = cast.post(ana, "/studio/labels", **{field: wrong})
        assert refused.status_code == 422 and words in refused.get_data(as_text=True)
