"""How soon pages stand on a phone: a real browser with a slow processor and a slow network.

    ZURUF_INSTANCE=<a market with demo content> python -m bench.phone [--rounds 3] [--lang de]

Starts the server of `bin/run` on loopback and opens pages in Chromium at 360 x 740 points with a
processor four times slower and the network that Lighthouse calls a slow 4G (150 ms there and back,
1.6 Mbit/s down, 750 kbit/s up), nothing kept from the page before. Prints the medians of largest
contentful paint, of the end of loading, of the shift of the layout, and the bytes that came; the
first line is what a code on a label opens in a shop (`/p/<code>`).
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
from collections.abc import Iterator, Sequence
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench.pages import PORT, server

SIZE, SLOWER = {"width": 360, "height": 740}, 4
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1.6 * 1e6 / 8,
           "uploadThroughput": 750 * 1e3 / 8, "connectionType": "cellular4g"}
WATCH = """
window.seen = {lcp: 0, cls: 0};
new PerformanceObserver(list => { for (const one of list.getEntries()) seen.lcp = one.startTime; })
  .observe({type: 'largest-contentful-paint', buffered: true});
new PerformanceObserver(list => { for (const one of list.getEntries())
  if (!one.hadRecentInput) seen.cls += one.value; })
  .observe({type: 'layout-shift', buffered: true});
"""
SETTLE_MS = 600


def paths() -> Iterator[tuple[str, str]]:
    """Pages by name, of goods, bundles, groups and threads that the market has."""
    from marketplace import create_app
    from marketplace.foundation.database import db

    with create_app().app_context():
        def first(query: str) -> str:
            return str(db.session.scalar(db.text(query)))

        product = "FROM products WHERE state = 'published' ORDER BY id LIMIT 1"
        yield "label", "/p/" + first(f"SELECT code {product}")
        yield "product", "/products/" + first(f"SELECT slug {product}")
        yield "home", "/"
        yield "search", "/search?q=Wein"
        yield "wish", "/ask?q=Wein+zu+Spargel+unter+15+Euro"
        yield "bundle", "/bundles/" + first(
            "SELECT slug FROM bundles WHERE state = 'published' AND visibility = 'public' "
            "ORDER BY id LIMIT 1")
        yield "group", "/groups/" + first(
            "SELECT slug FROM groups WHERE kind = 'open' ORDER BY member_count DESC LIMIT 1")
        yield "thread", "/threads/" + first(
            "SELECT code FROM threads WHERE visibility = 'public' ORDER BY replies DESC LIMIT 1")


def opened(browser: Browser, address: str, lang: str) -> tuple[float, float, float, int]:
    """Seconds to the largest paint and to the end of loading, shift, bytes, of one fresh visit."""
    context = browser.new_context(viewport=SIZE, locale=lang,  # type: ignore[arg-type]
                                  device_scale_factor=2)
    try:
        page = context.new_page()
        came = _slowed(page)
        page.add_init_script(WATCH)
        page.goto(address, wait_until="load")
        page.wait_for_timeout(SETTLE_MS)
        seen: dict[str, float] = page.evaluate("window.seen")
        loaded = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
        return seen["lcp"] / 1000, float(loaded) / 1000, seen["cls"], sum(came)
    finally:
        context.close()


def _slowed(page: Page) -> list[int]:
    came: list[int] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

    def note(event: Any) -> None:
        came.append(int(event["encodedDataLength"]))

    session.on("Network.loadingFinished", note)
    return came


def medians(rows: Sequence[Sequence[float]]) -> list[float]:
    """The median of each column."""
    return [statistics.median(column) for column in zip(*rows, strict=True)]


def main() -> None:
    """Open every page a few times and print the medians."""
    ask = argparse.ArgumentParser()
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("--lang", default="de")
    wanted = ask.parse_args()
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("ZURUF_TEST_BROWSER") or next(filter(None, map(shutil.which, names)))
    found = list(paths())
    with server(60), sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        print(f"{'page':10} {'largest paint':>14} {'loaded':>8} {'shift':>7} {'kB':>6}")
        for name, address in found:
            rows = [opened(browser, f"http://127.0.0.1:{PORT}{address}", wanted.lang)
                    for _ in range(wanted.rounds)]
            lcp, loaded, shift, size = medians(rows)
            print(f"{name:10} {lcp:12.2f} s {loaded:6.2f} s {shift:7.3f} {size / 1000:6.0f}")
        browser.close()


if __name__ == "__main__":
    main()
