"""orders-41: order, withdrawal and basket on a phone, by keyboard, without script and with it."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from marketplace.foundation.database import committing, db
from marketplace.people.models import Person
from tests.browser.looking import Watched
from tests.browser.test_checkout_by_keyboard import phone, presses
from tests.browser.test_goods_by_keyboard import typed, without_script
from tests.cast import Cast
from tests.stories.test_circle import order_by, send

pytestmark = [pytest.mark.browser, pytest.mark.slow]
HAT, WINE = "muetze-deichwind", "riesling-vom-schiefer"
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
SAID = {"de": ("Vertrag widerrufen", "Widerruf bestätigen", "Etwas stimmt nicht"),
        "en": ("Withdraw from the contract", "Confirm withdrawal", "Something is wrong")}


@pytest.mark.parametrize("lang", ["de", "en"])
def test_withdrawal_by_keyboard_without_script(
    app: Flask, cast: Cast, site: str, chromium: Browser, lang: str
) -> None:
    """orders-41: from the foot of a page to the receipt with Tab and Enter alone, 360 px wide; the
    targets are large enough, nothing is asked elsewhere.
    """
    number = order_by(cast, cast.browser("cleo"), HAT, 2)
    send(cast, "bert", f"{number}-1")
    with committing():
        db.session.execute(db.update(Person).values(lang=lang))
    first, second, wrong = SAID[lang]
    page, elsewhere = phone(chromium, site, lang)
    page.goto("/withdraw")
    for name, words in (("name", "Cleo Beispiel"), ("order_words", number),
                        ("email", "cleo@example.org")):
        typed(page, name, words)
    presses(page, first)
    presses(page, second)
    assert re.search(r"/withdraw/[\w-]+", page.url), page.url
    assert page.locator("html").get_attribute("lang") == lang
    page.goto("/withdraw")
    assert page.locator("a[href*='/about/simple/']").count() and not elsewhere
    page.context.close()
    one = without_script(chromium, site, cast, "cleo", lang)
    one.goto(f"/orders/{number}")
    presses(one, wrong)
    assert not one.evaluate(TOO_WIDE)
    one.context.close()


def test_the_basket_changes_in_place(
    app: Flask, cast: Cast, site: str, chromium: Browser
) -> None:
    """checkout 4, checkout-34: with script more, less, out and back swap the page's part; it is
    the same page all the time, focus stays at the button that was pressed, sums (78.00 without
    sending, 11.40 + 6.90) and the count in the head follow, and axe finds nothing.
    """
    window = Watched(chromium, site, "de", 360, 640)
    page = window.page
    for slug in (HAT, WINE):
        page.goto(f"/products/{slug}")
        page.get_by_role("button", name="In den Korb").first.click()
        page.wait_for_load_state()
    page.goto("/basket")
    page.evaluate("window.samePage = true")
    hat = page.locator(".basket-line", has_text="Deichwind")
    more = hat.get_by_role("button", name="eins mehr")
    more.focus()
    page.keyboard.press("Enter")
    expect(hat.locator("input[name=qty]")).to_have_value("2")
    expect(page.locator("#head-basket .head-count")).to_have_text("3")
    expect(page.locator(".basket-aside")).to_contain_text("96,30")
    assert page.evaluate("document.activeElement.id.startsWith('more-')")
    hat.get_by_role("button", name="Entfernen").click()
    back = page.get_by_role("button", name="Wieder hinein")
    expect(back).to_be_focused()
    window.look("basket with a line taken out")
    page.keyboard.press("Enter")
    expect(hat.locator("input[name=qty]")).to_have_value("2")
    hat.locator("input[name=qty]").fill("0x")
    page.keyboard.press("Enter")
    expect(page.locator(".basket-message")).to_contain_text("ganze Zahl")
    window.close()
    assert [one for one in window.faults if "422" not in one] == []


def test_something_else_instead_is_a_page(
    app: Flask, cast: Cast, site: str, chromium: Browser
) -> None:
    """checkout 6: sold out meanwhile: the three choices of a line lead where they say, with script
    too, and never to an empty page.
    """
    window = Watched(chromium, site, "de", 360, 640)
    page = window.page
    page.goto(f"/products/{HAT}")
    page.get_by_role("button", name="In den Korb").first.click()
    page.wait_for_load_state()
    with committing():
        db.session.execute(db.text("UPDATE variants SET on_hand = 0 WHERE id = :it"),
                           {"it": cast.goods(HAT).variant_id})
    page.goto("/basket")
    page.get_by_role("button", name="Etwas anderes wählen").click()
    expect(page.locator("h1")).to_be_visible()
    window.look("something else instead")
    assert "/instead" in page.url
    window.close()
    assert window.faults == []
