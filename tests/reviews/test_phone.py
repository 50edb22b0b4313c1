"""An answer on a small phone without scripts: found, tapped, with picture and words."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import make_server

from marketplace.foundation.database import committing, db
from marketplace.people.actions import start_login
from marketplace.reviews.models import Rating, RatingPhoto
from tests.cast import Cast
from tests.databases import Database
from tests.reviews.hands import bought
from tests.reviews.test_photos import picture

CHROMIUM = "/usr/bin/chromium"
LEAST_TARGET = 24

pytestmark = [pytest.mark.browser, pytest.mark.skipif(
    not Path(CHROMIUM).exists(), reason="no Chromium on this machine")]


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The app on a local port."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join(10)


def session_cookie(app: Flask, key: str) -> str:
    """The cookie of a signed-in browser."""
    from flask.sessions import SecureCookieSessionInterface

    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    return str(signer.dumps({"_user_id": key, "_fresh": True}))


def test_answer_on_a_small_phone_without_scripts(
    app: Flask, cast: Cast, site: str, database: Database, tmp_path: Path
) -> None:
    """reviews-11: order, answer, photo, words at 360x640, targets >= 24 px, without JavaScript;
    question and all three answers on the first screen.
    """
    from playwright.sync_api import sync_playwright

    line = bought(cast, "cleo")
    with committing():
        key = start_login(cast.id("cleo"), "test")
    db.session.remove()
    file = tmp_path / "wine.jpg"
    file.write_bytes(picture())
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 360, "height": 640}, locale="de-DE",
                                      java_script_enabled=False)
        context.add_cookies([{"name": "session", "value": session_cookie(app, key),
                              "url": site}])
        page = context.new_page()
        page.goto(f"{site}/orders/{line.number}")
        page.locator(f'a[href="{line.url}"]').first.click()
        buttons = page.locator(".question-choices button")
        boxes = [buttons.nth(i).bounding_box() for i in range(buttons.count())]
        assert len(boxes) == 3
        for box in boxes:
            assert box and box["y"] + box["height"] <= 640
            assert min(box["width"], box["height"]) >= LEAST_TARGET
        sizes = {(round(b["width"]), round(b["height"])) for b in boxes if b}
        assert len(sizes) == 1, sizes
        buttons.nth(0).click()
        page.fill("textarea[name=words]", "Salzig und klar, mit Forelle.")
        page.set_input_files("input[name=pictures]", str(file))
        page.locator("button[name=step][value=publish]").click()
        assert page.locator("textarea[name=words]").input_value().startswith("Salzig")
        small = [page.locator("main button").nth(i).bounding_box()
                 for i in range(page.locator("main button").count())]
        assert all(b is None or min(b["width"], b["height"]) >= LEAST_TARGET for b in small)
        assert page.locator("body").bounding_box()["width"] <= 360  # type: ignore[index]
        browser.close()
    row = db.session.scalar(db.select(Rating))
    assert row is not None and (row.again, row.words) == (True, "Salzig und klar, mit Forelle.")
    assert db.session.scalar(db.select(db.func.count()).select_from(RatingPhoto)) == 1
