"""A file of goods in the studio: read, looked at, corrected, saved, taken back; catalog-21."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import func, select

from marketplace.catalog.models import Import, ImportRow, Picture, Price, Product, Variant
from marketplace.foundation.database import db
from tests.cast import Cast
from tests.catalog.test_views_goods import photo

HEAD = ("sku;product;title;category;price;amount;unit;stock;not_for;place;f:kind;f:alcohol;"
        "f:origin;f:allergens;f:vintage")
WINE = "white-wine;{price};750;ml;24;Nichts für Eilige.;Kaltbach;Weißwein;12;Mosel;Sulfite;2022"


def lines(count: int, **wrong: str) -> list[str]:
    """So many rows of wines; `wrong` maps r<n> to another price cell."""
    return [f"W-{n};;Wein {n};" + WINE.format(price=wrong.get(f"r{n}", "9,90"))
            for n in range(1, count + 1)]


def hand_in(cast: Cast, who: FlaskClient, body: bytes, name: str = "goods.csv",
            mode: str = "drafts", pictures: bytes | None = None) -> str:
    """Hand a file in; the address of its page."""
    more: dict[str, Any] = {"pictures": (BytesIO(pictures), "p.zip")} if pictures else {}
    sent = cast.post(who, "/studio/import", file=(BytesIO(body), name), mode=mode, **more)
    assert sent.status_code == 303, sent.get_data(as_text=True)
    return str(sent.location)


def table(*rows: str, head: str = HEAD) -> bytes:
    """A file of these rows."""
    return "\r\n".join((head, *rows)).encode()


def effects() -> dict[str, int]:
    """How many rows do what."""
    return dict(db.session.execute(
        select(ImportRow.effect, func.count()).group_by(ImportRow.effect)).all())


def test_three_bad_rows_of_forty(cast: Cast) -> None:
    """catalog-21: 3 faults with row and column, nothing saved before the click, then 37."""
    ana = cast.browser("ana")
    before = db.session.scalar(select(func.count(Product.id)))
    url = hand_in(cast, ana, table(*lines(40, r3="0", r7="-4", r20="abc")))
    page = ana.get(url).get_data(as_text=True)
    assert effects() == {"new": 37, "fault": 3}
    for number, words in ((4, "„0“ liegt außerhalb"), (8, "„-4“ ist weniger als nichts"),
                          (21, "„abc“ ist kein Preis")):
        assert re.search(rf"Zeile {number}\b.*?Preis.*?{words}", page, re.S), (number, page)
    assert db.session.scalar(select(func.count(Product.id))) == before
    assert cast.post(ana, f"{url}/save").status_code == 303
    assert db.session.scalar(select(func.count(Product.id))) == (before or 0) + 37
    assert "37 Zeilen sind gespeichert" in ana.get(url).get_data(as_text=True)


def test_faulty_cells_are_corrected_in_the_page(cast: Cast) -> None:
    """catalog 3.11: a corrected cell is checked again; what is still wrong stays a fault."""
    ana = cast.browser("ana")
    url = hand_in(cast, ana, table(*lines(3, r1="abc", r2="x")))
    names = re.findall(r'name="(r\d+\.price)"', ana.get(url).get_data(as_text=True))
    assert len(names) == 2
    cast.post(ana, f"{url}/rows", **{names[0]: "12,50", names[1]: "teuer"})
    assert effects() == {"new": 2, "fault": 1}
    assert "„teuer“ ist kein Preis" in ana.get(url).get_data(as_text=True)


def test_export_then_import_is_all_same(cast: Cast) -> None:
    """catalog-21: export, import: all rows are the same, and there is nothing to save."""
    ana = cast.browser("ana")
    body = ana.get("/studio/export?format=csv").get_data()
    url = hand_in(cast, ana, body)
    assert effects() == {"same": 3}
    refused = cast.post(ana, f"{url}/save")
    assert refused.status_code == 409
    book = ana.get("/studio/export?format=xlsx").get_data()
    hand_in(cast, ana, book, "goods.xlsx")
    assert effects() == {"same": 6}


def test_export_import_export_is_byte_identical(cast: Cast) -> None:
    """catalog-21: what was changed by hand comes back with the first export, byte for byte."""
    ana = cast.browser("ana")
    first = ana.get("/studio/export?format=csv").get_data()
    goods = cast.goods("riesling-vom-schiefer")
    cast.post(ana, f"/studio/variants/{goods.variant_id}", price="99,00", stock="3")
    assert ana.get("/studio/export?format=csv").get_data() != first
    url = hand_in(cast, ana, first)
    assert effects() == {"same": 2, "changed": 1}
    page = ana.get(url).get_data(as_text=True)
    assert "99,00 €" in page and "11,40 €" in page
    cast.post(ana, f"{url}/save")
    assert ana.get("/studio/export?format=csv").get_data() == first
    prices = db.session.scalars(select(Price.price_minor).where(
        Price.variant_id == goods.variant_id).order_by(Price.id)).all()
    assert prices == [1140, 9900, 1140]


def test_undo_gives_old_values_back_and_names_what_stays(cast: Cast) -> None:
    """An import is taken back: new drafts go, changes are turned round, later ones stay."""
    ana = cast.browser("ana")
    riesling, pinot = (cast.goods(slug) for slug in
                       ("riesling-vom-schiefer", "spaetburgunder-dorfkern"))
    url = hand_in(cast, ana, table(
        *lines(1), *(f"{sku};;;;{price}" + ";" * 10
                     for sku, price in (("K-RIE", "13,00"), ("K-SPB", "16,00")))))
    assert effects() == {"new": 1, "changed": 2}
    cast.post(ana, f"{url}/save")
    cast.post(ana, f"/studio/variants/{pinot.variant_id}", price="17,00", stock="7")
    assert cast.post(ana, f"{url}/undo").status_code == 303
    price = dict(db.session.execute(select(Variant.id, Variant.price_minor)).all())
    assert (price[riesling.variant_id], price[pinot.variant_id]) == (1140, 1700)
    assert db.session.scalar(select(Variant.id).where(Variant.sku == "W-1")) is None
    assert db.session.scalar(select(Import.state)) == "undone"
    page = ana.get(url).get_data(as_text=True)
    assert "Preis wurde seitdem geändert" in page


def test_ordered_goods_stay_when_an_import_is_taken_back(cast: Cast) -> None:
    """What was used stays and is named; what was public becomes a draft again."""
    from tests.stories.test_circle import order_by

    ana = cast.browser("ana")
    picture = packed_picture()
    rows = [line + ";a.jpg;Eine Flasche" for line in lines(2)]
    url = hand_in(cast, ana, table(*rows, head=HEAD + ";picture;picture_alt"), mode="sale",
                  pictures=picture)
    cast.post(ana, f"{url}/save")
    slugs = db.session.scalars(select(Product.slug).join(Variant).where(
        Variant.sku.like("W-%")).order_by(Variant.sku)).all()
    assert db.session.scalar(select(func.count(Picture.id)).where(Picture.alt_de == "Eine Flasche")
                             ) == 2
    order_by(cast, cast.browser("cleo"), slugs[0])
    cast.post(ana, f"{url}/undo")
    states = dict(db.session.execute(select(Product.slug, Product.state)).all())
    assert (states[slugs[0]], states[slugs[1]]) == ("published", "draft")
    assert "bestellt oder bewertet" in ana.get(url).get_data(as_text=True)


def packed_picture() -> bytes:
    """A ZIP with one photo."""
    import zipfile

    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("bilder/A.jpg", photo().getvalue())
    return out.getvalue()


def test_same_file_again_is_said(cast: Cast) -> None:
    """The same content hash: the page says when it was taken in before."""
    ana = cast.browser("ana")
    body = table(*lines(2))
    first = hand_in(cast, ana, body)
    cast.post(ana, f"{first}/save")
    page = ana.get(hand_in(cast, ana, body)).get_data(as_text=True)
    assert "Genau diese Datei" in page
    assert effects() == {"new": 2, "same": 2}


def test_foreign_columns_are_guessed_changed_and_remembered(cast: Cast) -> None:
    """Step 0: a shop's own names; what was chosen is chosen the next time."""
    ana = cast.browser("ana")
    body = ("Artikelnr.;Bezeichnung;VK;Sonderfeld\r\nX-1;Fass;9,90;blau\r\n").encode("cp1252")
    url = hand_in(cast, ana, body)
    page = ana.get(url).get_data(as_text=True)
    chosen = re.findall(r'<option value="([^"]*)" selected>', page)
    assert chosen[:4] == ["sku", "title", "price", ""]
    sent = cast.post(ana, f"{url}/columns", c0="sku", c1="title", c2="price", c3="teaser",
                     category="white-wine", lang="de", mode="drafts")
    assert sent.status_code == 303 and effects() == {"new": 1}
    again = ana.get(hand_in(cast, ana, body + b"X-2;Fass;8;rot\r\n")).get_data(as_text=True)
    assert re.findall(r'<option value="([^"]*)" selected>', again)[:4] == [
        "sku", "title", "price", "teaser"]


def test_another_house_cannot_look(cast: Cast) -> None:
    """A file belongs to one producer: others get 404 and change nothing."""
    ana, bert = cast.browser("ana"), cast.browser("bert")
    url = hand_in(cast, ana, table(*lines(1)))
    assert bert.get(url).status_code == 404
    for act in ("save", "undo", "rows", "columns"):
        assert cast.post(bert, f"{url}/{act}").status_code == 404
    assert effects() == {"new": 1}
