"""What the pages of basket and checkout have to show, in both languages."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from marketplace.catalog.models import Product
from marketplace.checkout.models import Checkout, FirstContact, Touch
from marketplace.checkout.views.review import INSTRUCTION_VERSION
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.orders.models import Order, SellerOrder
from marketplace.orders.rules.dates import promised_on
from marketplace.people.models import Consent
from marketplace.web.formats import short_day
from tests.cast import Cast
from tests.checkout.hands import (
    HAT,
    JUMPER,
    RED,
    WINE,
    count,
    order,
    press,
    put,
    set_variant,
    walk,
)
from tests.databases import sent_statements
from tests.stories.test_circle import ADDRESS

HERE = Path(__file__).resolve().parent.parent.parent
EN = {"Accept-Language": "en"}
WORDS_NOW = "105761e26ce8"
"""Of the words on withdrawal, both languages, for the version of today."""
PAGES = [HERE / "templates" / "checkout" / name for name in (
    "basket.html", "step.html", "review.html", "instead.html", "small_cards.html")] + [
    HERE / "templates" / "parts" / name for name in ("basket_line.html", "step_bar.html")]


def words_of(html: str) -> str:
    """A page without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_shipping_and_sum_stand_before_any_address(cast: Cast, client: FlaskClient) -> None:
    """checkout-4: 11.40 + 6.90 and 39.00 + 4.90 at the default country: 62.20; another country
    is reckoned anew and kept.
    """
    put(cast, client, WINE)
    put(cast, client, HAT)
    page = words_of(client.get("/basket").get_data(as_text=True))
    for sum_ in ("18,30", "43,90", "62,20"):
        assert sum_ in page, sum_
    with committing():
        db.session.execute(db.text("UPDATE shipping_zones SET countries = '[\"DE\"]' "
                                   "WHERE producer_id = :it"),
                           {"it": cast.goods(HAT).producer_id})
    assert cast.post(client, "/basket/place", country="AT", postcode="1010").status_code == 303
    html = client.get("/basket").get_data(as_text=True)
    assert "Nordgarn liefert nicht nach Österreich" in html
    assert 'value="1010"' in html
    assert "/checkout/begin" not in html


def test_unit_price_and_deposit_stand_at_lines(cast: Cast, client: FlaskClient) -> None:
    """checkout-5: 15.20 a litre for 11.40 / 0.75 l in basket and review; deposit is a row."""
    set_variant(cast, WINE, deposit_minor=25)
    put(cast, client, WINE, 2)
    basket = words_of(client.get("/basket").get_data(as_text=True))
    assert re.search(r"15,20 €\s*/\s*l", basket)
    assert "zzgl. je 0,25 € Pfand" in basket
    assert re.search(r"Pfand 0,50 €", basket)
    review = words_of(walk(cast, client))
    assert "15,20 € je l" in review
    assert re.search(r"Pfand 0,50 €", review)
    assert "30,20" in review


def test_no_price_is_struck_out(cast: Cast, client: FlaskClient) -> None:
    """checkout-6: lowered yesterday from 14.50 to 13.00: the basket says the new price only; a
    price that moved since it was seen is told once, as words.
    """
    put(cast, client, RED)
    set_variant(cast, RED, price_minor=1300)
    page = client.get("/basket").get_data(as_text=True)
    assert not re.search(r"<(s|del|strike)\b", page)
    assert re.search(r"war 14,50\s€, jetzt 13,00", words_of(page))
    cast.post(client, "/basket/prices-seen", step="seen")
    assert "14,50" not in client.get("/basket").get_data(as_text=True)
    assert "14,50" not in walk(cast, client)


def test_every_seller_is_named_with_its_status(cast: Cast, client: FlaskClient) -> None:
    """checkout-7: basket, review and the letter; partner, ranking and duties are one click away."""
    put(cast, client, WINE)
    put(cast, client, HAT)
    basket = client.get("/basket").get_data(as_text=True)
    review = walk(cast, client)
    for name in ("Weingut Kaltbach", "Nordgarn"):
        assert name in basket
        assert name in review
    assert words_of(basket).count("Unternehmer") == 2
    assert words_of(review).count("verkauft als Unternehmer") == 2
    assert 'href="/ranking"' in review
    assert "/about/terms" in review or 'href="/terms"' in review
    assert review.count("/imprint") >= 2


@pytest.mark.parametrize(("lang", "label", "notice"), [
    ("de", "zahlungspflichtig bestellen", "Zwei Jahre gesetzliche Gewährleistung"),
    ("en", "order with obligation to pay", "Legal guarantee of two years")])
def test_button_stands_directly_below_the_total(
    cast: Cast, client: FlaskClient, lang: str, label: str, notice: str
) -> None:
    """checkout-8, checkout-11: essential features, total, then the button with the exact words,
    nothing between; the notice on the guarantee stands before it.
    """
    cast.post(client, "/language", lang=lang)
    put(cast, client, WINE)
    page = walk(cast, client)
    form = re.search(r'<form class="review-place".*?</form>', page, re.S)
    assert form
    button = re.search(r"<button[^>]*>(.*?)</button>", form[0], re.S)
    assert button
    assert words_of(button[1]) == label
    between = form[0][form[0].rindex("</tr>") if "</tr>" in form[0] else 0:form[0].index("<button")]
    assert words_of(between) in ("", words_of(between).strip("0123456789.,€ "))
    before = page[:page.index('class="review-place"')]
    assert notice in before
    assert "Riesling" in before
    assert "Riesling vom Schiefer, kurz gesagt" in before or "Slate Riesling, in short" in before


def test_payments_and_limits_stand_early(cast: Cast, client: FlaskClient) -> None:
    """checkout-9: on the basket and on the first step: how to pay and where goods go."""
    put(cast, client, WINE)
    basket = words_of(client.get("/basket").get_data(as_text=True))
    first = words_of(client.get("/checkout").get_data(as_text=True))
    assert "Zu zahlen per" in basket or "Überweisung" in basket
    assert "Liefert nach: Deutschland, Österreich" in basket
    assert "Lieferung nach: Österreich, Deutschland" in first
    assert "Überweisung" in first


def test_withdrawal_is_told_and_kept_with_its_version(cast: Cast, client: FlaskClient) -> None:
    """checkout-10: yes or no and how long, per seller; the version of the words stands with each
    contract and is that of the words people can read.
    """
    with committing():
        db.session.execute(db.update(Product).where(Product.slug == JUMPER).values(
            withdrawal="made_to_measure"))
    put(cast, client, WINE)
    put(cast, client, JUMPER)
    page = words_of(walk(cast, client))
    assert "binnen 14 Tagen" in page
    assert "kein Widerrufsrecht" in page
    press(cast, client, client.get("/checkout/review").get_data(as_text=True))
    kept = db.session.scalars(db.select(SellerOrder.instruction_version)).all()
    assert list(kept) == [INSTRUCTION_VERSION] * 2
    words = b"".join((HERE / "marketplace/storefront/words" / f"withdrawal.{lang}.md").read_bytes()
                     for lang in ("de", "en"))
    assert sha256(words).hexdigest()[:12] == WORDS_NOW, "new words need a new version"


def test_nothing_is_ticked_or_presses(cast: Cast, client: FlaskClient) -> None:
    """checkout-13: no ticked box, countdown, pop-up or shaming in templates; none on pages."""
    for path in PAGES:
        text = path.read_text("utf-8")
        assert not re.search(r"\schecked(?![^<]*typed)(?!\w)", re.sub(
            r"\{% if [^%]*typed[^%]*%\} checked\{% endif %\}", "", text)), path.name
        assert not re.search(r"countdown|setInterval|<dialog|popup|data-timer|hurry|beeil", text,
                             re.IGNORECASE), path.name
    put(cast, client, WINE)
    walk(cast, client)
    for address in ("/basket", "/checkout", "/checkout/review"):
        html = client.get(address).get_data(as_text=True)
        assert not re.search(r'type="checkbox"[^>]*\bchecked', html), address


def test_few_left_is_the_truth_or_absent(cast: Cast, client: FlaskClient) -> None:
    """checkout-14: seven on hand, two kept for others: eight wanted say 5; enough says nothing."""
    set_variant(cast, RED, reserved=2)
    put(cast, client, RED, 5)
    assert "nur noch" not in client.get("/basket").get_data(as_text=True)
    set_variant(cast, RED, reserved=4)
    assert "nur noch 3" in client.get("/basket").get_data(as_text=True)


def test_no_letter_about_a_left_basket(app: Flask, cast: Cast) -> None:
    """checkout-15: a week and a month later nobody was written to."""
    from marketplace.foundation.jobs import run_due

    cleo = cast.browser("cleo")
    put(cast, cleo, WINE)
    before = count("SELECT count(*) FROM letters")
    for days in (7, 31):
        with time_machine.travel(datetime.now(UTC) + timedelta(days=days), tick=True):
            run_due()
    assert count("SELECT count(*) FROM letters") == before


def test_consent_is_off_and_kept_with_its_text(cast: Cast) -> None:
    """checkout-16: unticked; ticked, it is kept with who, when and which words."""
    cleo = cast.browser("cleo")
    put(cast, cleo, HAT)
    page = cleo.get("/checkout").get_data(as_text=True)
    box = re.search(r"<input[^>]*name=\"review_invite\"[^>]*>", page)
    assert box
    assert "checked" not in box[0]
    order(cast, cleo)
    assert db.session.scalar(db.select(Consent).where(Consent.purpose == "review_invite")) is None
    assert not db.session.scalar(db.select(Order.review_consent))
    put(cast, cleo, HAT)
    order(cast, cleo, review_invite="2026-11")
    kept = db.session.scalar(db.select(Consent).where(Consent.purpose == "review_invite"))
    assert kept is not None
    assert (kept.person_id, kept.text_version, kept.place) == (cast.id("cleo"), "2026-11",
                                                               "checkout")


def test_origin_is_asked_once(cast: Cast, client: FlaskClient) -> None:
    """checkout-17: with the first order, no answer set in advance; never again to the person or
    the address.
    """
    put(cast, client, HAT)
    page = client.get("/checkout").get_data(as_text=True)
    asked = re.search(r'<select[^>]*name="first_contact".*?</select>', page, re.S)
    assert asked
    assert re.findall(r'<option value="(\w*)"', asked[0]) == [
        "", "friends", "market", "press", "search", "advert", "other"]
    assert not re.search(r'value="friends"[^>]*selected', asked[0])
    order(cast, client, first_contact="friends", email="neu@example.org")
    put(cast, client, HAT)
    assert "first_contact" not in client.get("/checkout").get_data(as_text=True)
    other = cast.app.test_client()
    put(cast, other, HAT)
    order(cast, other, first_contact="press", email="NEU@example.org")
    rows = db.session.scalars(db.select(FirstContact.answer)).all()
    assert list(rows) == ["friends"]


def test_second_order_of_a_member_takes_two_pages(cast: Cast) -> None:
    """checkout-22: address, way, payment and age are known: basket, last look, ordered."""
    cleo = cast.browser("cleo")
    put(cast, cleo, WINE)
    order(cast, cleo)
    put(cast, cleo, WINE)
    assert "/checkout/begin" in cleo.get("/basket").get_data(as_text=True)
    went = cast.post(cleo, "/checkout/begin")
    assert went.location.endswith("/checkout/review")
    page = cleo.get("/checkout/review").get_data(as_text=True)
    assert "Feldweg 3" in page
    assert "/orders/" in (press(cast, cleo, page).location or "")
    checks = db.session.scalars(db.select(SellerOrder.age_check).order_by(SellerOrder.id)).all()
    assert [check["method"] for check in checks if check] == ["declared", "stated"]


def test_dispatch_day_is_that_of_the_promise(cast: Cast, client: FlaskClient) -> None:
    """checkout-25: both promise two working days; the day stands in basket, step and review."""
    put(cast, client, WINE)
    day = short_day(promised_on(clock.now(), 2))
    assert day in words_of(client.get("/basket").get_data(as_text=True))
    review = walk(cast, client)
    assert day in words_of(client.get("/checkout/delivery").get_data(as_text=True))
    assert day in words_of(review)


def test_simple_language_and_help_are_there(cast: Cast, client: FlaskClient) -> None:
    """checkout-35, checkout-36: from step 1; an empty basket has words, a next step and help."""
    put(cast, client, HAT)
    first = client.get("/checkout").get_data(as_text=True)
    link = re.search(r'href="([^"]*simple/order[^"]*)"', first)
    assert link
    assert client.get(link[1]).status_code == 200
    assert "/threads/new?about=/checkout" in first
    empty = cast.app.test_client().get("/basket").get_data(as_text=True)
    assert "Der Korb ist leer" in empty
    assert "/threads/new?about=/basket" in empty
    assert 'href="/products"' in empty


def test_empty_basket_shows_what_was_looked_at(cast: Cast) -> None:
    """checkout, pages: a member who agreed sees what they came to last; others see nothing."""
    cleo, dan = cast.browser("cleo"), cast.browser("dan")
    with committing():
        db.session.add(Touch(person_id=cast.id("cleo"), kind="group", ref="g2",
                             product_id=cast.goods(WINE).product_id, at=clock.now()))
    assert "Riesling vom Schiefer" in cleo.get("/basket").get_data(as_text=True)
    assert "Riesling" not in dan.get("/basket").get_data(as_text=True)


def test_steps_and_failures_are_counted_without_names(cast: Cast, client: FlaskClient) -> None:
    """checkout-32: each step once per draft, each refusal with its reason; no basket is readable
    by a producer.
    """
    put(cast, client, HAT)
    page = walk(cast, client)
    client.get("/checkout")
    set_variant(cast, HAT, price_minor=4000)
    assert press(cast, client, page).status_code == 409
    rows = db.session.execute(db.text(
        "SELECT object_kind, count(*) FROM journal_entries WHERE object_kind IN "
        "('contact','delivery','payment','review','price_moved') GROUP BY object_kind")).all()
    assert dict(tuple(row) for row in rows) == {
        "delivery": 1, "payment": 1, "review": 1, "price_moved": 1}
    bert = cast.browser("bert")
    for address in ("/studio", "/studio/stock", "/studio/orders"):
        html = bert.get(address).get_data(as_text=True)
        assert "cleo@example.org" not in html, address


def test_sweep_forgets_drafts_and_baskets(cast: Cast, client: FlaskClient) -> None:
    """checkout, things: a draft after a day, a guest's basket after 30 days, a member's after a
    year.
    """
    from marketplace.checkout.jobs import sweep

    cleo = cast.browser("cleo")
    for browser in (client, cleo):
        put(cast, browser, HAT)
        cast.post(browser, "/checkout/contact", **ADDRESS)
    kept = []
    for days in (0, 2, 31, 366):
        with time_machine.travel(datetime.now(UTC) + timedelta(days=days), tick=False):
            sweep()
            db.session.rollback()
            kept.append((count("SELECT count(*) FROM baskets"),
                         db.session.scalar(db.select(db.func.count(Checkout.id)))))
            db.session.rollback()
    assert kept == [(2, 2), (2, 0), (1, 0), (0, 0)]


@pytest.mark.parametrize("qty", ["-1", "x", "1000000000", "1.5", ""])
def test_bad_quantity_is_said_and_changes_nothing(cast: Cast, client: FlaskClient, qty: str
                                                 ) -> None:
    """checkout, faults: 422 with a sentence; the basket stays as it was."""
    put(cast, client, HAT, 2)
    line = count("SELECT max(id) FROM basket_lines")
    refused = cast.post(client, f"/basket/lines/{line}", step="set", qty=qty)
    assert refused.status_code == 422
    assert "ganze Zahl von 1 bis 999" in refused.get_data(as_text=True)
    assert count("SELECT qty FROM basket_lines") == 2


def test_foreign_lines_and_prices_are_not_believed(cast: Cast, client: FlaskClient) -> None:
    """checkout, faults: a price in the form is nothing; another's line is not found."""
    put(cast, client, HAT)
    line = count("SELECT max(id) FROM basket_lines")
    other = cast.app.test_client()
    put(cast, other, WINE)
    assert cast.post(other, f"/basket/lines/{line}", step="remove").status_code == 404
    page = walk(cast, client)
    refused = press(cast, client, page, shown_minor=1)
    assert refused.status_code == 409
    cast.post(client, "/basket/lines", variant=cast.goods(HAT).variant_id, qty=1, price_minor=1)
    assert count("SELECT count(*) FROM orders") == 0


@pytest.mark.parametrize("lines", [1, 5])
def test_basket_takes_eight_statements(cast: Cast, client: FlaskClient, lines: int) -> None:
    """checkout, speed: at most eight for one line or more, with sets, coupons and an account."""
    cleo = cast.browser("cleo")
    for slug in (WINE, RED, HAT, JUMPER, "literwein-fuer-alle-tage")[:lines]:
        put(cast, cleo, slug)
    cleo.get("/basket")
    with sent_statements() as sent:
        assert cleo.get("/basket").status_code == 200
    assert len(sent) <= 8, "\n".join(one[:120] for one in sent)
