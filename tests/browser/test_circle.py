"""The circle of the purpose in a real Chromium: German on a phone, English on a desk."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.insights.jobs import nightly
from marketplace.people.models import Person
from tests.browser.people import Someone
from tests.cast import Cast
from tests.stories.test_circle import order_by, send

pytestmark = [pytest.mark.browser, pytest.mark.slow]
REASON = "Salzig und trocken, für Fisch gemacht."
VOICE = "Zu Forelle und Butter, mehr braucht es nicht."
REPLY = "Danke, Cleo. Der nächste Jahrgang kommt im Mai."


@pytest.fixture(params=["de", "en"])
def enter(request: pytest.FixtureRequest, app: Flask, cast: Cast, site: str, chromium: Browser
          ) -> Iterator[Callable[[str], Someone]]:
    """Opens a window for somebody of the cast; nothing may be wrong with any page they saw.

    Before the story both members bought the litre, and Eva the Riesling, and would again.
    """
    lang = request.param
    with committing():
        db.session.execute(db.update(Person).values(lang=lang))
    for who, slug, words in (("eva", "literwein-fuer-alle-tage", ""),
                             ("cleo", "literwein-fuer-alle-tage", ""),
                             ("eva", "riesling-vom-schiefer", "Schlank, und nie langweilig.")):
        bought_and_liked(cast, who, slug, words)
    work()
    windows: list[Someone] = []
    seen: set[str] = set()

    def open_window(handle: str) -> Someone:
        windows.append(Someone(chromium, site, lang, seen))
        windows[-1].signs_in(handle)
        return windows[-1]

    yield open_window
    faults = [fault for window in windows for fault in window.faults]
    for window in windows:
        window.close()
    assert not faults, "\n" + "\n".join(faults)


def work() -> None:
    """What the worker does meanwhile: index, mails, notices."""
    db.session.rollback()
    run_due()
    db.session.rollback()


def bought_and_liked(cast: Cast, who: str, slug: str, words: str) -> None:
    """An earlier purchase, delivered and answered, by the forms of the site."""
    client = cast.browser(who)
    number = order_by(cast, client, slug)
    send(cast, "ana", f"{number}-1")
    line = db.session.scalar(db.text("SELECT max(id) FROM order_lines"))
    path = f"/orders/{number}/lines/{line}/rating"
    assert cast.post(client, path, again="yes").status_code == 303
    if words:
        assert cast.post(client, path, words=words, step="publish").status_code == 303


def test_circle_from_a_word_to_the_next_word(enter: Callable[[str], Someone]) -> None:
    """storefront-5, storefront-6, issue 1: find, read, basket, order, pay, receive, answer; and
    what like-minded people are shown changes. Two members, two producers, an operator.
    """
    eva, cleo = enter("eva"), enter("cleo")
    eva.agrees_to_be_compared()
    cleo.agrees_to_be_compared()
    is_shown_no_word_of_cleo(eva)
    recommends(eva)
    reads_voices_and_follows(cleo)
    fills_the_basket(cleo)
    number = orders(cleo)
    sees_two_transfers(cleo)
    ana, bert = enter("ana"), enter("bert")
    for position, producer in enumerate((ana, bert), 1):
        delivers(producer, f"{number}-{position}")
    work()
    answers_from_the_mail(cleo, number)
    work()
    is_shown_the_hat(eva)
    replies(ana)
    reads_the_reply(cleo)
    db.session.rollback()
    nightly()
    sees_what_her_word_did(eva)
    sees_the_figures(enter("olga"))


def is_shown_no_word_of_cleo(eva: Someone) -> None:
    """Before: nobody speaks for the hat, and it does not stand first."""
    eva.menu(eva.word("for you"))
    expect(eva.page.locator("h1")).to_have_text(eva.word("for you"))
    expect(eva.main.locator(".card").first).not_to_contain_text(eva.word("hat"))
    expect(eva.main).not_to_contain_text("Cleo")
    eva.look("for you")


def recommends(eva: Someone) -> None:
    """Eva says what the Riesling is good for."""
    eva.finds("Riesling", "riesling")
    eva.link(eva.word("recommend"))
    eva.page.locator("textarea[name=reason]").fill(REASON)
    eva.main.get_by_text(eva.word("everybody"), exact=True).click()
    eva.look("recommend")
    eva.press(eva.word("preview"))
    eva.reads(REASON, "recommend, preview")
    eva.press(eva.word("recommend"))
    expect(eva.page.locator("h1")).to_have_text(eva.word("riesling"))


def reads_voices_and_follows(cleo: Someone) -> None:
    """Cleo reads what buyers say, opens who said it, sees what they share, and follows her."""
    cleo.finds("Riesling", "riesling")
    expect(cleo.main.locator(".review-words")).to_have_text("Schlank, und nie langweilig.")
    cleo.look("product")
    cleo.link("Eva", cleo.page.locator(".review-head"))
    cleo.reads(cleo.word("agreed 1"), "member")
    cleo.press(cleo.word("follow"))
    expect(cleo.main.get_by_role("button", name=cleo.word("following"))).to_be_visible()


def fills_the_basket(cleo: Someone) -> None:
    """By Eva's word to the Riesling, by search to the hat of another producer."""
    cleo.searches("Riesling")
    cleo.reads(cleo.word("eva's word"), "search")
    cleo.link(cleo.word("eva's word"))
    cleo.reads(REASON, "recommendation")
    cleo.link(cleo.word("look"))
    cleo.press(cleo.word("into basket"))
    cleo.finds({"de": "Mütze", "en": "hat"}[cleo.lang], "hat")
    cleo.press(cleo.word("into basket"))
    cleo.page.locator("header").get_by_role("link", name=cleo.word("basket")).click()
    expect(cleo.main.locator(".basket-block")).to_have_count(2)
    cleo.reads(cleo.word("by a word"), "basket")


def orders(cleo: Someone) -> str:
    """Somebody who ordered before: from the basket to the last look to the order; its number."""
    page = cleo.page
    cleo.press(cleo.word("checkout"))
    page.wait_for_url("**/checkout/review")
    expect(cleo.main.locator(".basket-block")).to_have_count(2)
    cleo.look("review")
    cleo.press(cleo.word("place"))
    page.wait_for_url("**/orders/**")
    cleo.reads(cleo.word("placed"), "order, placed")
    found = re.search(r"/orders/([2-9A-Z]{8})", page.url)
    assert found, page.url
    return found.group(1)


def sees_two_transfers(cleo: Someone) -> None:
    """One transfer per producer, each with its own account, sum and code that a phone can read."""
    cleo.link(cleo.word("to payment"))
    for iban in ("DE89 3704 0044 0532 0130 00", "DE02 1203 0000 0000 2020 51"):
        cleo.reads(iban, "payment by transfer")
    codes = cleo.main.locator(".transfer-qr img")
    expect(codes).to_have_count(2)
    for code in codes.all():
        code.scroll_into_view_if_needed()
        expect(code).to_have_js_property("complete", True)
        assert code.evaluate("one => one.naturalWidth") > 0


def delivers(producer: Someone, number: str) -> None:
    """The money came, the parcel leaves, the parcel arrives."""
    producer.menu(producer.word("studio"))
    producer.look("studio")
    producer.link(producer.word("orders"))
    part = producer.main.locator(".basket-block").filter(has_text=number)
    producer.look("orders in the studio")
    producer.press(producer.word("paid"), part)
    producer.link(re.compile(number), part)
    producer.main.locator("input[name=tracking]").fill("00340434161094")
    looks = producer.main.locator("select[name=age_check]")
    if looks.count():
        looks.select_option("carrier")
    producer.look("handing over")
    producer.press(producer.word("left"))
    producer.press(producer.word("delivered"), part)
    expect(part.get_by_role("button")).to_have_count(0)


def answers_from_the_mail(cleo: Someone, number: str) -> None:
    """The mail leads to the order, the order to the question; a tap, then words."""
    cleo.page.goto("/outbox")
    cleo.look("mails")
    cleo.link(re.compile("Weingut Kaltbach.*(ist da|arrived)"))
    address = cleo.main.locator(f"a[href$='/orders/{number}']").first.get_attribute("href")
    cleo.look("mail")
    assert address
    cleo.page.goto(re.sub(r"^https?://[^/]+", "", address))
    for goods in ("riesling", "hat"):
        cleo.look("order")
        cleo.link(cleo.word("again?"), cleo.main.locator(".order-todo"))
        expect(cleo.page.locator("h1")).to_have_text(cleo.word(goods))
        cleo.press(cleo.word("yes"))
        cleo.reads(cleo.word("counts"), "answer")
        if goods == "riesling":
            cleo.page.locator("textarea[name=words]").fill(VOICE)
            cleo.press(cleo.word("publish"))
        cleo.menu(cleo.word("orders"))
        cleo.link("Weingut Kaltbach")
    expect(cleo.main.locator(".order-todo")).to_have_count(0)


def is_shown_the_hat(eva: Someone) -> None:
    """After: Eva is shown first what Cleo would buy again, why, and the proof."""
    eva.menu(eva.word("for you"))
    card = eva.main.locator(".card").first
    expect(card.get_by_role("heading")).to_have_text(eva.word("hat"))
    expect(card).to_contain_text(eva.word("cleo's word"))
    eva.look("for you, by taste")
    eva.link(eva.word("cleo's word"), card)
    eva.reads(eva.word("agreed 2"), "why")


def sees_what_her_word_did(eva: Someone) -> None:
    """How many were bought by it; nobody is named."""
    eva.menu(eva.word("account"))
    eva.link(eva.word("recommendations"))
    eva.reads(eva.word("bought"), "own recommendations")


def replies(ana: Someone) -> None:
    """The producer answers in public."""
    ana.menu(ana.word("studio"))
    ana.reads(VOICE, "studio, with words")
    ana.link(ana.word("answer"), ana.main.locator(".studio-voice").filter(has_text=VOICE))
    ana.reads(VOICE, "words in the studio")
    ana.page.locator("textarea[name=words]").fill(REPLY)
    ana.press(ana.word("reply"))
    ana.look("studio, answered")


def reads_the_reply(cleo: Someone) -> None:
    """Cleo's words and the reply stand on the product's page."""
    cleo.finds("Riesling", "riesling")
    own = cleo.main.locator(".review").filter(has_text=VOICE)
    expect(own).to_contain_text(cleo.word("answers"))
    expect(own).to_contain_text(REPLY)
    cleo.look("product, answered")


def sees_the_figures(olga: Someone) -> None:
    """The operator sees k of n of each product, on the page and in the file."""
    olga.menu(olga.word("assortment"))
    row = olga.main.locator("tr").filter(has_text=olga.word("riesling"))
    expect(row).to_contain_text(olga.word("2 of 2"))
    olga.look("assortment")
    with olga.page.expect_download() as waiting:
        olga.main.get_by_role("link", name="CSV").click()
    text = Path(waiting.value.path()).read_text("utf-8")
    rows = {row["product"]: row for row in csv.DictReader(StringIO(text))}
    found = rows[olga.word("riesling")]
    assert (found["k"], found["n"], found["buyers"], found["producer"]) == (
        "2", "2", "2", "Weingut Kaltbach")
