"""Two writers, addresses, variants, lots and the list (catalog-9, bad input, section 8)."""

from __future__ import annotations

from io import BytesIO

from flask import Flask

from marketplace.catalog.actions import publish, rename
from marketplace.catalog.models import (
    Lot,
    OldSlug,
    Particular,
    Product,
    ProductText,
    ProductVersion,
    Variant,
)
from marketplace.foundation.database import committing, db
from tests.cast import Cast
from tests.catalog.forms import form_at
from tests.catalog.goods import draft, state_of
from tests.databases import sent_statements

WINE = "riesling-vom-schiefer"


def texts(product_id: int) -> dict[str, tuple[str, str]]:
    """Title and line by language."""
    rows = {row.lang: (row.title, row.teaser) for row in db.session.scalars(
        db.select(ProductText).where(ProductText.product_id == product_id)
        .execution_options(populate_existing=True))}
    db.session.rollback()
    return rows


def test_nobodys_change_is_lost(cast: Cast) -> None:
    """Bad input: 409 with both versions; kept again, both changes stand."""
    goods, ana = cast.goods(WINE), cast.browser("ana")
    url = f"/studio/products/{goods.product_id}"
    first = form_at(ana.get(url).get_data(as_text=True), url)
    second = dict(first)
    assert cast.post(ana, url, **{**first, "teaser_de": "Von Anna geändert"}).status_code == 303
    late = cast.post(ana, url, **{**second, "title_de": "Riesling, neu", "not_for_de": "Keine."})
    html = late.get_data(as_text=True)
    assert late.status_code == 409
    assert "Von Anna geändert" in html
    merged = form_at(html, url)
    assert (merged["title_de"], merged["teaser_de"], merged["not_for_de"]) == (
        "Riesling, neu", "Von Anna geändert", "Keine.")
    assert texts(goods.product_id)["de"] == ("Riesling vom Schiefer", "Von Anna geändert")
    assert cast.post(ana, url, **merged).status_code == 303
    assert texts(goods.product_id)["de"] == ("Riesling, neu", "Von Anna geändert")


def test_same_field_changed_twice_shows_both(cast: Cast) -> None:
    """Bad input: mine stays in the field, theirs stands above, and nothing was saved."""
    goods, ana = cast.goods(WINE), cast.browser("ana")
    url = f"/studio/products/{goods.product_id}"
    typed = form_at(ana.get(url).get_data(as_text=True), url)
    assert cast.post(ana, url, **{**typed, "story_de": "Ihre Geschichte."}).status_code == 303
    late = cast.post(ana, url, **{**typed, "story_de": "Meine Geschichte."})
    html = late.get_data(as_text=True)
    assert late.status_code == 409
    assert html.count("Meine Geschichte.") == 2
    assert "Ihre Geschichte." in html
    for base in ("", "{", "[1]", "x" * 200_000):
        again = cast.post(ana, url, **{**typed, "base": base, "story_de": "Meine."})
        assert again.status_code == 409, base[:9]


def test_identity_stays_whatever_changes(app: Flask, cast: Cast) -> None:
    """catalog-9: new name, address, shelf, variant and end keep id and code; old ones lead on."""
    goods, ana = cast.goods(WINE), cast.browser("ana")
    code = db.session.get_one(Product, goods.product_id).code
    db.session.rollback()
    state = f"/studio/products/{goods.product_id}/state"
    assert cast.post(ana, state, step="slug", slug="Schiefer Riesling").status_code == 303
    assert cast.post(ana, state, step="slug", slug="Schieferwein").status_code == 303
    assert cast.post(ana, state, step="category", category="dessert-wine").status_code == 303
    added = cast.post(ana, f"/studio/products/{goods.product_id}/variants", label="Magnum",
                      price="24", stock="4", amount="1500", unit="ml")
    assert added.status_code == 303
    assert cast.post(ana, state, step="withdraw", why="Der Keller ist leer.").status_code == 303
    row = db.session.get_one(Product, goods.product_id, populate_existing=True)
    assert (row.code, row.slug, row.state) == (code, "schieferwein", "withdrawn")
    visitor = app.test_client()
    for old in (WINE, "schiefer-riesling"):
        moved = visitor.get(f"/products/{old}")
        assert (moved.status_code, moved.location) == (301, "/products/schieferwein")
        assert visitor.get(f"/products/{old}/price").status_code == 301
    page = visitor.get("/products/schieferwein")
    assert page.status_code == 200
    assert "Der Keller ist leer." in page.get_data(as_text=True)


def test_addresses_never_collide(cast: Cast) -> None:
    """Bad input: a taken address gets a number, an own old one comes back, signs alone do not do.
    """
    wine, red = cast.goods(WINE), cast.goods("spaetburgunder-dorfkern")
    with committing():
        assert rename(wine.product_id, "Dorfkern") == "dorfkern"
        assert rename(red.product_id, "Dorfkern") == "dorfkern-2"
        assert rename(red.product_id, WINE) == f"{WINE}-2"
        assert rename(wine.product_id, WINE) == WINE
    assert db.session.get(OldSlug, WINE) is None
    db.session.rollback()
    sent = cast.post(cast.browser("ana"), f"/studio/products/{wine.product_id}/state",
                     step="slug", slug="🍷")
    assert sent.status_code == 422
    assert "f-slug-fault" in sent.get_data(as_text=True)


def test_successor_is_offered(app: Flask, cast: Cast) -> None:
    """catalog-9: a withdrawn product names what came after it, only from the same house."""
    wine, red, jumper = (cast.goods(slug) for slug in (
        WINE, "spaetburgunder-dorfkern", "fischerpullover"))
    ana, url = cast.browser("ana"), f"/studio/products/{wine.product_id}/state"
    foreign = cast.post(ana, url, step="withdraw", why="Leer.", replaced_by=jumper.product_id)
    assert foreign.status_code == 422
    assert state_of(wine.product_id) == "published"
    assert cast.post(ana, url, step="withdraw", why="").status_code == 422
    assert cast.post(ana, url, step="withdraw", why="Leer.",
                     replaced_by=red.product_id).status_code == 303
    assert "Spätburgunder Dorfkern" in app.test_client().get(f"/products/{WINE}").get_data(
        as_text=True).split("</header>")[1]


def test_variants_are_changed_and_turned_off(cast: Cast) -> None:
    """Form: options, amount, number; a wrong check digit, a doubled number and the last one."""
    goods, ana = cast.goods(WINE), cast.browser("ana")
    url = f"/studio/variants/{goods.variant_id}/edit"
    typed = form_at(ana.get(url).get_data(as_text=True), url)
    for name, text in (("gtin", "4006381333932"), ("sku", "K-SPB"), ("drained", "800"),
                       ("price", "0"), ("unit", "pint"), ("made_to_order", "1")):
        sent = cast.post(ana, url, **{**typed, name: text, "lead_days": ""})
        assert sent.status_code == 422, name
        assert "field-fault" in sent.get_data(as_text=True), name
    good = {**typed, "gtin": "4006381333931", "volume": "0,75 l", "price": "12.30"}
    assert cast.post(ana, url, **good).status_code == 303
    row = db.session.get_one(Variant, goods.variant_id, populate_existing=True)
    assert (row.gtin, row.options, row.price_minor) == ("4006381333931", {"volume": "0,75 l"}, 1230)
    db.session.rollback()
    last = cast.post(ana, url, step="off")
    assert last.status_code == 422
    cast.post(ana, f"/studio/products/{goods.product_id}/variants", label="Magnum", price="24",
              stock="4", amount="1500", unit="ml")
    assert cast.post(ana, url, step="off").status_code == 303
    assert not db.session.get_one(Variant, goods.variant_id, populate_existing=True).active


def test_new_vintage_begins_without_what_is_its_own(app: Flask, cast: Cast) -> None:
    """3.5, catalog-9: copied without particulars of the lot; on sale once it says them."""
    goods, ana = cast.goods(WINE), cast.browser("ana")
    lots = f"/studio/products/{goods.product_id}/lots"
    first = cast.post(ana, lots, label="2022", kind="vintage")
    assert first.status_code == 303
    second = cast.post(ana, lots, label="2023", kind="vintage")
    assert second.status_code == 303
    doubled = cast.post(ana, lots, label="2023", kind="vintage")
    assert doubled.status_code == 422
    lot = second.location
    shown = form_at(ana.get(lot).get_data(as_text=True), lot)
    assert shown["fact_alcohol"] == ""
    early = cast.post(ana, lot, step="start")
    assert early.status_code == 422
    assert "f-alcohol" in early.get_data(as_text=True)
    assert cast.post(ana, lot, **{**shown, "fact_alcohol": "12,5"}).status_code == 303
    made = db.session.scalar(db.select(Variant).join(Lot, Lot.id == Variant.lot_id)
                             .where(Lot.label == "2023"))
    assert made is not None and not made.active
    variant_id = made.id
    db.session.rollback()
    assert cast.post(ana, f"/studio/variants/{variant_id}", price="12,90",
                     stock="60").status_code == 303
    assert cast.post(ana, lot, step="start").status_code == 303
    states = {row.label: row.state for row in db.session.scalars(db.select(Lot))}
    db.session.rollback()
    assert states == {"2022": "past", "2023": "current"}
    old = {row.key for row in db.session.scalars(db.select(Particular).join(
        Lot, Lot.id == Particular.lot_id).where(Lot.label == "2022"))}
    assert {"alcohol", "vintage"} <= old
    html = app.test_client().get(f"/products/{WINE}/particulars").get_data(as_text=True)
    assert "12,5" in html and "2023" in html


def test_versions_of_titles_are_kept(cast: Cast) -> None:
    """Table product_versions: each changed title with who changed it."""
    goods, ana = cast.goods(WINE), cast.browser("ana")
    url = f"/studio/products/{goods.product_id}"
    for title in ("Eins", "Zwei", "Zwei"):
        typed = form_at(ana.get(url).get_data(as_text=True), url)
        assert cast.post(ana, url, **{**typed, "title_de": title}).status_code == 303
    rows = db.session.scalars(db.select(ProductVersion).where(
        ProductVersion.product_id == goods.product_id, ProductVersion.lang == "de")
        .order_by(ProductVersion.id)).all()
    assert [row.title for row in rows] == ["Eins", "Zwei"]
    assert {row.person_id for row in rows} == {cast.id("ana")}


def test_list_takes_five_statements_for_two_rows_or_twenty(app: Flask, cast: Cast) -> None:
    """Section 8: the studio's list costs the same for 3 goods and for 20."""
    ana = cast.browser("ana")
    ana.get("/studio/products")
    taken = []
    for many in (0, 20):
        for number in range(many):
            draft(cast, "food", "ana", variants=[], texts={"de": (f"Nummer {number}", "", "")})
        with sent_statements() as sent:
            html = ana.get("/studio/products").get_data(as_text=True)
        taken.append([one for one in sent if "products" in one or "variants" in one
                      or "particulars" in one])
        assert html.count("goods-title") == (20 if many else 3)
    assert len(taken[0]) == len(taken[1]) <= 5, "\n".join(one[:90] for one in taken[1])


def test_low_stock_is_said_in_the_list(cast: Cast) -> None:
    """Section 4: from three pieces down the list says so."""
    goods, ana = cast.goods(WINE), cast.browser("ana")
    assert cast.post(ana, f"/studio/variants/{goods.variant_id}", price="11,40",
                     stock="2").status_code == 303
    assert "only 2 left" in ana.get("/studio/products?lang=en").get_data(as_text=True)
    bad = cast.post(ana, f"/studio/variants/{goods.variant_id}", price="9,9x", stock="2")
    assert bad.status_code == 422
    assert 'value="9,9x"' in bad.get_data(as_text=True)


def test_pictures_keep_rights_and_lose_places(app: Flask, cast: Cast) -> None:
    """catalog-22: licence, credit and consent; coordinates of the camera are gone from the file."""
    from PIL import Image

    from marketplace.adapters.doors import doors
    from marketplace.catalog.models import Picture

    goods, ana = cast.goods(WINE), cast.browser("ana")
    url = f"/studio/products/{goods.product_id}/pictures"
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (53.0, 34.0, 12.0)
    exif[0x010F] = "Geheime Kamera"

    def body() -> tuple[BytesIO, str]:
        out = BytesIO()
        Image.new("RGB", (900, 1125), (1, 2, 3)).save(out, "JPEG", exif=exif)
        assert b"Geheime Kamera" in out.getvalue()
        out.seek(0)
        return out, "a.jpg"

    for other in ({"licence": "cc-by"}, {"licence": "stolen"}, {"people": "ask"}, {"alt_de": ""}):
        sent = cast.post(ana, url, picture=body(), **{"alt_de": "Ein Glas", **other})
        assert sent.status_code == 422, other
    svg = (BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "a.svg")
    assert cast.post(ana, url, picture=svg, alt_de="x").status_code == 422
    assert cast.post(ana, url, picture=body(), alt_de="Ein Glas", licence="cc-by",
                     credit="Lena Foto", people="agree").status_code == 303
    row = db.session.scalar(db.select(Picture).order_by(Picture.id.desc()))
    assert row is not None
    assert (row.licence, row.credit, row.people_agree) == ("cc-by", "Lena Foto", True)
    kept = doors().storage.open(row.file)
    assert b"Geheime Kamera" not in kept
    assert not Image.open(BytesIO(kept)).getexif()
    assert app.test_client().get(f"/files/{row.file}").status_code == 404


def test_publishing_uses_what_the_lot_says(cast: Cast) -> None:
    """3.5: a draft whose one lot is named is published with the lot's particulars."""
    product_id = draft(cast, "wine", "ana")
    ana = cast.browser("ana")
    assert cast.post(ana, f"/studio/products/{product_id}/lots", label="2024",
                     kind="vintage").status_code == 303
    with committing():
        assert publish(product_id)


def test_a_year_is_the_same_in_every_language(cast: Cast) -> None:
    """Who works in English says 2021 once; "none" still has to be said in German too."""
    goods, ana = cast.goods(WINE), cast.browser("ana")
    url = f"/studio/products/{goods.product_id}"
    with committing():
        db.session.execute(db.delete(Particular).where(
            Particular.product_id == goods.product_id, Particular.key == "vintage"))
        db.session.execute(db.update(Product).where(Product.id == goods.product_id)
                           .values(state="draft"))
    typed = form_at(ana.get(url).get_data(as_text=True), url)
    for said, lang in (("2021", None), ("none", "en")):
        sent = cast.post(ana, f"{url}?lang=en", **{**typed, "fact_vintage": said})
        assert sent.status_code == 303
        row = db.session.scalar(db.select(Particular).where(
            Particular.product_id == goods.product_id, Particular.key == "vintage"))
        assert row is not None and (row.value, row.lang) == (said, lang)
        db.session.rollback()
        with committing():
            db.session.execute(db.delete(Particular).where(
                Particular.product_id == goods.product_id, Particular.key == "vintage"))
        typed = form_at(ana.get(url).get_data(as_text=True), url)
