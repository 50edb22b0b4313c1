"""Accounts and groups on a phone, by keyboard, without script, in both languages."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask_babel import force_locale, gettext
from playwright.sync_api import Browser, Page

from marketplace.foundation.database import committing, db
from marketplace.people.models import Person
from marketplace.people.views import signing
from tests.browser.test_checkout_by_keyboard import phone, presses
from tests.browser.test_goods_by_keyboard import enter, tab_to, typed, without_script
from tests.cast import Cast
from tests.web.circles import GROUP, a_circle

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
ACCOUNT = ("", "/profile", "/privacy", "/wishes", "/network", "/security", "/data", "/addresses",
           "/handle", "/close", "/again", "/notices", "/notices/settings", "/groups")
OF_GROUP = ("", "/people", "/proposals", "/proposals/new", "/dates", "/dates/new",
            "/picks", "/ranking", "/care", "/settings", "/lists/new")


def said(app: Flask, lang: str, words: str) -> str:
    """What stands on the page for this in a language."""
    with app.test_request_context(), force_locale(lang):
        return str(gettext(words))


def speak(lang: str) -> None:
    """Everybody reads this language, and may found groups."""
    with committing():
        db.session.execute(db.update(Person).values(lang=lang, trust_level=1))


def goes(page: Page, words: str) -> None:
    """Press a button by keyboard, on the way to a page with cards."""
    tab_to(page, words)
    enter(page)


def fits(page: Page, lang: str, *addresses: str) -> None:
    """Each of these answers, in the language, and is as wide as the phone."""
    for address in addresses:
        answer = page.goto(address)
        assert answer is not None and answer.status == 200, address
        assert page.locator("html").get_attribute("lang") == lang, address
        assert not page.evaluate(TOO_WIDE), address


@pytest.mark.parametrize("lang", ["de", "en"])
def test_an_account_by_keyboard_without_script(
    app: Flask, cast: Cast, site: str, chromium: Browser, lang: str,
    monkeypatch: pytest.MonkeyPatch
) -> None:
    """people-34: joining, who one is, a wish, following, and leaving with Tab, Space and Enter
    alone at 360x640; every page of the account fits.
    """
    monkeypatch.setattr(signing, "LEAST_SECONDS", 0.0)
    page, elsewhere = phone(chromium, site, lang)
    page.goto("/sign-up")
    for name, words in (("handle", "nele"), ("email", "nele@example.org"),
                        ("password", "ein langer eigener Satz")):
        typed(page, name, words)
    presses(page, said(app, lang, "Join"))
    assert "nele@example.org" in page.inner_text("main") and not elsewhere
    page.context.close()
    speak(lang)
    one = without_script(chromium, site, cast, "cleo", lang)
    fits(one, lang, *(f"/account{path}" for path in ACCOUNT))
    one.goto("/account/profile")
    typed(one, "display_name", "Cleo Winter")
    presses(one, said(app, lang, "Save"))
    one.goto("/account/wishes")
    typed(one, "words", "Trocken")
    presses(one, said(app, lang, "Save"))
    assert "Trocken" in one.inner_text("main")
    one.goto("/members/eva")
    goes(one, said(app, lang, "Follow"))
    fits(one, lang, "/account/network")
    assert "eva" in one.inner_text("main").lower()
    one.goto("/account/close")
    tab_to(one, "choice")
    one.keyboard.press("Space")
    goes(one, said(app, lang, "Close the account"))
    one.context.close()
    db.session.rollback()
    rows = dict(db.session.execute(db.select(Person.handle, Person.state).where(
        Person.handle.in_(("nele", "cleo")))).all())
    assert rows == {"nele": "active", "cleo": "closing"}


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_group_by_keyboard_without_script(
    app: Flask, cast: Cast, site: str, chromium: Browser, lang: str
) -> None:
    """groups-30: founding, joining, voting for a pick, a seat at a date, and leaving by keyboard at
    360x640; every page of a group fits, for members and for those who look after it.
    """
    date_id = a_circle(cast)["date_id"]
    speak(lang)
    gina = without_script(chromium, site, cast, "gina", lang)
    fits(gina, lang, "/groups", "/groups/new", *(f"{GROUP}{path}" for path in OF_GROUP))
    gina.context.close()
    eva = without_script(chromium, site, cast, "eva", lang)
    eva.goto("/groups/new")
    typed(eva, "name", "Suppenfreunde")
    typed(eva, "purpose", "Wir kochen Suppen und reden darüber.")
    tab_to(eva, "kind")
    eva.keyboard.press("Space")
    goes(eva, said(app, lang, "Found the group"))
    assert re.search(r"/groups/suppenfreunde", eva.url), eva.url
    eva.goto(GROUP)
    goes(eva, said(app, lang, "Join the group"))
    fits(eva, lang, GROUP, f"{GROUP}/people", f"{GROUP}/picks", f"/dates/{date_id}")
    goes(eva, said(app, lang, "I come"))
    eva.goto(GROUP)
    goes(eva, said(app, lang, "Leave"))
    eva.context.close()
    db.session.rollback()
    assert db.session.scalar(db.text("SELECT count(*) FROM attendances")) == 1
    left = db.session.scalar(db.text("SELECT left_at FROM memberships WHERE person_id = :it "
                                     "ORDER BY id DESC"), {"it": cast.id("eva")})
    assert left is not None
