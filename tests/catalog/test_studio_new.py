"""A first product, and what was typed when the login had ended (catalog-1)."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from marketplace.catalog.actions.typed import forget_typed
from marketplace.catalog.models import Particular, Product, TypedForm
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from tests.cast import PASSWORD, Cast
from tests.catalog.forms import form_at
from tests.catalog.test_views_goods import photo

NEW = "/studio/products/new"
CRAFTS = {"title_de": "Stumpenkerze", "fact_materials": "Bienenwachs", "fact_measurements": "9 cm",
          "fact_no_warnings": "ja", "not_for_de": "Nichts für Katzenhaushalte.", "price": "14,90",
          "stock": "20", "alt": "Eine gelbe Kerze"}
WINE = {"title_de": "Riesling Kaltbacher Berg", "fact_kind": "Weißwein", "fact_vintage": "2024",
        "fact_alcohol": "11,5", "fact_origin": "Deutscher Qualitätswein, Mosel",
        "fact_allergens": "enthält Sulfite", "fact_ingredients": "Trauben, SULFITE",
        "not_for_de": "Nichts für Süße.", "price": "11,40", "stock": "120",
        "alt": "Eine grüne Flasche"}
NUTRITION = {f"fact_nutrition_{part}": text for part, text in zip(
    ("kj", "kcal", "fat", "saturates", "carbohydrate", "sugars", "protein", "salt"),
    ("322", "77", "0", "0", "2,1", "0,6", "0", "0"), strict=True)}


def made(cast: Cast, who: str, shelf: str, typed: dict[str, str]) -> int:
    """Send the form of a shelf as its page shows it, with these fields typed."""
    browser = cast.browser(who)
    page = browser.get(f"{NEW}?category={shelf}").get_data(as_text=True)
    house = {"ana": "weingut-kaltbach", "bert": "nordgarn"}[who]
    shown = form_at(page, NEW)
    assert set(typed) <= {*shown, "alt"}, set(typed) - set(shown)
    picture = {"picture": (photo(), "a.jpg")} if "alt" in typed else {}
    sent = cast.post(browser, f"{NEW}?producer={house}", **{**shown, **typed, **picture})
    assert sent.status_code == 303, sent.get_data(as_text=True)
    return int(sent.location.rsplit("/", 1)[1])


def on_sale(cast: Cast, who: str, product_id: int) -> None:
    """Publish it at once: nothing is missing."""
    sale = cast.post(cast.browser(who), f"/studio/products/{product_id}/sale")
    assert sale.status_code == 303, sale.get_data(as_text=True)


def test_crafts_need_ten_typed_fields(cast: Cast) -> None:
    """catalog-1: a candle is published with nine typed fields, the picture is the tenth."""
    assert len(CRAFTS) + 1 <= 10
    product_id = made(cast, "bert", "candles", CRAFTS)
    on_sale(cast, "bert", product_id)
    row = db.session.get_one(Product, product_id)
    assert (row.slug, row.state, row.place_of_making) == ("stumpenkerze", "published", "Norden")
    html = cast.app.test_client().get("/products/stumpenkerze/particulars").get_data(as_text=True)
    assert "nordgarn@example.org" in html
    assert "Dorfstraße 1" in html


def test_wine_needs_twenty_typed_fields(cast: Cast) -> None:
    """catalog-1: a wine of 2024 with eleven fields, one nutrition table and one picture."""
    assert len(WINE) + 2 <= 20
    product_id = made(cast, "ana", "white-wine", {**WINE, **NUTRITION})
    on_sale(cast, "ana", product_id)
    facts = {row.key: row.value for row in db.session.scalars(db.select(Particular).where(
        Particular.product_id == product_id, Particular.lang != "en"))}
    assert facts["nutrition"]["Brennwert"] == "322 kJ / 77 kcal"
    assert db.session.scalar(db.select(Particular.value).where(
        Particular.product_id == product_id, Particular.key == "alcohol")) == 11.5


def test_draft_is_kept_whatever_is_missing(cast: Cast) -> None:
    """catalog-1: a name is enough for a draft; the page then lists what is missing."""
    product_id = made(cast, "bert", "candles", {"title_de": "Nur ein Name"})
    html = cast.browser("bert").get(f"/studio/products/{product_id}").get_data(as_text=True)
    assert "goods-todo" in html
    assert cast.app.test_client().get("/products/nur-ein-name").status_code == 404
    seen = cast.browser("bert").get("/products/nur-ein-name")
    assert seen.status_code == 200
    assert cast.browser("ana").get("/products/nur-ein-name").status_code == 404


def test_bad_fields_come_back_with_everything_typed(cast: Cast) -> None:
    """catalog, bad input: a sentence beside each field, nothing kept, nothing lost."""
    bert = cast.browser("bert")
    count = db.session.scalar(db.select(db.func.count()).select_from(Product))
    db.session.rollback()
    for name, text in (("price", "0"), ("price", "1e9"), ("stock", "viele"), ("title_de", "x" * 81),
                       ("fact_materials", "x" * 1001), ("alt", "")):
        sent = cast.post(bert, NEW, category="candles", **{**CRAFTS, name: text},
                         picture=(photo(), "a.jpg"))
        html = sent.get_data(as_text=True)
        assert sent.status_code == 422, name
        assert "field-fault" in html, name
        assert "Nichts für Katzenhaushalte." in html
    assert db.session.scalar(db.select(db.func.count()).select_from(Product)) == count


def sign_in(cast: Cast, browser: FlaskClient, where: str, who: str) -> str:
    """Sign in with the password and go where the page wanted to."""
    sent = cast.post(browser, where, email=f"{who}@example.org", password=PASSWORD)
    assert sent.status_code == 303, sent.get_data(as_text=True)
    return str(sent.location)


def test_typed_words_survive_an_expired_login(app: Flask, cast: Cast) -> None:
    """catalog-1: the login ended; after signing in the form holds what was typed, once a day."""
    browser = app.test_client()
    lost = cast.post(browser, f"{NEW}?producer=nordgarn", category="candles", **CRAFTS)
    assert lost.status_code == 303
    assert "/sign-in?next=" in lost.location
    back = sign_in(cast, browser, lost.location, "bert")
    html = browser.get(back).get_data(as_text=True)
    shown = form_at(html, NEW)
    for name, text in CRAFTS.items():
        assert shown[name] == text, name
    assert "studio/products/new" in back
    stranger = cast.browser("ana").get(back.replace("nordgarn", "weingut-kaltbach"))
    assert stranger.status_code == 200
    with committing():
        db.session.execute(db.update(TypedForm).values(at=clock.now() - timedelta(days=2)))
    assert "Stumpenkerze" not in browser.get(back).get_data(as_text=True)
    with committing():
        forget_typed()
    assert db.session.scalar(db.select(TypedForm)) is None


def test_edited_words_survive_an_expired_login(app: Flask, cast: Cast) -> None:
    """catalog-1: the same on a product's own page, with what is stored under it."""
    goods = cast.goods("fischerpullover")
    url = f"/studio/products/{goods.product_id}"
    typed = form_at(cast.browser("bert").get(url).get_data(as_text=True), url)
    browser = app.test_client()
    lost = cast.post(browser, url, **{**typed, "story_de": "Drei Tage Arbeit, nicht verloren."})
    back = sign_in(cast, browser, lost.location, "bert")
    shown = form_at(browser.get(back).get_data(as_text=True), url)
    assert shown["story_de"] == "Drei Tage Arbeit, nicht verloren."
    assert shown["title_de"] == "Fischerpullover"


def test_nothing_of_unknown_fields_is_kept(app: Flask, cast: Cast) -> None:
    """catalog-1: only fields of the studio's forms, none of them huge, are kept for a day."""
    browser = app.test_client()
    for body in ({"words": "x"}, {"password": "secret"}, {"story_de": "x" * 70_000}, {}):
        assert cast.post(browser, NEW, **body).status_code == 303
    assert db.session.scalar(db.select(TypedForm)) is None


def test_names_of_all_scripts_have_addresses(cast: Cast) -> None:
    """catalog, bad input: right-to-left letters, signs and doubles get an address of their own."""
    slugs = []
    for title in ("שמן זית", "🍯🍯", "Stumpenkerze", "Stumpenkerze"):
        product_id = made(cast, "bert", "candles", {"title_de": title})
        row = db.session.get_one(Product, product_id)
        slugs.append(row.slug)
        html = cast.browser("bert").get(f"/products/{row.slug}").get_data(as_text=True)
        assert title in html
        db.session.rollback()
    assert len(set(slugs)) == 4
    assert all(slug.isascii() for slug in slugs)
