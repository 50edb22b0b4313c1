"""checkout-34: from the product to the order on a phone, by keyboard, without script."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.browser.test_goods_by_keyboard import enter, tab_to, typed
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.slow]
HAT, WINE = "muetze-deichwind", "riesling-vom-schiefer"
SAID = {
    "de": ("In den Korb", "Zur Kasse", "Weiter zur Lieferung", "Weiter zur Zahlung",
           "Bestellung prüfen", "zahlungspflichtig bestellen"),
    "en": ("Add to basket", "To the checkout", "On to delivery", "On to payment",
           "Look over the order", "order with obligation to pay"),
}
TYPED = {"email": "gast@example.org", "name": "Gerda Gast", "street": "Weg 1",
         "postcode": "10115", "city": "Berlin"}
SMALL = """() => [...document.querySelectorAll('main a, main button, main input, main select')]
  .filter(one => one.type !== 'hidden' && !one.closest('p, li, td, footer'))
  .map(one => [one, one.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.height < 24 || box.width < 24))
  .filter(([one]) => !['radio', 'checkbox'].includes(one.type))
  .map(([one]) => one.outerHTML.slice(0, 100))"""
"""Targets of less than 24 px that do not stand in running words (WCAG 2.5.8)."""


def phone(chromium: Browser, site: str, lang: str) -> tuple[Page, list[str]]:
    """A visitor's phone without script, and every address it asks for elsewhere."""
    context = chromium.new_context(
        viewport={"width": 360, "height": 640}, java_script_enabled=False, base_url=site,
        locale={"de": "de-DE", "en": "en-GB"}[lang])
    context.set_default_timeout(20_000)
    page, elsewhere = context.new_page(), list[str]()
    page.on("request", lambda asked: None if asked.url.startswith((site, "data:"))
            else elsewhere.append(asked.url))
    return page, elsewhere


def presses(page: Page, words: str) -> None:
    """Go to a button by keyboard and press it."""
    tab_to(page, words)
    enter(page)
    assert not page.evaluate(SMALL), page.url


@pytest.mark.parametrize("lang", ["de", "en"])
def test_an_order_by_keyboard_without_script(
    app: Flask, cast: Cast, site: str, chromium: Browser, lang: str
) -> None:
    """checkout-34, checkout-20: two producers, every step, the order; nothing is asked elsewhere,
    no cookie but the session's, none before the first thing is in the basket.
    """
    into, on, to_delivery, to_payment, look, place = SAID[lang]
    page, elsewhere = phone(chromium, site, lang)
    page.goto(f"/products/{HAT}")
    assert page.context.cookies() == []
    for slug in (HAT, WINE):
        page.goto(f"/products/{slug}")
        presses(page, into)
    page.goto("/basket")
    presses(page, on)
    for name, words in TYPED.items():
        typed(page, name, words)
    presses(page, to_delivery)
    tab_to(page, "born")
    page.keyboard.type("05051980")
    presses(page, to_payment)
    page.locator("input[name=method][value=bank_transfer]").focus()
    page.keyboard.press("Space")
    presses(page, look)
    presses(page, place)
    assert re.search(r"/orders/[2-9A-Z]{8}", page.url), page.url
    assert not elsewhere
    assert {one.get("name") for one in page.context.cookies()} == {
        app.config["SESSION_COOKIE_NAME"]}
    page.context.close()
