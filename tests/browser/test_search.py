"""search-1, search-15: suggestions by keyboard alone, as a screen reader is told."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from tests.browser.looking import Watched
from tests.browser.test_pages import enter_as
from tests.cast import Cast
from tests.search.hands import filled, indexed


def test_suggestions_by_keyboard(app: Flask, cast: Cast, site: str, chromium: Browser) -> None:
    """search-15: arrows choose, Enter goes there, Escape closes; the count is announced."""
    indexed(app)
    page = chromium.new_page(locale="de-DE")
    page.goto(f"{site}/search")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    field = page.get_by_role("combobox", name="Suchen oder sagen")
    expect(field).to_be_focused()
    page.keyboard.type("riesl")
    options = page.get_by_role("listbox", name="Vorschläge").get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status").filter(has_text="Vorschl")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "search-suggestion-0")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=Riesling")
    page.locator("form[data-suggest] input").fill("")
    expect(options.first).to_contain_text("Riesling")
    page.close()


def test_focus_stays_where_somebody_went_on(
    app: Flask, cast: Cast, site: str, chromium: Browser
) -> None:
    """search-1: follow, then type a word at once: Enter searches and does not unfollow again."""
    indexed(app)
    window = Watched(chromium, site, "en-GB", 1200, 800)
    enter_as(window, cast.browser("cleo"), site, app.config["SESSION_COOKIE_NAME"])
    page = window.page
    page.goto(f"{site}/members/eva?lang=en")
    button = page.locator("main").get_by_role("button", name="Follow", exact=True).first
    field = page.locator("header input[type=search]")
    page.evaluate("addEventListener('htmx:afterSwap', () => "
                  "document.querySelector('header input[type=search]').focus())")
    button.click()
    expect(page.locator("main").get_by_role("button", name="Following")).to_be_visible()
    page.wait_for_timeout(300)
    expect(field).to_be_focused()
    page.keyboard.type("Riesling")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=Riesling*")
    window.close()


@pytest.mark.parametrize(("lang", "width", "scheme"), [
    ("de", 360, "dark"), ("en", 1200, "light")])
def test_found_and_not_found_are_clean(
    app: Flask, cast: Cast, site: str, chromium: Browser, lang: str, width: int, scheme: str
) -> None:
    """search-15: axe finds nothing on results of each kind, on an empty page, with the list of
    suggestions open; nothing is wider than a phone.
    """
    filled(app, cast)
    window = Watched(chromium, site, lang, width, 800, scheme)
    for path in ("/search?q=Kaltbach", "/search?q=Kaltbach&kind=producer",
                 "/search?q=Gem%C3%BCse&kind=group", "/search?q=perlender&kind=thread",
                 "/search?q=Qqxxzz+Riesl", "/search?q=Kaltbach&kind=member"):
        window.page.goto(site + path)
        window.look(path)
    window.page.locator("form[data-suggest] input").fill("riesl")
    expect(window.page.get_by_role("option").first).to_be_visible()
    window.page.keyboard.press("ArrowDown")
    window.look("suggestions")
    window.close()
    assert not window.faults, "\n".join(window.faults)


def test_operator_pages_are_clean(app: Flask, cast: Cast, site: str, chromium: Browser) -> None:
    """search-15: the editor of pairs and the figures, narrow."""
    filled(app, cast)
    window = Watched(chromium, site, "de", 360, 800)
    enter_as(window, cast.browser("olga"), site, app.config["SESSION_COOKIE_NAME"])
    for path in ("/operator/search", "/account/searches",
                 "/operator/search/pairs?words=Pulli&other=Fischerpullover&both=1"):
        shown = window.page.goto(site + path)
        assert shown is not None and shown.status == 200 and "/sign-in" not in window.page.url
        window.look(path)
    window.close()
    assert not window.faults, "\n".join(window.faults)
