"""catalog-34: the studio's goods on a phone, by keyboard, without script, in both languages."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from marketplace.catalog.models import Lot, Product, SafetyStop, Variant
from marketplace.foundation.database import committing, db
from marketplace.people.models import Person
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WINE = "riesling-vom-schiefer"
MOST_TABS = 120
FOCUS = """() => { const at = document.activeElement, box = at.getBoundingClientRect();
  return [at.name || '', at.textContent.trim(), at.tagName, box.width > 0 && box.height > 0,
          document.documentElement.scrollWidth <= document.documentElement.clientWidth]; }"""


def without_script(chromium: Browser, site: str, cast: Cast, who: str, lang: str) -> Page:
    """A phone with script switched off, signed in."""
    client = cast.browser(who)
    name = cast.app.config["SESSION_COOKIE_NAME"]
    context = chromium.new_context(
        viewport={"width": 360, "height": 640}, java_script_enabled=False, base_url=site,
        locale={"de": "de-DE", "en": "en-GB"}[lang])
    cookie = client.get_cookie(name)
    assert cookie is not None
    context.add_cookies([{"name": name, "value": cookie.value, "url": site}])
    context.set_default_timeout(20_000)
    return context.new_page()


def tab_to(page: Page, name: str) -> None:
    """Press Tab until a field or button of this name has the focus; each stop can be seen."""
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        found, words, tag, seen, fits = page.evaluate(FOCUS)
        assert fits, (page.url, found, words)
        assert seen or tag == "BODY", (page.url, found, words, tag)
        if name in (found, words):
            return
    raise AssertionError(f"{name} is not reached on {page.url}")


def enter(page: Page) -> None:
    """Press Enter and wait for the page that follows."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def typed(page: Page, name: str, words: str) -> None:
    """Go to a field by keyboard and write into it."""
    tab_to(page, name)
    page.keyboard.press("Control+A")
    page.keyboard.type(words)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_new_vintage_by_keyboard_without_script(
    app: Flask, cast: Cast, site: str, chromium: Browser, lang: str
) -> None:
    """catalog-34: price in the list, a new vintage, what it says for itself, its stock, on sale;
    the wine's words; then stopping it and the operator's lifting of the stop.
    """
    with committing():
        db.session.execute(db.update(Person).values(lang=lang))
    product_id = cast.goods(WINE).product_id
    db.session.rollback()
    page = without_script(chromium, site, cast, "ana", lang)
    first_price(page, lang)
    page.goto(f"/studio/products/{product_id}/lots")
    typed(page, "label", "2022")
    enter(page)
    page.goto(f"/studio/products/{product_id}/lots")
    typed(page, "label", "2023")
    enter(page)
    lot = page.url
    typed(page, "fact_vintage", "2023")
    typed(page, "fact_alcohol", "12")
    enter(page)
    variant = db.session.scalar(db.select(Variant.id).join(Lot, Lot.id == Variant.lot_id)
                                .where(Lot.label == "2023"))
    db.session.rollback()
    page.goto(f"/studio/variants/{variant}/edit")
    typed(page, "stock", "60")
    enter(page)
    page.goto(lot)
    tab_to(page, "step")
    enter(page)
    assert db.session.scalar(db.select(Lot.state).where(
        Lot.label == "2023")) == "current", page.inner_text("main")[:600]
    db.session.rollback()
    stop_and_lift(page, without_script(chromium, site, cast, "olga", lang), lot, lang)
    page.context.close()


def first_price(page: Page, lang: str) -> None:
    """The price of the first product, changed in the list."""
    page.goto("/studio/products")
    assert page.locator("html").get_attribute("lang") == lang
    typed(page, "price", "12,30" if lang == "de" else "12.30")
    enter(page)
    assert db.session.scalar(db.select(db.func.count()).where(
        Variant.price_minor == 1230)) == 1
    db.session.rollback()


def stop_and_lift(page: Page, olga: Page, lot: str, lang: str) -> None:
    """The house stops the lot, the operator lifts the stop; both by keyboard."""
    page.goto(lot)
    tab_to(page, {"de": "Dieses Los stoppen", "en": "Stop this lot"}[lang])
    page.keyboard.press("Enter")
    typed(page, "why", "Der Kork riecht.")
    enter(page)
    number = db.session.scalar(db.select(SafetyStop.id))
    db.session.rollback()
    assert number is not None
    olga.goto(f"/operator/stops/{number}")
    typed(olga, "why", "Das Labor fand nichts.")
    olga.keyboard.press("Tab")
    enter(olga)
    assert db.session.scalar(db.select(Lot.stopped_at).where(Lot.label == "2023")) is None
    assert db.session.scalar(db.select(SafetyStop.lifted_why)) == "Das Labor fand nichts."
    assert db.session.scalar(db.select(Product.in_stock).where(Product.slug == WINE))
    db.session.rollback()
    olga.context.close()
