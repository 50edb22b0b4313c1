"""notify-22: the worker in a real browser shows words that it fetched, and nothing of others."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from marketplace.adapters.push import PretendPush
from marketplace.foundation.database import committing
from marketplace.notify.actions import tell
from tests.cast import PASSWORD, Cast


@pytest.fixture
def door(app: Flask) -> Iterator[None]:
    app.extensions["doors"].push = PretendPush()
    yield
    app.extensions["doors"].push = None


def shown(page: Page, site: str, message: dict[str, str]) -> str:
    """What the worker has the screen say after a push service handed this message over; a browser
    without a screen keeps no notifications, so they are caught in the worker.
    """
    session = page.context.new_cdp_session(page)
    found: list[str] = []
    session.on("ServiceWorker.workerRegistrationUpdated",
               lambda told: found.extend(one["registrationId"] for one in told["registrations"]))
    session.send("ServiceWorker.enable")
    page.evaluate("navigator.serviceWorker.register('/worker.js')"
                  ".then(() => navigator.serviceWorker.ready).then(() => true)")
    worker = page.context.service_workers[0]
    worker.evaluate("() => { self.shown = []; self.registration.showNotification ="
                    " async (title, told) => { self.shown.push(told.body); }; }")
    session.send("ServiceWorker.deliverPushMessage", {
        "origin": site, "registrationId": found[-1], "data": json.dumps(message)})
    return str(worker.evaluate(
        "() => new Promise((done) => { const look = setInterval(() => { if (self.shown.length) {"
        " clearInterval(look); done(self.shown.join()); } }, 50); })"))


def test_words_are_fetched_when_the_message_shows(
    cast: Cast, site: str, chromium: Browser, door: None,
) -> None:
    """notify-22: the message names a class and a path; the words come from here, for who is
    signed in here.
    """
    with committing():
        tell(cast.id("cleo"), "answer", "a", "answer", "/members/eva", title="Rhabarber")
    here = site.replace("127.0.0.1", "localhost")
    message = {"class": "answer", "path": "/members/eva"}
    for who, words in (("cleo", "Rhabarber"), ("dan", "Antworten in deinen")):
        context = chromium.new_context(base_url=here, locale="en")
        context.grant_permissions(["notifications"], origin=here)
        page = context.new_page()
        page.goto("/sign-in?lang=en&next=/account/notices/settings")
        page.fill("#f-email", f"{who}@example.org")
        page.fill("#f-password", PASSWORD)
        page.click("form:has(#f-email) button.button-main")
        page.wait_for_selector("form[data-push] button")
        assert words in shown(page, here, message)
        context.close()
