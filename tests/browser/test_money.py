"""Money that always adds up, in a real Chromium: paid by card, withdrawn from, given back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, expect

from marketplace.adapters.doors import doors
from marketplace.adapters.storage import svg_picture
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.orders.models import SellerOrder
from marketplace.payments.actions import begin_account, keep_standing
from marketplace.payments.models import FeeRule
from marketplace.payments.queries.invariants import broken_books
from tests.browser.people import Someone
from tests.cast import PICTURE, House, open_house, put_on_sale
from tests.payments.conftest import shop
from tests.payments.hands import HAT, RED, Shop, books
from tests.stories.test_circle import ADDRESS

__all__ = ["shop"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
CANDLE = "bienenwachskerze"
FACTS = {"materials": "Bienenwachs", "measurements": "9 cm", "no_warnings": "ja"}
WHITE = 250
"""From this brightness on a point counts as paper."""


@pytest.fixture
def faults() -> Iterator[list[str]]:
    """What was wrong with the pages people saw; nothing may be."""
    found: list[str] = []
    yield found
    assert not found, "\n" + "\n".join(found)


def prepare(market: Shop) -> None:
    """A third house with a candle for 12.90 and a ready account; a commission of 8 %."""
    cast = market.cast
    owner, file = cast.id("eva"), svg_picture(PICTURE, doors().storage)
    db.session.rollback()
    with committing():
        house = open_house(owner, House("wachszieherei", "Wachszieherei", "crafts", "Rhön",
                                        "Bachtal", "DE75512108001245126199", 590))
        put_on_sale(owner, file, "candles", "Bienenwachskerze", "Beeswax candle", "W-1", 1290, 1,
                    "piece", 9, FACTS)
        db.session.add(FeeRule(commission_bp=800, valid_from=clock.today(), why="8 %",
                               announced_on=clock.today(), announced_at=clock.now()))
    made = market.door.open_account("Haus", "haus@example.org", "DE", "http://127.0.0.1/studio")
    market.fake.complete_account(made.reference)
    with committing():
        begin_account(house, "test", made.reference)
        keep_standing(made.reference, market.door.look_account(made.reference))
    run_due()
    db.session.rollback()


def test_paid_by_card_withdrawn_and_given_back(
    shop: Shop, site: str, chromium: Browser, faults: list[str]
) -> None:
    """payments-6, -14, -20, -34, orders-11: a guest's basket of three producers, one card payment
    on the provider's page in the same tab; one part is withdrawn from without sign-in, one piece
    of another is given back; the page says it in words, the papers add up, the ledger balances.
    """
    prepare(shop)
    guest = Someone(chromium, site, "de", set())
    number = orders(guest)
    pays(guest, shop)
    bert, eva = (Someone(chromium, site, lang, guest.seen) for lang in ("de", "en"))
    hands_over_and_delivers(bert, "bert", f"{number}-2")
    cannot_send_one(eva, f"{number}-3")
    shop.told()
    withdraws(guest, number)
    takes_back(bert, f"{number}-2")
    shop.told()
    reads_what_happened(guest, number)
    looks_at_the_papers(guest, number)
    every_cent_has_its_move(number)
    for one in (guest, bert, eva):
        faults += [fault for fault in one.faults if shop.fake.url not in fault]
        one.close()


def orders(guest: Someone) -> str:
    """Three goods, no account, card; the number of the order."""
    page = guest.page
    for slug in (RED, HAT, CANDLE):
        page.goto(f"/products/{slug}")
        guest.press(guest.word("into basket"))
    page.goto(f"/products/{CANDLE}")
    guest.press(guest.word("into basket"))
    page.goto("/basket")
    guest.press(guest.word("checkout"))
    for name, value in ADDRESS.items():
        field = page.locator(f"[name={name}]")
        field.select_option(value) if name == "country" else field.fill(value)
    page.locator(".checkout-form button").last.click()
    page.wait_for_url("**/checkout/delivery")
    page.locator("input[type=date]").fill("1980-05-05")
    page.locator(".checkout-form button").last.click()
    page.wait_for_url("**/checkout/payment")
    page.locator("input[name=method][value=stripe]").check(force=True)
    guest.look("payment, card offered")
    page.locator(".checkout-form button").last.click()
    page.wait_for_url("**/checkout/review")
    guest.reads("97,00", "review, card")
    guest.press(guest.word("place"))
    page.wait_for_url("**/orders/**")
    found = re.search(r"/orders/([2-9A-Z]{8})", page.url)
    assert found, page.url
    return found.group(1)


def pays(guest: Someone, market: Shop) -> None:
    """In the same tab at the provider; what comes back waits for the message, then is paid."""
    page, tabs = guest.page, guest.page.context.pages
    if "/pay" not in page.url and not page.url.startswith(market.fake.url):
        guest.link(guest.word("to payment"))
    if not page.url.startswith(market.fake.url):
        guest.look("paying by card")
        guest.press("Mit Karte bezahlen")
    page.wait_for_url(f"{market.fake.url}/pay/**")
    expect(page.locator("h1")).to_have_text("Pay 97.00 EUR")
    page.locator("input[name=card]").fill("4242 4242 4242 4242")
    page.get_by_role("button", name="Pay").click()
    page.wait_for_url("**/orders/**")
    guest.reads("Wir warten auf die Bestätigung", "waiting for the confirmation")
    market.told()
    page.reload()
    guest.reads("Alles ist bezahlt", "paid by card")
    assert page.context.pages == tabs
    assert not [one for one in page.context.cookies() if one.get("name") != "session"]


def studio(producer: Someone, handle: str, part: str) -> None:
    """The page of a part of one's own house."""
    producer.signs_in(handle)
    producer.page.goto(f"/studio/orders/{part}")


def hands_over_and_delivers(producer: Someone, handle: str, part: str) -> None:
    """The parcel leaves, the parcel arrives."""
    studio(producer, handle, part)
    producer.look("part of an order")
    producer.press(producer.word("left"))
    producer.page.goto(f"/studio/orders/{part}")
    producer.press(producer.word("delivered"))


def cannot_send_one(producer: Someone, part: str) -> None:
    """One of two candles broke; the other is sent."""
    studio(producer, "eva", part)
    form = producer.page.locator("form[action$='/cut']")
    producer.page.locator("details", has=form).locator("summary").click()
    form.locator("input[name^=out]").fill("1")
    form.locator("[name=reason]").fill("Zerbrochen")
    form.locator("button").last.click()
    producer.page.wait_for_load_state()
    producer.press(producer.word("left"))


def withdraws(guest: Someone, number: str) -> None:
    """Name, number, address, two buttons; no sign-in, no reason. Only the hat."""
    page = guest.page
    page.goto("/withdraw")
    for name, value in (("name", ADDRESS["name"]), ("order_words", number),
                        ("email", ADDRESS["email"])):
        page.locator(f"#f-{name}").fill(value)
    guest.press("Vertrag widerrufen")
    for box in page.locator(".withdraw-lines li").all():
        if "Mütze" not in (box.text_content() or ""):
            box.locator("input[type=number]").fill("0")
    guest.look("withdrawal, looked at")
    guest.press("Widerruf bestätigen")
    page.wait_for_url("**/withdraw/**")
    guest.reads("Mütze Deichwind", "receipt of a withdrawal")


def takes_back(producer: Someone, part: str) -> None:
    """The goods are back at the producer."""
    producer.page.goto(f"/studio/orders/{part}")
    producer.press("Die Ware ist zurück")


def reads_what_happened(guest: Someone, number: str) -> None:
    """Each refund with sum, cause, way and day, and what happened line by line."""
    guest.page.goto(f"/orders/{number}")
    today = f"{clock.today().day}. "
    hat = guest.main.locator("#part-2 .order-refunds")
    for words in ("43,90", "für deinen Widerruf", "zurückgesendet am", today,
                  "auf die Karte, mit der du gezahlt hast", "spätestens am",
                  "Rechnungskorrektur TEST-NOR-"):
        expect(hat).to_contain_text(words)
    candle = guest.main.locator("#part-3 .order-refunds")
    for words in ("12,90", "für das, was storniert wurde", "zurückgesendet am"):
        expect(candle).to_contain_text(words)
    expect(guest.main.locator("#part-1 .order-refunds")).to_have_count(0)
    for words in ("Du hast den Vertrag mit Nordgarn widerrufen",
                  "Wachszieherei kann nicht alles schicken: Zerbrochen"):
        expect(guest.main.locator(".timeline")).to_contain_text(words)
    guest.look("order with refunds")


def looks_at_the_papers(guest: Someone, number: str) -> None:
    """Invoice and correction of the hat add up to nothing, at 19 %: of 43.90 are 7.01 VAT."""
    guest.page.goto(f"/orders/{number}")
    invoice = paper(guest, "#part-2 .basket-foot", "Rechnung TEST-NOR-")
    for words in ("Rechnung TEST-NOR-", "Mütze Deichwind", "39,00", "4,90", "43,90", "19 %",
                  "36,89", "7,01", "Nordgarn", "Cleo Beispiel", f"{number}-2"):
        assert words in invoice, (words, invoice)
    guest.page.goto(f"/orders/{number}")
    back = paper(guest, "#part-2 .order-refunds", "Rechnungskorrektur")
    for words in ("Rechnungskorrektur TEST-NOR-", "Du hast den Vertrag widerrufen", "-43,90",
                  "-36,89", "-7,01", "19 %"):
        assert words in back, (words, back)
    guest.page.goto(f"/orders/{number}")
    candle = paper(guest, "#part-3 .basket-foot", "Rechnung TEST-WAC-")
    for words in ("12,90", "5,90", "18,80", "15,80", "3,00"):
        assert words in candle, (words, candle)


def paper(guest: Someone, where: str, words: str) -> str:
    """Open a document from the order and download it; what its PDF says, as a reader shows it."""
    guest.link(re.compile(words), guest.main.locator(where))
    guest.look("document")
    with guest.page.expect_download() as waiting:
        guest.main.get_by_role("link", name="PDF").first.click()
    with pypdfium2.PdfDocument(Path(waiting.value.path()).read_bytes()) as book:
        picture = book[0].render(scale=1.5).to_pil().convert("L")
        dark = sum(picture.histogram()[:WHITE])
        said = " ".join(" ".join(page.get_textpage().get_text_range() for page in book).split())
    assert .01 < dark / (picture.width * picture.height) < .5, "an empty or a black page"
    return said.replace("\xa0", " ").replace("\N{MINUS SIGN}", "-")


def every_cent_has_its_move(number: str) -> None:
    """By hand: 21.40 + 43.90 + 31.70 = 97.00; 8 % of 14.50, 39.00, 25.80 are 1.16, 3.12, 2.06;
    back go 43.90 with 3.12 and 12.90 with 1.03; the fee is 1.5 % of 97.00 + 0.25 = 1.70.
    """
    db.session.rollback()
    parts = db.session.scalars(db.select(SellerOrder).where(
        SellerOrder.number.like(f"{number}-%")).order_by(SellerOrder.position)).all()
    red, _hat, candle = (f"producer:{part.producer_id}" for part in parts)
    order = parts[0].order_id
    assert books() == {f"buyer:{order}": -9700 + 4390 + 1290, red: 2140 - 116,
                       candle: 3170 - 206 - (1290 - 103),
                       "operator:commission": 116 + 206 - 103 - 170, "provider:fees": 170}
    assert list(broken_books()) == []
