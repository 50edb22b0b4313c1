"""search-1, search-15: suggestions by keyboard alone, as a screen reader is told."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import Browser, expect

from tests.cast import Cast
from tests.search.hands import indexed


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
