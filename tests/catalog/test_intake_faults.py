"""Bad files and bad rows: each named with a sentence before anything is saved; catalog 6."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from openpyxl import Workbook
from sqlalchemy import func, select

from marketplace.catalog.models import Import, ImportRow, Product
from marketplace.foundation.database import db
from marketplace.foundation.jobs import run_due
from tests.cast import Cast
from tests.catalog.test_intake import HEAD, effects, hand_in, lines, packed_picture, table


def refused(cast: Cast, who: FlaskClient, body: bytes, name: str = "goods.csv") -> str:
    """Hand in a file that cannot be used; the page that says why."""
    sent = cast.post(who, "/studio/import", file=(BytesIO(body), name), mode="drafts")
    assert sent.status_code == 422
    assert db.session.scalar(select(func.count(Import.id))) == 0
    return sent.get_data(as_text=True)


def zipped(*files: tuple[str, bytes]) -> bytes:
    """A ZIP of these files."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in files:
            packed.writestr(name, body)
    return out.getvalue()


BAD_FILES = {
    "nothing": (b"", "in der etwas steht"),
    "only a header": (b"sku;title\r\n", "keine Zeile mit Ware"),
    "500 columns": (";".join(f"c{n}" for n in range(500)).encode() + b"\r\n1", "500 Spalten"),
    "doubled column": (b"sku;sku\r\n1;2", "heißen „sku“".encode().decode()),
    "no table": (b"%PDF-1.7 ...", "keine Tabelle"),
    "old excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "alte Excel-Format"),
    "broken zip": (b"PK\x03\x04" + b"x" * 500, "beschädigt"),
    "open quote": (b'sku;title\r\nA;"B\r\nC;D\r\n', "bricht in Zeile 2"),
    "zip without table": (zipped(("a.jpg", b"x")), "genau eine Tabelle"),
    "zip in zip": (zipped(("a.csv", zipped(("b", b"c")))), "noch ein ZIP"),
    "text document": (zipped(("mimetype", b"application/vnd.oasis"), ("content.xml", b"<a/>")),
                      "keine Tabelle"),
    "bomb": (zipped(("goods.csv", b"sku;title\n" + b"0" * (201 * 1024 * 1024))), "200 MB"),
    "broken book": (zipped(("xl/workbook.xml", b"<no")), "Mappe ist beschädigt"),
}


@pytest.mark.parametrize("what", BAD_FILES)
def test_unusable_files_are_named(cast: Cast, what: str) -> None:
    """catalog 6: broken file, wrong header, ZIP bomb: said at once, nothing kept."""
    body, words = BAD_FILES[what]
    assert words in refused(cast, cast.browser("ana"), body)


def test_a_file_beyond_the_limit_names_the_limit(cast: Cast) -> None:
    """catalog 6: the page of files takes 64 MB, other forms 12 MB, and each says its own."""
    ana = cast.browser("ana")
    for path, limit in (("/studio/import", "64 MB"), ("/basket/lines", "12 MB")):
        sent = ana.post(path, data=b"x", content_type="multipart/form-data; boundary=x",
                        headers={"Sec-Fetch-Site": "same-origin"},
                        environ_overrides={"CONTENT_LENGTH": str(65 * 1024 * 1024)})
        words = sent.get_data(as_text=True)
        assert sent.status_code == 413 and f"bis zu {limit}" in words and "65 MB" in words, path


def test_columns_nobody_knows(cast: Cast) -> None:
    """catalog 6: a wrong header leads to the choice of columns, which demands the number."""
    ana = cast.browser("ana")
    url = hand_in(cast, ana, b"foo;bar\r\n1;2\r\n")
    page = ana.get(url).get_data(as_text=True)
    assert "0 Spalten wurden erkannt" in page and "foo" in page
    sent = cast.post(ana, f"{url}/columns", c0="title", c1="title", mode="drafts")
    page = sent.get_data(as_text=True)
    assert sent.status_code == 422 and "deine eigene Nummer" in page
    assert "schon eine andere Spalte" in page


def test_too_many_rows(cast: Cast) -> None:
    """catalog 6: 50,001 rows: said before anything is saved, and no row stays behind."""
    ana = cast.browser("ana")
    body = ("sku\n" + "".join(f"{n}\n" for n in range(50_001))).encode()
    url = hand_in(cast, ana, body, mode="drafts")
    run_due()
    assert "mehr als 50.000 Zeilen" in ana.get(url).get_data(as_text=True)
    assert db.session.scalar(select(func.count(ImportRow.id))) == 0
    assert db.session.scalar(select(Import.state)) == "broken"


def faults_of(number: int) -> dict[str, str]:
    """Column -> code of the row with this number."""
    found = db.session.scalar(select(ImportRow.faults).where(ImportRow.number == number))
    return {column: pair[0] for column, pair in (found or {}).items()}


def test_bad_cells_are_named_by_column(cast: Cast) -> None:
    """catalog 6: prices, stock, GTIN, doubles, formulas, shelves: each beside its own cell."""
    ana = cast.browser("ana")
    head = "sku;title;category;price;stock;gtin;amount;occasions;picture"
    rows = ["A;T;white-wine;9,90;-1;4006381333932;0;Mondfahrt;http://x/y.jpg",
            "B;T;mondregal;1e9;1,5;4,00638E+12;1 Fass;;weg.jpg",
            "C;=1+1;white-wine;9.90;1;4006381333931;0,75 l;;", "C;T;white-wine;9;1;;;;",
            ";T;white-wine;9;1;;;;", "D;T;white-wine;9;1;;;;;und noch;mehr"]
    hand_in(cast, ana, table(*rows, head=head))
    assert faults_of(2) == {"stock": "number_range", "gtin": "gtin_wrong",
                            "amount": "amount_unread", "occasions": "occasion_unknown",
                            "picture": "picture_address"}
    assert faults_of(3) == {"category": "category_unknown", "price": "price_unread",
                            "stock": "number_unread", "gtin": "gtin_shortened",
                            "amount": "unit_unknown", "picture": "picture_missing"}
    assert faults_of(4) == {"title": "formula", "sku": "sku_twice"}
    assert faults_of(5) == {"sku": "sku_twice"}
    assert faults_of(6) == {"sku": "sku_missing"}
    assert faults_of(7) == {"": "more_cells"}


def test_products_of_several_rows(cast: Cast) -> None:
    """catalog 3.11: all or nothing by product; rows of one product must not contradict."""
    ana = cast.browser("ana")
    head = "sku;product;title;category;price;label"
    rows = ["A1;a;Krug;white-wine;9;klein", "A2;a;;;12;groß", "B1;b;Tasse;white-wine;9;",
            "B2;b;Becher;;9;", "C1;c;Topf;white-wine;9;", "C2;c;;;umsonst;"]
    url = hand_in(cast, ana, table(*rows, head=head))
    assert [faults_of(n) for n in range(2, 8)] == [
        {}, {}, {"": "sibling"}, {"title": "says_other"}, {"": "sibling"},
        {"price": "price_unread"}]
    cast.post(ana, f"{url}/save")
    made = db.session.scalar(select(Product).where(Product.slug == "krug"))
    assert made is not None and (made.price_from_minor, made.price_to_minor) == (900, 1200)


def test_rows_of_another_product(cast: Cast) -> None:
    """catalog 3.11: a number that belongs to another product is at fault beside `product`."""
    from marketplace.catalog.models import Product as Goods

    code = db.session.scalar(select(Goods.code).where(Goods.slug == "riesling-vom-schiefer"))
    db.session.rollback()
    url = hand_in(cast, cast.browser("ana"), table(f"K-SPB;{code}", head="sku;product"))
    assert faults_of(2) == {"product": "other_product"}
    assert str(code) in cast.browser("ana").get(url).get_data(as_text=True)


def test_variant_joins_its_product(cast: Cast) -> None:
    """catalog 3.5: a new number beside a product's code is a variant of it; undone it goes off."""
    from marketplace.catalog.models import Product as Goods
    from marketplace.catalog.models import Variant

    ana = cast.browser("ana")
    code = db.session.scalar(select(Goods.code).where(Goods.slug == "riesling-vom-schiefer"))
    db.session.rollback()
    url = hand_in(cast, ana, table(f"K-MAG;{code};23,00;1,5 l;Magnum",
                                   head="sku;product;price;amount;label"))
    cast.post(ana, f"{url}/save")
    made = db.session.scalar(select(Variant).where(Variant.sku == "K-MAG"))
    assert made is not None and (made.amount, made.unit, made.price_minor) == (1500, "ml", 2300)
    assert made.product_id == cast.goods("riesling-vom-schiefer").product_id
    cast.post(ana, f"{url}/undo")
    db.session.expire_all()
    made = db.session.scalar(select(Variant).where(Variant.sku == "K-MAG"))
    assert made is not None and not made.active


def test_stock_below_what_is_promised(cast: Cast) -> None:
    """catalog-7: a file cannot set stock below what buyers were promised."""
    from tests.stories.test_circle import order_by

    order_by(cast, cast.browser("cleo"), "riesling-vom-schiefer")
    hand_in(cast, cast.browser("ana"), table("K-RIE;0", head="sku;stock"))
    assert faults_of(2) == {"stock": "stock_reserved"}


def test_foreign_gtin_is_a_hint(cast: Cast) -> None:
    """catalog 6: a barcode of another producer's variant is a hint, no fault."""
    bert, ana = cast.browser("bert"), cast.browser("ana")
    cast.post(bert, f"{hand_in(cast, bert, table('N-PUL;4006381333931', head='sku;gtin'))}/save")
    hand_in(cast, ana, table("K-RIE;4006381333931", head="sku;gtin"))
    row = db.session.scalar(select(ImportRow).where(ImportRow.sku == "K-RIE"))
    assert row is not None and row.effect == "changed" and row.hints == {
        "gtin": ["gtin_elsewhere", {}]}


def test_goods_on_sale_need_everything(cast: Cast) -> None:
    """catalog-2, catalog-10: missing particulars and words without proof are faults for goods on
    sale, hints for drafts.
    """
    ana = cast.browser("ana")
    bare = "E-1;Klimaneutraler Wein;white-wine;9"
    hand_in(cast, ana, table(bare, head="sku;title;category;price"), mode="sale")
    found = faults_of(2)
    assert found["title"] == "claim" and found["f:alcohol"] == "fact_missing"
    assert {"not_for", "place", "picture"} <= set(found)
    db.session.execute(db.delete(ImportRow))
    db.session.commit()
    hand_in(cast, ana, table(bare + " ", head="sku;title;category;price"))
    assert effects() == {"new": 1}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_encodings_and_marks(cast: Cast, encoding: str, mark: str) -> None:
    """catalog 3.11: three marks, four encodings, umlauts stay."""
    text = f"sku{mark}title{mark}category{mark}price\r\nÄ-1{mark}Süßes Öl{mark}white-wine{mark}9.90"
    url = hand_in(cast, cast.browser("ana"), text.encode(encoding))
    row = db.session.scalar(select(ImportRow))
    assert row is not None and (row.sku, row.data["title"]) == ("Ä-1", "Süßes Öl"), url
    assert row.effect == "new"


def test_workbooks_with_numbers_and_days(cast: Cast) -> None:
    """XLSX as Excel and LibreOffice save it: numbers, long codes, empty rows; zipped pictures."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in (["sku", "title", "category", "price", "stock", "gtin", "picture", "picture_alt"],
                  [1001, "Fass", "white-wine", 9.9, 3.0, 4006381333931, "A.jpg", "Ein Fass"], [],
                  [1002, "Fass 2", "white-wine", 12.345, 1, None, None, None]):
        sheet.append(cells)
    out = BytesIO()
    book.save(out)
    ana = cast.browser("ana")
    with zipfile.ZipFile(BytesIO(packed_picture())) as packed:
        photo = packed.read("bilder/A.jpg")
    url = hand_in(cast, ana, zipped(("goods.xlsx", out.getvalue()), ("pics/a.JPG", photo)), "g.zip")
    assert effects() == {"new": 1, "fault": 1}
    assert faults_of(4) == {"price": "price_unread"}
    cast.post(ana, f"{url}/save")
    made = db.session.scalar(select(Product).where(Product.slug == "fass"))
    assert made is not None and made.main_picture_id and made.price_from_minor == 990


def test_formulas_go_out_as_text(cast: Cast) -> None:
    """catalog 3.11: = + - @ leave with an apostrophe and come back without; nothing runs."""
    ana = cast.browser("ana")
    goods = cast.goods("riesling-vom-schiefer")
    for words in ("=HYPERLINK(1)", "'=schon", "-5 Grad", "@ana", "+plus"):
        url = f"/studio/products/{goods.product_id}"
        page = ana.get(url).get_data(as_text=True)
        version = page.split('name="version" value="')[1].split('"')[0]
        cast.post(ana, url, version=version, title_de="Riesling vom Schiefer", teaser_de=words,
                  place_of_making="Kaltbach", not_for_de="Nichts für Eilige.",
                  fact_kind="Weißwein", fact_alcohol="12", fact_origin="Mosel",
                  fact_allergens="Sulfite", fact_vintage="2022")
        body = ana.get("/studio/export?format=csv").get_data()
        assert f";'{words}" in body.decode("utf-8-sig")
        hand_in(cast, ana, body)
        newest = db.session.scalar(select(func.max(Import.id)))
        assert db.session.scalars(select(ImportRow.effect).where(
            ImportRow.import_id == newest)).all() == ["same"] * 3, words


def test_many_rows_are_saved_by_jobs_that_resume(cast: Cast) -> None:
    """catalog 3.11: above 2,000 rows in batches of 500; a killed one goes on where it was."""
    from marketplace.foundation.jobs import run_one

    ana = cast.browser("ana")
    url = hand_in(cast, ana, table(*lines(2_001), head=HEAD))
    assert "wird gelesen" in ana.get(url).get_data(as_text=True)
    run_due()
    assert effects() == {"new": 2_001}
    before = db.session.scalar(select(func.count(Product.id))) or 0
    cast.post(ana, f"{url}/save")
    assert run_one(kind="catalog.import_rows")
    assert db.session.scalar(select(func.count(Product.id))) == before + 500
    page = ana.get(f"{url}/progress", headers={"HX-Request": "true"}).get_data(
        as_text=True)
    assert "500 von 2.001 Zeilen gespeichert" in page and 'value="500"' in page
    assert "http-equiv" in ana.get(url).get_data(as_text=True)
    run_due(kind="catalog.import_rows")
    assert db.session.scalar(select(func.count(Product.id))) == before + 2_001
    done = ana.get(f"{url}/progress", headers={"HX-Request": "true"})
    assert done.headers["HX-Refresh"] == "true"
    assert db.session.scalar(select(Import.state)) == "saved"
