"""A film as a browser records it: handed in by keyboard without scripts, played from its middle."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from marketplace.foundation.database import committing, db
from marketplace.people.actions import start_login
from tests.browser.test_rating import session_cookie
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.slow]
RECORD = """async () => {
  const canvas = Object.assign(document.createElement('canvas'), {width: 320, height: 180});
  const draw = canvas.getContext('2d'), parts = [];
  const recorder = new MediaRecorder(canvas.captureStream(15), {mimeType: 'video/webm'});
  recorder.ondataavailable = (event) => parts.push(event.data);
  recorder.start();
  for (let n = 0; n < 30; n++) {
    draw.fillStyle = `hsl(${n * 12}, 50%, 50%)`;
    draw.fillRect(0, 0, 320, 180);
    await new Promise((done) => setTimeout(done, 60));
  }
  recorder.stop();
  await new Promise((done) => { recorder.onstop = done; });
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join(''));
}"""
PLAY = """async () => {
  const film = document.querySelector('video');
  film.muted = true;
  await film.play();
  await new Promise((done) => setTimeout(done, 600));
  return [film.currentTime > 0, film.videoWidth, film.error];
}"""


def recorded(chromium: Browser, site: str, folder: Path) -> Path:
    """Two seconds of colours, as the browser writes a film."""
    page = chromium.new_page()
    page.goto(f"{site}/healthz")
    file = folder / "lese.webm"
    file.write_bytes(base64.b64decode(page.evaluate(RECORD)))
    page.close()
    return file


def by_keyboard(page: Page, file: Path) -> None:
    """Fill the form in from field to field, and send it with the return key."""
    page.locator("#f-film").set_input_files(file)
    page.locator("#f-film").focus()
    for words in ("", "Lese am Steilhang", "", "Wir lesen von Hand, Beere für Beere.", "D", "", ""):
        page.keyboard.press("Tab")
        if words:
            page.keyboard.type(words)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_film_of_a_browser_is_taken_and_played(
    app: Flask, cast: Cast, site: str, chromium: Browser, tmp_path: Path
) -> None:
    """producers-10, producers-30: at 360x640 by keyboard without JavaScript; a visitor's browser
    loads nothing before the start, then plays it in parts.
    """
    with committing():
        key = start_login(cast.id("ana"), "test")
    db.session.remove()
    context = chromium.new_context(viewport={"width": 360, "height": 640}, locale="de-DE",
                                   java_script_enabled=False)
    context.add_cookies([{"name": "session", "value": session_cookie(app, key), "url": site}])
    page = context.new_page()
    page.goto(f"{site}/studio/pictures")
    by_keyboard(page, recorded(chromium, site, tmp_path))
    assert page.locator(".field-fault").all_inner_texts() == []
    assert "Lese am Steilhang" in page.locator("main").inner_text()
    context.close()
    visitor, loaded = chromium.new_page(), []
    visitor.on("response", lambda one: loaded.append(one.status) if ".webm" in one.url else None)
    visitor.goto(f"{site}/producers/weingut-kaltbach")
    visitor.wait_for_load_state("networkidle")
    assert loaded == []
    assert visitor.evaluate(PLAY) == [True, 320, None]
    assert set(loaded) == {206}
    visitor.close()
