"""A real Chromium, and the market behind a real port."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of the machine; ZURUF_TEST_BROWSER names another."""
    if os.environ.get("ZURUF_TEST_DATABASE", "sqlite") != "sqlite":
        pytest.skip("a page looks the same on both engines: looked at with SQLite")
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("ZURUF_TEST_BROWSER") or next(filter(None, map(shutil.which, names)), "")
    assert path, "no Chromium found; bin/test installs one"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The address at which the app answers."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(10)
    server.server_close()
