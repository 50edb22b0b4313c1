"""An answer on a small phone without scripts: found, tapped, with picture and words."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser

from marketplace.foundation.database import committing, db
from marketplace.people.actions import start_login
from marketplace.reviews.models import Rating, RatingPhoto
from tests.cast import Cast
from tests.reviews.hands import bought
from tests.reviews.test_photos import picture

LEAST_TARGET = 24

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def session_cookie(app: Flask, key: str) -> str:
    """The cookie of a signed-in browser."""
    from flask.sessions import SecureCookieSessionInterface

    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    return str(signer.dumps({"_user_id": key, "_fresh": True}))


def test_answer_on_a_small_phone_without_scripts(
    app: Flask, cast: Cast, site: str, chromium: Browser, tmp_path: Path
) -> None:
    """reviews-11: order, answer, photo, words at 360x640, targets >= 24 px, without JavaScript;
    question and all three answers on the first screen.
    """
    line = bought(cast, "cleo")
    with committing():
        key = start_login(cast.id("cleo"), "test")
    db.session.remove()
    file = tmp_path / "wine.jpg"
    file.write_bytes(picture())
    context = chromium.new_context(viewport={"width": 360, "height": 640}, locale="de-DE",
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
    context.close()
    row = db.session.scalar(db.select(Rating))
    assert row is not None and (row.again, row.words) == (True, "Salzig und klar, mit Forelle.")
    assert db.session.scalar(db.select(db.func.count()).select_from(RatingPhoto)) == 1


def test_photo_is_made_small_before_it_travels(
    app: Flask, cast: Cast, site: str, chromium: Browser, tmp_path: Path
) -> None:
    """reviews 4: with scripts a photo of 3,000 by 2,000 dots, sent at once after choosing, comes
    as JPEG of 1,600 by 1,067; what is no picture is left to the
    server to refuse.
    """
    from PIL import Image

    line = bought(cast, "cleo")
    with committing():
        key = start_login(cast.id("cleo"), "test")
    db.session.remove()
    big, broken = tmp_path / "tief.png", tmp_path / "kaputt.jpg"
    Image.effect_noise((3000, 2000), 60).convert("RGB").save(big)
    broken.write_bytes(b"\xff\xd8 not a picture")
    context = chromium.new_context(locale="de-DE")
    context.add_cookies([{"name": "session", "value": session_cookie(app, key), "url": site}])
    page = context.new_page()
    page.goto(f"{site}{line.url}")
    page.locator(".question-choices button").nth(0).click()
    sent: list[int] = []
    page.on("request", lambda r: sent.append(len(r.post_data_buffer or b""))
            if r.method == "POST" else None)
    page.fill("textarea[name=words]", "Mit Bild.")
    page.set_input_files("input[name=pictures]", str(big))
    page.locator("button[name=step][value=publish]").click()
    page.wait_for_selector("input[name=remove]", state="attached")
    page.set_input_files("input[name=before]", str(broken))
    page.locator("button[name=step][value=publish]").click()
    page.wait_for_selector(".form-faults")
    context.close()
    sizes = db.session.execute(db.select(RatingPhoto.width, RatingPhoto.height)).all()
    assert [tuple(row) for row in sizes] == [(1600, 1067)]
    assert max(sent) < big.stat().st_size / 4, (sent, big.stat().st_size)
