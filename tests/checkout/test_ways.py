"""What led to a line: the six journeys, by clicks on real links, through consent and time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from marketplace.checkout.actions import forget_old_clicks
from marketplace.checkout.models import Touch
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.insights.rules import attribution
from marketplace.orders.models import Order, OrderLine, SellerOrder
from marketplace.web.links import mint
from tests.cast import Cast
from tests.stories.test_circle import finish

W, C = "riesling-vom-schiefer", "muetze-deichwind"
DAY = timedelta(days=1)


@pytest.fixture
def calendar() -> Iterator[time_machine.Coordinates]:
    """A clock that the test moves."""
    with time_machine.travel(datetime.now(UTC), tick=True) as moved:
        yield moved


def goes(client: FlaskClient, slug: str, kind: str, ref: str) -> str:
    """Follow a link to a product that names its source; the token, as its page keeps it."""
    token = mint(kind, ref)
    assert client.get(f"/products/{slug}?e={token}").status_code == 200
    return token


def takes(cast: Cast, client: FlaskClient, slug: str, token: str = "") -> None:
    """Put a product into the basket by the form of its page."""
    done = cast.post(client, "/basket/lines", variant=cast.goods(slug).variant_id, qty=1,
                     source=token)
    assert done.status_code == 303


def chains(number: str) -> dict[int, list[list[str]]]:
    """What is kept on the lines of an order, by product."""
    db.session.rollback()
    rows = db.session.execute(
        db.select(OrderLine.product_id, OrderLine.source_chain)
        .join(SellerOrder, SellerOrder.id == OrderLine.seller_order_id)
        .join(Order, Order.id == SellerOrder.order_id).where(Order.number == number))
    return {row[0]: [list(step) for step in row[1]] for row in rows}


def agrees(cast: Cast, client: FlaskClient, yes: bool = True) -> None:
    """Say on the page of the network whether clicks may be remembered."""
    done = cast.post(client, "/account/network/way", agree="yes" if yes else "no")
    assert done.status_code == 303


def kept_lines(buyer: str, number: str) -> list[attribution.Line]:
    """The lines of an order as attribution reads them."""
    return [attribution.Line(buyer, product, datetime.now(UTC), tuple(
        attribution.Touch(kind, ref or "") for kind, ref in chain), number)
        for product, chain in chains(number).items()]


def walked(app: Flask, cast: Cast, calendar: time_machine.Coordinates) -> list[attribution.Line]:
    """All six journeys in the order of the calendar: eight lines."""
    guest = app.test_client()
    takes(cast, guest, W, goes(guest, W, "search", "s1"))
    lines = kept_lines("one", finish(cast, guest))
    two, three, four = (cast.browser(name) for name in ("cleo", "eva", "gina"))
    agrees(cast, two)
    agrees(cast, three)
    for client in (two, three, four):
        goes(client, W, "recommendation", "r7")
    calendar.shift(2 * DAY)
    token = goes(two, W, "group", "g2")
    calendar.shift(2 * DAY)
    takes(cast, two, W, token)
    lines += kept_lines("two", finish(cast, two))
    calendar.shift(27 * DAY)
    three, four, guest = cast.browser("eva"), cast.browser("gina"), app.test_client()
    for slug in (W, C):
        takes(cast, three, slug, mint("bundle", "b4"))
    lines += kept_lines("three", finish(cast, three))
    takes(cast, four, W)
    lines += kept_lines("four", finish(cast, four))
    takes(cast, guest, W, goes(guest, W, "qr", "p1"))
    takes(cast, guest, C, goes(guest, C, "suggestion", "s9"))
    lines += kept_lines("five", finish(cast, guest))
    calendar.shift(13 * DAY)
    two = cast.browser("cleo")
    takes(cast, two, W, mint("reorder", "W"))
    return lines + kept_lines("two", finish(cast, two))


def test_six_journeys(app: Flask, cast: Cast, calendar: time_machine.Coordinates) -> None:
    """checkout-18, recommend-9: last touch search 1, g2 1, b4 2, direct 1, p1 1, s9 1, reorder 1;
    shared: r7 and g2 half each; r7 reads 1 purchase, 1 re-purchase.
    """
    lines = walked(app, cast, calendar)
    assert len(lines) == 8
    last = {touch.kind: n for touch, n in attribution.last_touch(lines).items()}
    assert last == {"search": 1, "group": 1, "bundle": 2, "direct": 1, "qr": 1, "suggestion": 1,
                    "reorder": 1}
    parts = {touch.kind: float(part) for touch, part in attribution.shared(lines).items()}
    assert parts == {**last, "recommendation": 0.5, "group": 0.5}
    led = attribution.outcome(lines, attribution.Touch("recommendation", "r7"))
    assert (led.purchases, led.repurchases) == (1, 1)


def test_nothing_is_kept_of_who_has_no_basket(client: FlaskClient, app: Flask, cast: Cast) -> None:
    """checkout-19: a first visit by a link sets no cookie and keeps no click; nor does a page of
    a member who has not agreed and has nothing in the basket.
    """
    goes(client, W, "qr", "p1")
    goes(cast.browser("dan"), W, "recommendation", "r7")
    assert client.get_cookie(app.config["SESSION_COOKIE_NAME"]) is None
    assert db.session.scalar(db.select(db.func.count(Touch.id))) == 0


def test_clicks_of_a_filled_basket_count_until_it_is_ordered(cast: Cast, client: FlaskClient
                                                            ) -> None:
    """checkout-18: a guest with a basket comes to the cap by a list, then takes it; gone after."""
    takes(cast, client, W)
    goes(client, C, "group", "g2")
    takes(cast, client, C)
    found = chains(finish(cast, client))
    assert found[cast.goods(C).product_id] == [["group", "g2"]]
    assert found[cast.goods(W).product_id] == [["direct", None]]
    run_due()
    assert db.session.scalar(db.select(db.func.count(Touch.id))) == 0


def test_out_and_in_again_does_not_double(cast: Cast) -> None:
    """checkout-18: removing and adding again gives the same way."""
    cleo = cast.browser("cleo")
    agrees(cast, cleo)
    token = goes(cleo, W, "recommendation", "r7")
    for _turn in range(2):
        takes(cast, cleo, W, token)
        line = db.session.scalar(db.text("SELECT id FROM basket_lines"))
        if _turn == 0:
            assert cast.post(cleo, f"/basket/lines/{line}", step="remove").status_code == 303
    assert chains(finish(cast, cleo))[cast.goods(W).product_id] == [["recommendation", "r7"]]


def test_taking_the_yes_back_forgets_at_once(cast: Cast) -> None:
    """checkout-19: with the consent goes what was kept by it."""
    cleo = cast.browser("cleo")
    agrees(cast, cleo)
    goes(cleo, W, "recommendation", "r7")
    assert db.session.scalar(db.select(db.func.count(Touch.id))) == 1
    agrees(cast, cleo, yes=False)
    assert db.session.scalar(db.select(db.func.count(Touch.id))) == 0
    takes(cast, cleo, W)
    assert chains(finish(cast, cleo))[cast.goods(W).product_id] == [["direct", None]]


def test_guests_way_goes_along_when_they_sign_in(cast: Cast, client: FlaskClient) -> None:
    """checkout-21: what was kept under the guest's basket stands under the member's."""
    from tests.cast import PASSWORD

    takes(cast, client, W)
    goes(client, C, "group", "g2")
    done = cast.post(client, "/sign-in", email="cleo@example.org", password=PASSWORD)
    assert done.status_code == 303
    db.session.rollback()
    owner = db.session.execute(db.text(
        "SELECT b.person_id FROM touches t JOIN baskets b ON b.id = t.basket_id")).scalar_one()
    assert owner == cast.id("cleo")


def test_sweep_forgets_after_thirty_days(cast: Cast, calendar: time_machine.Coordinates) -> None:
    """checkout-19: touches older than 30 days are gone after the sweep."""
    cleo = cast.browser("cleo")
    agrees(cast, cleo)
    goes(cleo, W, "recommendation", "r7")
    calendar.shift(29 * DAY)
    with committing():
        assert forget_old_clicks() == 0
    calendar.shift(DAY)
    with committing():
        assert forget_old_clicks() == 1


@pytest.mark.parametrize(
    "token", ["", "recommendation.r7.AAAAAAAAAA", "recommendation.r7", "x" * 5000, "a.b.c.d"])
def test_forged_source_is_no_source(cast: Cast, token: str) -> None:
    """checkout-18: a bad mac is ignored silently."""
    cleo = cast.browser("cleo")
    agrees(cast, cleo)
    assert cleo.get(f"/products/{W}", query_string={"e": token}).status_code == 200
    assert db.session.scalar(db.select(db.func.count(Touch.id))) == 0
