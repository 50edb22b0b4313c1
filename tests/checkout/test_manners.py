"""How the checkout treats people: what it asks, remembers, counts and believes."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from marketplace.checkout.models import Checkout, FirstContact, Touch
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.orders.models import Order, SellerOrder
from marketplace.orders.rules.dates import promised_on
from marketplace.people.models import Consent
from marketplace.producers.models import ClosedDay
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
    words_of,
)
from tests.databases import sent_statements
from tests.stories.test_circle import ADDRESS


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


def test_dispatch_day_counts_the_days_off_of_the_house(cast: Cast, client: FlaskClient) -> None:
    """checkout-25, orders 3.5: paid Mon 3 Aug 2026 10:00, closed 3 to 14 Aug, 2 working days: sent
    by Wed 19 Aug; the other house, open, by Wed 5 Aug.
    """
    with committing():
        db.session.add_all(ClosedDay(producer_id=cast.goods(WINE).producer_id, words="",
                                     day=date(2026, 8, n)) for n in range(3, 15))
    with time_machine.travel(datetime(2026, 8, 3, 8, tzinfo=UTC), tick=False):
        put(cast, client, WINE)
        put(cast, client, HAT)
        page = client.get("/basket").get_data(as_text=True)
        assert short_day(date(2026, 8, 19)) in page
        assert short_day(date(2026, 8, 5)) in page


def test_placing_takes_its_statements(cast: Cast, client: FlaskClient) -> None:
    """checkout, speed: at most seventeen for five goods of two sellers, one of them for all stock;
    what follows is told by one job, each thing once.
    """
    slugs = (WINE, RED, "literwein-fuer-alle-tage", HAT, JUMPER)
    for slug in slugs:
        put(cast, client, slug)
    client.get("/categories/wine")
    page = walk(cast, client)
    run_due()
    with sent_statements() as sent:
        assert press(cast, client, page).status_code == 303
    stock = [one for one in sent if one.startswith("UPDATE variants SET reserved")]
    assert len(stock) == 1
    assert len(sent) <= 17, "\n".join(one[:120] for one in sent)


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
