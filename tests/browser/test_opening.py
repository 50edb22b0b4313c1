"""A new producer in a real Chromium, German on a phone: from joining to a pause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from flask import Flask
from openpyxl import Workbook
from playwright.sync_api import Browser, expect

from marketplace.catalog.models import Product
from marketplace.foundation.database import db
from marketplace.foundation.jobs import run_due
from tests.browser.people import Someone
from tests.cast import PASSWORD, Cast
from tests.producers.houses import LAW, SLUG, WHO
from tests.web.test_access import rows_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
HEAD = ["Artikelnummer", "Bezeichnung", "Kategorie", "Preis", "Menge", "Einheit", "Bestand",
        "Nicht für", "Herstellungsort", "f:kind", "f:alcohol", "f:origin", "f:allergens",
        "f:vintage"]
WRONG = {5: ("Preis", "gratis", "9,50"), 11: ("Preis", "-3", "8,00"),
         17: ("Bestand", "viele", "12"), 23: ("Kategorie", "wein-der-welt", "white-wine"),
         31: ("Bezeichnung", "", "Bachwein 31"), 44: ("Einheit", "Fass", "ml")}
"""Row -> the column with the fault, what stands there, what it is corrected to."""


def book() -> bytes:
    """Fifty wines as a spreadsheet keeps them, six of them faulty, one cell with a formula."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(HEAD)
    for n in range(1, 51):
        row = dict(zip(HEAD, [f"B-{n}", f"Bachwein {n}", "white-wine", 9.5, 750, "ml", 24,
                              "Nichts für Eilige.", "Bachtal", "Weißwein", 12, "Rhön", "Sulfite",
                              2022], strict=True))
        if n in WRONG:
            row[WRONG[n][0]] = WRONG[n][1]
        sheet.append(list(row.values()))
    out = BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.fixture
def faults() -> Iterator[list[str]]:
    """What was wrong with the pages people saw; nothing may be."""
    found: list[str] = []
    yield found
    assert not found, "\n" + "\n".join(found)


def work() -> None:
    """What the worker does meanwhile."""
    db.session.rollback()
    run_due()
    db.session.rollback()


def fill(one: Someone, **fields: str) -> None:
    """Fill in fields by their names, whatever kind they are."""
    for name, value in fields.items():
        box = one.main.locator(f'[name="{name}"]').first
        kind = box.evaluate("one => one.tagName + ' ' + (one.type || '')")
        if kind.startswith("SELECT"):
            box.select_option(value)
        elif kind.endswith("checkbox"):
            box.check()
        elif kind.endswith("radio"):
            one.main.locator(f'[name="{name}"][value="{value}"]').check()
        else:
            box.fill(value)


def send(one: Someone, name: str) -> None:
    """Press the button of the form in which this field stands."""
    form = one.main.locator("form", has=one.page.locator(f'[name="{name}"]')).first
    form.locator("button:not([name]):not([type=button])").last.click()
    one.page.wait_for_load_state()


def page(one: Someone, path: str, name: str) -> None:
    """Go to a page of the house and look at it."""
    one.page.goto(f"{path}?producer={SLUG}")
    one.look(name)


def test_a_producer_opens_sells_and_pauses(
    app: Flask, cast: Cast, site: str, chromium: Browser, faults: list[str]
) -> None:
    """catalog-21, producers-8, -11, -26, -30: joins, opens, is checked, imports 50 with 6 faults,
    corrects them in the page, prints labels, pauses; another producer changes nothing.
    """
    dan = Someone(chromium, site, "de", set())
    joins(cast, dan)
    opens(dan)
    olga = Someone(chromium, site, "de", dan.seen)
    olga.signs_in("olga")
    checks(olga)
    imports(dan)
    prints_labels(dan)
    before = state_of_house()
    sees_and_changes_nothing(app, cast)
    assert state_of_house() == before
    pauses(dan, chromium, site)
    for one in (dan, olga):
        faults += one.faults
        one.close()


def joins(cast: Cast, dan: Someone) -> None:
    """By the form; the address is confirmed from the mail."""
    dan.page.goto("/sign-up")
    fill(dan, handle="muehlen-dan", email="muehlen-dan@example.org", password=PASSWORD)
    dan.page.wait_for_timeout(3_200)
    send(dan, "handle")
    work()
    mail = cast.app.extensions["doors"].mail
    letters = [mail.read(name) for name in mail.names()]
    text = "\n".join(one.text for one in letters if "muehlen-dan" in one.to)
    link = re.search(r"https?://[^/\s]+(/\S*confirm\S*)", text)
    assert link, text
    dan.page.goto(link.group(1))


def opens(dan: Someone) -> None:
    """The nine steps, each by its form."""
    dan.page.goto("/sign-in")
    if dan.page.locator("#f-email").count():
        fill(dan, email="muehlen-dan@example.org", password=PASSWORD)
        send(dan, "email")
    dan.page.goto("/studio/open")
    dan.look("open a house")
    fill(dan, **WHO)
    send(dan, "name")
    for path, fields in (
        ("legal", LAW), ("account", {"holder": "Dan Müller", "iban": "DE89370400440532013000"}),
        ("shipping", {"countries": "DE, AT", "price": "5,90"}),
        ("registrations", {"country": "DE", "kind": "packaging", "number": "DE1234567890123"}),
        ("hours", {"open_0": "9-12, 13:30-17"}),
        ("promises", {"answer_hours": "8", "dispatch_days": "2"}),
        ("profile", {"story_de": "Seit 1720 mahlt hier das Wasser.",
                     "returns_de": "An den Bachweg 3.", "terms_de": "Es gilt das Gesetz."})):
        page(dan, f"/studio/{path}", path)
        fill(dan, **fields)
        send(dan, next(iter(fields)))
    page(dan, "/studio/profile", "profile")
    fill(dan, face_name="Dan", face_role_de="Winzer", consent="1")
    send(dan, "face_name")


def checks(olga: Someone) -> None:
    """The operator opens the data, compares them, and ticks."""
    olga.page.goto("/operator/producers")
    olga.look("producers to check")
    olga.main.locator(f'form[action*="{SLUG}"] button').first.click()
    olga.page.wait_for_load_state()
    fill(olga, name_seen="1", address_seen="1", number_seen="1", id_way="register",
         outcome="checked", why="Handelsregister Fulda, Auszug von heute.")
    send(olga, "why")
    expect(olga.main).not_to_contain_text("Internal")


def imports(dan: Someone) -> None:
    """Fifty rows: six are faulty and named; corrected in the page; nothing saved before."""
    page(dan, "/studio/import", "import")
    dan.main.locator('input[name="file"]').set_input_files(files=[{
        "name": "bachweine.xlsx", "buffer": book(),
        "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}])
    fill(dan, mode="drafts")
    send(dan, "mode")
    if dan.main.locator(".import-columns").count():
        dan.look("import, columns")
        dan.main.locator(".fields-end button").first.click()
        dan.page.wait_for_load_state()
    dan.look("import, rows")
    assert db_count() == 0
    for number, (_column, _said, right) in WRONG.items():
        row = dan.main.locator(".import-row.import-fault", has_text=f"Zeile {number + 1}").first
        box = row.locator("select, input, textarea").first
        if box.evaluate("one => one.tagName") == "SELECT":
            box.select_option(right)
        else:
            box.fill(right)
    dan.main.locator("form:has(.import-rows) .fields-end button").click()
    dan.page.wait_for_load_state()
    expect(dan.main.locator(".import-row.import-fault")).to_have_count(0)
    assert db_count() == 0
    dan.main.locator("form.import-save button").click()
    dan.page.wait_for_load_state()
    expect(dan.main).to_contain_text("50 Zeilen sind gespeichert")
    assert db_count() == 50


def db_count() -> int:
    """How many goods the house has."""
    db.session.rollback()
    return int(db.session.scalar(db.text(
        "SELECT count(*) FROM products p JOIN producers r ON r.id = p.producer_id "
        "WHERE r.slug = :slug"), {"slug": SLUG}) or 0)


def prints_labels(dan: Someone) -> None:
    """One of the goods gets its picture, goes on sale, and has a sheet of labels."""
    db.session.rollback()
    number = db.session.scalar(db.text(
        "SELECT min(p.id) FROM products p JOIN producers r ON r.id = p.producer_id "
        "WHERE r.slug = :slug"), {"slug": SLUG})
    from tests.catalog.test_views_goods import photo

    dan.page.goto(f"/studio/products/{number}")
    dan.look("product form")
    dan.main.locator('input[name="picture"]').set_input_files(files=[
        {"name": "flasche.jpg", "mimeType": "image/jpeg", "buffer": photo().getvalue()}])
    fill(dan, alt_de="Eine Flasche Bachwein")
    send(dan, "picture")
    work()
    dan.page.goto(f"/studio/products/{number}")
    dan.main.locator('form[action$="/sale"] button').first.click()
    dan.page.wait_for_load_state()
    work()
    assert db.session.get_one(Product, number, populate_existing=True).state == "published", \
        dan.main.inner_text()
    page(dan, "/studio/labels", "labels")
    dan.main.locator(".label-rows input").first.fill("3")
    with dan.page.expect_download() as sheet:
        dan.main.locator(".fields-end button").click()
    with open(sheet.value.path(), "rb") as file:
        assert file.read(5) == b"%PDF-"


def state_of_house() -> list[tuple[object, ...]]:
    """Everything the house has."""
    db.session.rollback()
    found: list[tuple[object, ...]] = []
    for table in ("products", "variants", "bank_accounts", "promises", "staff", "shipping_zones",
                  "producer_texts", "registrations"):
        found += [(table, *row) for row in db.session.execute(db.text(
            f"SELECT * FROM {table} WHERE producer_id = (SELECT id FROM producers "
            "WHERE slug = :slug) ORDER BY 1, 2"), {"slug": SLUG})]
    return found


def sees_and_changes_nothing(app: Flask, cast: Cast) -> None:
    """producers-8: bert has a house of his own; every address of the studio with this house or
    one of its goods is 404 for him, read or sent.
    """
    db.session.rollback()
    bert = cast.browser("bert")
    product, variant = db.session.execute(db.text(
        "SELECT v.product_id, v.id FROM variants v JOIN producers r ON r.id = v.producer_id "
        "WHERE r.slug = :slug ORDER BY v.id"), {"slug": SLUG}).first() or (0, 0)
    imported = db.session.scalar(db.text("SELECT max(id) FROM imports"))
    lent = {"product_id": product, "variant_id": variant, "import_id": imported}
    for method in ("GET", "POST"):
        for rule in rows_of(app, method):
            names = {one for one in rule.arguments if one in lent}
            if not rule.rule.startswith("/studio") or names != rule.arguments:
                continue
            path = rule.rule
            for name in names:
                path = path.replace(f"<int:{name}>", str(lent[name]))
            address = f"{path}?producer={SLUG}"
            answer = bert.get(address) if method == "GET" else cast.post(bert, address, house=SLUG)
            if rule.endpoint in ("producers.open", "producers.open_post", "catalog.import_example"):
                continue
            assert answer.status_code in (404, 409), (method, address, answer.status_code)


def pauses(dan: Someone, chromium: Browser, site: str) -> None:
    """The page says until when; nothing can be ordered."""
    page(dan, "/studio/pause", "pause")
    fill(dan, until="2027-02-01", words="Weinlese ist vorbei, wir ruhen.")
    send(dan, "until")
    visitor = Someone(chromium, site, "de", dan.seen)
    visitor.page.goto(f"/producers/{SLUG}")
    expect(visitor.main).to_contain_text("Weinlese ist vorbei, wir ruhen.")
    visitor.look("paused house")
    visitor.close()
    assert not visitor.faults, visitor.faults
