"""How long a first product takes a producer on a phone: five kinds of goods, in a real browser.

    python -m bench.first_product

Walks from the studio to the page on sale in a window of 360 by 640, on a market of its own. What
the machine takes is measured; what a person takes is reckoned from published figures, because no
people take part here: each sentence on a page is read once at 238 words a minute (Brysbaert 2019,
silent reading), each field costs 1.35 s to think and 1.1 s to touch (keystroke-level model; Card,
Moran and Newell 1980), each sign .33 s (36.2 words a minute on phones; Palin and others 2019), and
a picture 60 s to take. The last column is the bound of catalog-1: 10 minutes.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from time import monotonic

from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from bench.own_market import own_market

READ_SECONDS = 60 / 238
FIELD_SECONDS = 1.35 + 1.1
SIGN_SECONDS = .33
PICTURE_SECONDS = 60
BOUND_MINUTES = 10
MOST_SECONDS = 15

GOODS: dict[tuple[str, str], dict[str, str]] = {
    ("bert", "candles"): {
        "title_de": "Stumpenkerze", "fact_materials": "Bienenwachs", "fact_measurements": "9 cm",
        "fact_no_warnings": "ja", "not_for_de": "Nichts für Katzenhaushalte.", "price": "14,90",
        "stock": "20"},
    ("ana", "white-wine"): {
        "title_de": "Riesling Kaltbacher Berg", "fact_kind": "Weißwein", "fact_vintage": "2024",
        "fact_alcohol": "11,5", "fact_origin": "Deutscher Qualitätswein, Mosel",
        "fact_allergens": "enthält Sulfite", "fact_ingredients": "Trauben, SULFITE",
        "fact_nutrition_kj": "322", "fact_nutrition_kcal": "77", "fact_nutrition_fat": "0",
        "fact_nutrition_saturates": "0", "fact_nutrition_carbohydrate": "2,1",
        "fact_nutrition_sugars": "0,6", "fact_nutrition_protein": "0", "fact_nutrition_salt": "0",
        "not_for_de": "Nichts für Süße.", "price": "11,40", "stock": "120"},
    ("ana", "honey"): {
        "title_de": "Sommerblütenhonig", "fact_legal_name": "Honig",
        "fact_storage": "trocken und kühl", "fact_origin": "Deutschland",
        "fact_origin_shares": "Deutschland 100 %", "fact_ingredients": "Honig",
        "fact_nutrition_exempt": "aus einer einzigen, unverarbeiteten Zutat",
        "not_for_de": "Nichts für Kinder unter einem Jahr.", "price": "7,50", "stock": "60",
        "amount": "500"},
    ("ana", "coffee"): {
        "title_de": "Röstung vom Hafen", "fact_legal_name": "Röstkaffee",
        "fact_origin": "Brasilien", "fact_roasted_on": "2026-11-02",
        "not_for_de": "Nichts für Freunde heller Röstung.", "price": "9,80", "stock": "40",
        "amount": "250"},
    ("bert", "knitwear"): {
        "title_de": "Mütze Möwe", "fact_fibre": "100 % Wolle", "fact_sizes": "M: 56 cm",
        "fact_animal": "nein", "fact_no_warnings": "ja",
        "not_for_de": "Nichts für warme Köpfe.", "price": "34,00", "stock": "12"},
}
"""Who puts what on which shelf, and what they type, as the fields of the form are called."""


@dataclass
class Walk:
    """What one product took: typed fields and signs, words to read, seconds of the machine."""

    fields: int = 0
    signs: int = 0
    words: int = 0
    machine: float = 0

    def person(self) -> float:
        """Seconds a person needs beside the machine."""
        return (self.words * READ_SECONDS + self.fields * FIELD_SECONDS
                + self.signs * SIGN_SECONDS + PICTURE_SECONDS)


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address at which the market answers."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()


def read(page: Page, walk: Walk) -> None:
    """Everything in the main part is read once."""
    walk.words += len(page.locator("main").inner_text().split())


def fill(page: Page, typed: Mapping[str, str], walk: Walk) -> None:
    """Fill in the fields one after the other."""
    for name, words in typed.items():
        box = page.locator(f'main [name="{name}"]').first
        kind = box.evaluate("one => one.tagName + ' ' + (one.type || '')")
        walk.fields += 1
        if kind.startswith("SELECT"):
            box.select_option(words)
        elif kind.endswith(("checkbox", "radio")):
            box.check()
        else:
            box.fill(words)
            walk.signs += len(words)


def publish(page: Page, shelf: str, typed: Mapping[str, str], picture: Path) -> Walk:
    """From the goods of the studio to the page on sale."""
    from marketplace.foundation.jobs import run_due

    walk, begun = Walk(), monotonic()
    page.goto("/studio/products")
    read(page, walk)
    page.goto("/studio/products/new")
    read(page, walk)
    page.locator('main [name="category"]').select_option(shelf)
    page.locator("main .fields-end button").click()
    page.wait_for_load_state()
    read(page, walk)
    fill(page, {**typed, "alt": "Das Erzeugnis auf Holz"}, walk)
    page.locator('main [name="picture"]').set_input_files(str(picture))
    walk.fields += 2
    page.locator("main .fields-end button").click()
    page.wait_for_load_state()
    run_due()
    read(page, walk)
    page.locator('main form[action$="/sale"] button').first.click()
    page.wait_for_load_state()
    run_due()
    walk.machine = monotonic() - begun
    if "/studio/" in page.url:
        left = page.locator("main .goods-todo, main [role=alert]").all_inner_texts()
        raise SystemExit(f"{shelf}: not on sale: {left}")
    return walk


def sign_in(page: Page, who: str) -> None:
    """By the form."""
    from tests.cast import PASSWORD

    page.goto("/sign-in")
    page.locator("#f-email").fill(f"{who}@example.org")
    page.locator("#f-password").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_load_state()


def walks(browser: Browser, site: str, picture: Path) -> Iterator[tuple[str, Walk]]:
    """Every kind of goods in a window of its own."""
    for (who, shelf), typed in GOODS.items():
        context = browser.new_context(locale="de-DE", base_url=site,
                                      viewport={"width": 360, "height": 640})
        page = context.new_page()
        page.set_default_timeout(MOST_SECONDS * 1000)
        sign_in(page, who)
        yield shelf, publish(page, shelf, typed, picture)
        context.close()


def main() -> int:
    """Measure and print one table; 1 if a kind takes longer than the bound."""
    from tests.catalog.test_views_goods import photo

    chromium = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium"))), None)
    worst = 0.0
    print("shelf         fields  signs  words  machine s  all min  of 10 min")
    with (own_market("sqlite") as app, tempfile.TemporaryDirectory(prefix="zuruf-") as name,
          served(app) as site, sync_playwright() as play):
        picture = Path(name) / "photo.jpg"
        picture.write_bytes(photo().getvalue())
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for shelf, walk in walks(browser, site, picture):
            minutes = (walk.person() + walk.machine) / 60
            worst = max(worst, minutes)
            print(f"{shelf:14}{walk.fields:6}{walk.signs:7}{walk.words:7}{walk.machine:11.1f}"
                  f"{minutes:9.1f}{minutes / BOUND_MINUTES:11.2f}", flush=True)
        browser.close()
    return int(worst > BOUND_MINUTES)


if __name__ == "__main__":
    sys.exit(main())
