"""Two journeys in a real Chromium: German on a phone, English on a desk."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from marketplace.foundation.jobs import run_due
from tests.browser.looking import Watched
from tests.cast import PASSWORD, Cast
from tests.stories.test_circle import ADDRESS, order_by, send

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WINE = "riesling-vom-schiefer"


def test_german_visitor_buys_on_a_phone(app: Flask, site: str, chromium: Browser) -> None:
    """storefront-5, storefront-6: home, search, product, basket, checkout, transfer at 360 px."""
    run_due()
    seen = Watched(chromium, site, "de-DE", 360, 640)
    page = seen.page
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    seen.look("home")
    page.locator("header input[type=search]").fill("Riesling")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    seen.look("search")
    page.locator("main").get_by_role("link", name="Riesling vom Schiefer").first.click()
    page.wait_for_url(f"**/products/{WINE}*")
    seen.look("product")
    page.get_by_role("button", name="In den Korb").first.click()
    page.goto("/basket")
    expect(page.locator("main")).to_contain_text("Riesling vom Schiefer")
    seen.look("basket")
    page.goto("/checkout")
    seen.look("contact")
    for name, value in ADDRESS.items():
        if name == "country":
            page.locator("select[name=country]").select_option(value)
        else:
            page.locator(f"input[name={name}]").fill(value)
    page.locator(".checkout-form button").last.click()
    page.wait_for_url("**/checkout/delivery")
    seen.look("delivery")
    page.locator("input[type=date]").fill("1980-05-05")
    page.locator(".checkout-form button").last.click()
    page.wait_for_url("**/checkout/payment")
    seen.look("payment")
    page.locator("input[name=method][value=bank_transfer]").check(force=True)
    page.locator(".checkout-form button").last.click()
    page.wait_for_url("**/checkout/review")
    seen.look("review")
    page.get_by_role("button", name="zahlungspflichtig bestellen").click()
    page.wait_for_url("**/orders/*")
    seen.look("order")
    number = re.search(r"/orders/([2-9A-Z]{8})", page.url)
    assert number
    page.goto(f"/orders/{number.group(1)}/pay")
    expect(page.locator("main")).to_contain_text("DE89 3704 0044 0532 0130 00")
    assert page.locator("main img, main svg").count() >= 1
    seen.look("pay")
    _lately_only_if_wanted(page)
    seen.close()
    assert not seen.faults, "\n" + "\n".join(seen.faults)


def _lately_only_if_wanted(page: Page) -> None:
    """people-25: nothing is kept until chosen; off again nothing is left."""
    assert page.evaluate("Object.keys(localStorage)") == []
    page.goto(f"/products/{WINE}")
    page.get_by_role("button", name="Merken, was ich ansehe").click()
    page.goto("/products/muetze-deichwind")
    expect(page.locator("[data-seen-list]")).to_contain_text("Riesling vom Schiefer")
    page.get_by_role("button", name="Nicht merken").click()
    expect(page.locator("[data-seen-list]")).to_be_empty()
    assert page.evaluate("Object.keys(localStorage)") == []


def test_english_member_rates_and_asks(
    app: Flask, cast: Cast, site: str, chromium: Browser
) -> None:
    """storefront-6, reviews: sign in, rate what came, ask a question at 1280 px."""
    number = order_by(cast, cast.browser("eva"), WINE)
    send(cast, "ana", f"{number}-1")
    run_due()
    seen = Watched(chromium, site, "en-GB", 1280, 800)
    page = seen.page
    page.goto("/sign-in")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    seen.look("sign-in")
    page.locator("#f-email").fill("eva@example.org")
    page.locator("#f-password").fill(PASSWORD)
    page.locator(".account-form button").first.click()
    page.wait_for_url(lambda address: "/sign-in" not in address)
    page.goto(f"/orders/{number}")
    seen.look("order")
    line = page.locator(f"a[href*='/orders/{number}/lines/']").first.get_attribute("href")
    assert line
    page.goto(line)
    seen.look("rate")
    page.locator("main").get_by_role("button", name=re.compile("^Yes", re.I)).first.click()
    page.wait_for_load_state("networkidle")
    page.goto(line)
    page.locator("textarea[name=words]").fill("Salty and dry, it made the trout better.")
    page.locator("button[name=step][value=publish]").click()
    page.wait_for_load_state("networkidle")
    seen.look("rated")
    page.goto(f"/products/{WINE}")
    expect(page.locator("main")).to_contain_text("it made the trout better")
    seen.look("product")
    page.goto(f"/threads/new?about=/products/{WINE}")
    seen.look("ask")
    page.locator("input[name=kind][value=question]").check(force=True)
    page.locator("input[name=title]").fill("Does it keep for five years?")
    page.locator("textarea[name=words]").fill("I would like to lay some down.")
    page.locator("input[name=openness][value=public]").check(force=True)
    page.locator("button[name=step][value=preview]").click()
    page.wait_for_load_state("networkidle")
    seen.look("preview")
    page.locator("button[name=step][value=send]").click()
    page.wait_for_url(re.compile(r"/threads/(?!new)"))
    expect(page.locator("h1")).to_contain_text("Does it keep for five years?")
    seen.look("thread")
    seen.close()
    assert not seen.faults, "\n" + "\n".join(seen.faults)


def test_the_look_would_notice(site: str, chromium: Browser) -> None:
    """Planted: a page too wide, a picture without words, a script that fails, a foreign file."""
    seen = Watched(chromium, site, "de-DE", 360, 640)
    seen.page.route("**/planted", lambda route: route.fulfill(content_type="text/html", body=(
        "<!doctype html><html lang=de><title>x</title><main><h1>x</h1><img src='data:,x'>"
        "<p style='width:900px'>x</p></main><script>throw new Error('no')</script>"
        "<img alt='' src='http://127.0.0.1:9/x.png'>")))
    seen.page.goto("/planted")
    seen.look("planted")
    seen.close()
    said = "\n".join(seen.faults)
    for word in ("px wide in 360", "image-alt", "script: no", "elsewhere: http://127.0.0.1:9"):
        assert word in said, said
