"""A passkey in a real browser: made, used alone, used as the second step, refused when replayed."""

from __future__ import annotations

import json
import re

from flask import Flask
from playwright.sync_api import Browser, Page, expect

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.payments.models import AccountChange
from marketplace.people.models import Passkey
from marketplace.producers.models import Staff
from tests.cast import PASSWORD, Cast

KEY = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
       "hasUserVerification": True, "isUserVerified": True,
       "automaticPresenceSimulation": True}


def test_passkey_story(app: Flask, cast: Cast, site: str, chromium: Browser) -> None:
    """people-32: passkey sign-in passes once and fails when replayed; people-33: the rightful owner
    signs in with it whatever passwords strangers try.
    """
    here = site.replace("127.0.0.1", "localhost")
    app.config["ZURUF_URL"] = here
    page = chromium.new_context(locale="en").new_page()
    tool = page.context.new_cdp_session(page)
    tool.send("WebAuthn.enable")
    tool.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    try:
        with_password(page, here)
        adds(page, here)
        signs_in_alone(page, here)
        replayed(page, here)
        as_second_step(page, here)
        confirms_an_account(page, here, cast)
    finally:
        app.config["ZURUF_URL"] = "http://localhost"
        page.context.close()


def confirms_an_account(page: Page, here: str, cast: Cast) -> None:
    """In the place of the mailed code, where a house's money goes: it fills the code in."""
    db.session.rollback()
    with committing():
        db.session.add(Staff(person_id=cast.id("cleo"), role="owner", since=clock.today(),
                             producer_id=cast.goods("riesling-vom-schiefer").producer_id,
                             shown_name="Cleo"))
    page.goto(f"{here}/studio/account?lang=en&producer=weingut-kaltbach")
    page.click("form[data-passkey*='account/passkey'] button")
    expect(page.locator("#f-code")).to_have_value(re.compile(r"^\d{6}$"))
    page.fill("#f-holder", "Weingut Kaltbach")
    page.fill("#f-iban", "DE02120300000000202051")
    page.fill("#f-password", PASSWORD)
    page.click("form:has(#f-iban) button.button-main")
    page.wait_for_selector(".notice-good")
    db.session.rollback()
    assert db.session.scalar(db.select(AccountChange.iban)) == "DE02120300000000202051"


def with_password(page: Page, here: str) -> None:
    """Address and password."""
    page.goto(f"{here}/sign-in?lang=en&next=/account/security")
    page.fill("#f-email", "cleo@example.org")
    page.fill("#f-password", PASSWORD)
    page.click("form:has(#f-password) button.button-main")


def adds(page: Page, here: str) -> None:
    """A passkey under the security page; ten codes for paper are shown once."""
    page.goto(f"{here}/account/security?lang=en")
    page.fill("form[data-passkey-kind=create] [name=name]", "Test device")
    page.click("form[data-passkey-kind=create] button")
    page.wait_for_selector("#codes li")
    assert page.locator("#codes li").count() == 10
    page.goto(f"{here}/account/security?lang=en")
    assert page.get_by_text("Test device").is_visible()
    db.session.rollback()
    assert db.session.scalar(db.select(Passkey.name)) == "Test device"


def signs_out(page: Page, here: str) -> None:
    """By the button of the account."""
    page.goto(f"{here}/account?lang=en")
    page.click("form[action*='sign-out'] button >> visible=true")
    page.wait_for_load_state()


def signs_in_alone(page: Page, here: str) -> None:
    """Without any password; what the browser sent is kept for the replay."""
    signs_out(page, here)
    page.on("request", lambda sent: SENT.append(sent.post_data or "")
            if sent.method == "POST" and "/sign-in/passkey" in sent.url else None)
    page.goto(f"{here}/sign-in?lang=en&next=/account/security")
    page.click("form[data-passkey] button")
    page.wait_for_url(lambda url: "/account/security" in url.split("?")[0])


SENT: list[str] = []


def replayed(page: Page, here: str) -> None:
    """The same answer once more opens nothing."""
    signs_out(page, here)
    page.goto(f"{here}/sign-in?lang=en")
    token = page.locator("form[data-passkey] [name=csrf_token]").get_attribute("value") \
        if page.locator("form[data-passkey] [name=csrf_token]").count() else ""
    status = page.evaluate(
        """async ([body, token]) => {
            const form = new URLSearchParams(body);
            if (token) form.set("csrf_token", token);
            const got = await fetch("/sign-in/passkey", {method: "POST", body: form});
            return [got.url, got.status];
        }""", [SENT[-1], token])
    assert status[0].split("?")[0].endswith("/sign-in"), json.dumps(status)
    page.goto(f"{here}/account?lang=en")
    assert "/sign-in" in page.url


def as_second_step(page: Page, here: str) -> None:
    """The password alone leads to the second step, where the passkey opens."""
    with_password(page, here)
    page.wait_for_url(lambda url: "/sign-in/code" in url.split("?")[0])
    page.click("form[data-passkey] button")
    page.wait_for_url(lambda url: "/account/security" in url.split("?")[0])


def test_joining_with_a_passkey_alone(app: Flask, cast: Cast, site: str, chromium: Browser) -> None:
    """people-1: name and address, one press, one touch; the browser names what is missing."""
    here = site.replace("127.0.0.1", "localhost")
    app.config["ZURUF_URL"] = here
    page = chromium.new_context(locale="en", viewport={"width": 360, "height": 740}).new_page()
    tool = page.context.new_cdp_session(page)
    tool.send("WebAuthn.enable")
    tool.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    try:
        page.goto(f"{here}/sign-up?lang=en&next=/account/security")
        page.click("[data-passkey-join] button")
        assert page.evaluate("document.activeElement.name") == "handle"
        page.fill("#f-handle", "nele")
        page.fill("#f-email", "nele@example.org")
        page.wait_for_timeout(3100)
        page.click("[data-passkey-join] button")
        page.wait_for_selector("text=nele@example.org")
        assert page.get_by_text("Your passkey opens the account").is_visible()
        signs_in_alone(page, here)
        assert page.get_by_text("None so far").is_visible()
    finally:
        app.config["ZURUF_URL"] = "http://localhost"
        page.context.close()
