"""Coupons and offers from the studio and the basket to the order, its papers and its VAT."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from marketplace.catalog.models import Product, Variant
from marketplace.checkout.actions import (
    Agreed,
    NewOffer,
    Wanted,
    add_many,
    give_back,
    own_basket,
    publish_offer,
    set_offer_state,
)
from marketplace.checkout.models import Coupon, Offer
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.orders.actions import cancel_part, credit, expire_part
from marketplace.orders.models import Document, OrderLine, SellerOrder
from tests.cast import Cast
from tests.checkout.hands import HAT, LITRE, RED, WINE, count, order, press, put, walk
from tests.stories.test_circle import send


def make(cast: Cast, owner: str = "ana", **typed: str) -> None:
    """A producer makes a coupon in the studio."""
    words = {"code": "fruehling-5", "form": "amount", "value": "5,00", **typed}
    done = cast.post(cast.browser(owner), "/studio/coupons", **words)
    assert done.status_code == 303, done.get_data(as_text=True)[:2000]


def name(cast: Cast, client: FlaskClient, code: str = "Fruehling-5") -> int:
    """Type a coupon in the basket; the status."""
    return cast.post(client, "/basket/coupon", coupon=code).status_code


def test_coupon_from_the_studio_to_the_invoice(cast: Cast, client: FlaskClient) -> None:
    """checkout-3: 5.00 off 2 x 11.40 of ana; bert's hat pays all; the invoice says net amounts.

    22.80 - 5.00 = 17.80 goods, 6.90 sending: 24.70 at 19 %, VAT 24.70 * 19 / 119 = 3.94.
    """
    make(cast)
    put(cast, client, WINE, 2)
    put(cast, client, HAT)
    assert name(cast, client) == 303
    page = client.get("/basket").get_data(as_text=True)
    assert "Gutschein FRUEHLING-5" in page
    assert re.search(r"-5,00|−5,00", page)
    number = order(cast, client)
    parts = {part.position: part for part in db.session.scalars(db.select(SellerOrder))}
    assert [(p.goods_minor, p.discount_minor, p.total_minor) for p in parts.values()] == [
        (1780, 500, 2470), (3900, 0, 4390)]
    line = db.session.scalar(db.select(OrderLine).where(OrderLine.discount_minor > 0))
    assert line is not None
    assert (line.unit_minor, line.total_minor) == (1140, 1780)
    assert count("SELECT used FROM coupons") == 1
    assert count("SELECT count(*) FROM basket_coupons") == 0
    send(cast, "ana", f"{number}-1")
    paper = db.session.scalar(db.select(Document))
    assert paper is not None
    assert (paper.total_minor, paper.vat_minor) == (2470, 394)
    assert sum(row["minor"] for row in paper.snapshot["lines"]) + 690 == 2470
    shown = client.get(f"/orders/{number}/documents/{paper.id}").get_data(as_text=True)
    assert "abzüglich 5,00" in shown


@pytest.mark.parametrize(("typed", "words"), [
    ({"code": "ab"}, "4 bis 24 Buchstaben"), ({"value": "nichts"}, "Eine Zahl wie"),
    ({"form": "percent", "value": "101"}, "Von 1 bis 100 Prozent"),
    ({"until": "2020-01-01"}, "noch kommt"), ({"uses": "0"}, "1.000.000"),
    ({"form": ""}, "aus der Liste")])
def test_studio_says_what_is_wrong(cast: Cast, typed: dict[str, str], words: str) -> None:
    """checkout, coupons: a sentence beside the field, and nothing is made."""
    ana = cast.browser("ana")
    done = cast.post(ana, "/studio/coupons", **{"code": "FRUEHLING", "form": "amount",
                                                "value": "5", **typed})
    assert done.status_code == 422
    assert words in done.get_data(as_text=True)
    assert count("SELECT count(*) FROM coupons") == 0


def test_stopped_unknown_and_used_up_say_why(cast: Cast, client: FlaskClient) -> None:
    """checkout-29, words: each reason beside the field; somebody else's coupon is unknown."""
    make(cast)
    put(cast, client, HAT)
    refused = cast.post(client, "/basket/coupon", coupon="FRUEHLING-5")
    assert refused.status_code == 422
    assert "Kein Erzeuger in deinem Korb" in refused.get_data(as_text=True)
    put(cast, client, WINE)
    assert name(cast, client) == 303
    row = count("SELECT id FROM coupons")
    assert cast.post(cast.browser("bert"), "/studio/coupons", stop=row).status_code == 404
    assert cast.post(cast.browser("ana"), "/studio/coupons", stop=row).status_code == 303
    page = client.get("/basket").get_data(as_text=True)
    assert "gilt nicht mehr" in page
    refused = cast.post(client, "/basket/coupon", coupon="FRUEHLING-5")
    assert "gilt nicht mehr" in refused.get_data(as_text=True)


def test_coupon_that_ended_while_paying_moves_the_price(cast: Cast, client: FlaskClient) -> None:
    """checkout-31: the last look said 6.40; the coupon ended: nothing is ordered, both are told."""
    make(cast)
    put(cast, client, WINE)
    name(cast, client)
    page = walk(cast, client)
    with committing():
        db.session.execute(db.update(Coupon).values(
            valid_from=clock.now() - timedelta(days=2), valid_to=clock.now() - timedelta(days=1)))
    refused = press(cast, client, page)
    assert refused.status_code == 409
    assert re.search(r"6,40.*11,40", refused.get_data(as_text=True), re.S)
    assert count("SELECT count(*) FROM orders") == 0
    assert count("SELECT used FROM coupons") == 0


def test_coupon_of_an_order_that_came_to_nothing_can_be_used_again(
    cast: Cast, client: FlaskClient
) -> None:
    """checkout, coupons: one use; the unpaid order is cancelled, so the next buyer has it; what
    expired and is paid late counts again, and never twice.
    """
    make(cast)
    with committing():
        db.session.execute(db.update(Coupon).values(max_uses=1))
    put(cast, client, WINE)
    name(cast, client)
    order(cast, client)
    part = count("SELECT max(id) FROM seller_orders")
    assert count("SELECT used FROM coupons") == 1
    with committing():
        cancel_part(part, "buyer")
    assert count("SELECT used FROM coupons") == 0
    with committing():
        give_back(part)
    assert count("SELECT used FROM coupons") == 0
    other = cast.app.test_client()
    put(cast, other, WINE)
    name(cast, other)
    order(cast, other)
    late = count("SELECT max(id) FROM seller_orders")
    with committing():
        expire_part(late)
    assert count("SELECT used FROM coupons") == 0
    with committing():
        credit(late, count("SELECT total_minor FROM seller_orders ORDER BY id DESC LIMIT 1"),
               "system")
    assert count("SELECT used FROM coupons") == 1
    assert count("SELECT count(*) FROM coupon_uses WHERE given_back_at IS NULL") == 1


def test_coupon_below_its_least_goods_says_what_is_missing(cast: Cast, client: FlaskClient) -> None:
    """checkout-3: from 20.00 on; 11.40 are there, 8.60 are missing."""
    make(cast, least="20")
    put(cast, client, WINE)
    assert name(cast, client) == 303
    page = client.get("/basket").get_data(as_text=True)
    assert re.search(r"es fehlen 8,60", page)
    put(cast, client, WINE)
    assert "-5,00" in client.get("/basket").get_data(as_text=True).replace("−", "-")


def agreed(cast: Cast, *terms: Agreed) -> Offer:
    """An offer for the set s1 of wine and hat, or of what the terms are about."""
    return publish_offer(NewOffer("Abend", "Evening", "s1", {
        cast.goods(WINE).variant_id: 1, cast.goods(HAT).variant_id: 2}, terms))


def test_joint_offer_is_in_basket_order_and_ends(cast: Cast) -> None:
    """checkout-3, bundles-21: 10 % of 11.40 is 1.14, 5 % of 2 x 39.00 is 3.90, each on its own."""
    a, b = cast.goods(WINE).producer_id, cast.goods(HAT).producer_id
    with committing():
        offer = agreed(cast, Agreed(a, "percent", 1000, cast.id("ana")),
                       Agreed(b, "percent", 500, cast.id("bert")))
        code = offer.code
        assert add_many(own_basket(cast.id("cleo"), None), [
            Wanted(cast.goods(WINE).variant_id, 1), Wanted(cast.goods(HAT).variant_id, 2)],
            ("bundle", "abend"), "s1", "Abend", "de") == []
    cleo = cast.browser("cleo")
    page = cleo.get("/basket").get_data(as_text=True)
    assert page.count("zum Setpreis") == 2
    assert "10,26" in page
    assert "74,10" in page
    order(cast, cleo)
    lines = db.session.scalars(db.select(OrderLine).order_by(OrderLine.id)).all()
    assert [(x.discount_minor, x.total_minor, x.set_ref) for x in lines] == [
        (114, 1026, "Abend"), (390, 7410, "Abend")]
    with committing():
        set_offer_state(code, "ended")
    db.session.rollback()


def test_offer_needs_the_yes_of_every_producer(cast: Cast) -> None:
    """checkout, offers: no term without who agreed; a fixed price is for one producer only."""
    a, b = cast.goods(WINE).producer_id, cast.goods(HAT).producer_id
    ana, bert = cast.id("ana"), cast.id("bert")
    for terms in ((Agreed(a, "percent", 1000, ana),),
                  (Agreed(a, "fixed", 1000, ana), Agreed(b, "percent", 0, bert)),
                  (Agreed(a, "percent", 9001, ana), Agreed(b, "percent", 0, bert))):
        with pytest.raises(Invalid) as caught, committing():
            agreed(cast, *terms)
        assert set(caught.value.faults) == {"terms"}
    good = (Agreed(a, "percent", 1000, ana), Agreed(b, "percent", 0, bert))
    with committing():
        agreed(cast, *good)
    with pytest.raises(Conflict), committing():
        agreed(cast, *good)
    assert count("SELECT count(*) FROM offers") == 1


def test_offer_leaves_lines_of_other_sets_alone(cast: Cast, client: FlaskClient) -> None:
    """checkout-3: two single wines beside a set keep their single price."""
    a = cast.goods(WINE).producer_id
    with committing():
        publish_offer(NewOffer("Zwei", "Two", "s2", {
            cast.goods(RED).variant_id: 1, cast.goods(LITRE).variant_id: 1},
            [Agreed(a, "fixed", 2000, cast.id("ana"))]))
        add_many(own_basket(cast.id("cleo"), None), [
            Wanted(cast.goods(RED).variant_id, 1), Wanted(cast.goods(LITRE).variant_id, 1)],
            ("bundle", "zwei"), "s2", "Zwei", "de")
    cleo = cast.browser("cleo")
    put(cast, cleo, RED)
    assert (db.session.scalar(db.select(Variant.price_minor).where(
        Variant.id == cast.goods(RED).variant_id))) == 1450
    page = cleo.get("/basket").get_data(as_text=True)
    assert page.count("zum Setpreis") == 2
    assert "34,50" in page
    assert db.session.scalar(db.select(Product.id).where(Product.slug == RED))
