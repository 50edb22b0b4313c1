"""A bundle of three producers: one order, three contracts, and what happens when one part fails."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from marketplace.adapters.doors import doors
from marketplace.adapters.storage import svg_picture
from marketplace.catalog.models import Product
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.orders.models import Order, OrderLine, Refund, SellerOrder
from marketplace.producers.models import Producer
from tests.bundles.test_views_bundles import HAT, WINE, published
from tests.cast import PICTURE, Cast, House, open_house, put_on_sale
from tests.stories.test_circle import ADDRESS, finish

CANDLE = "bienenwachskerze"
FACTS: dict[str, object] = {"materials": "Bienenwachs", "measurements": "9 cm",
                            "no_warnings": "ja"}


@pytest.fixture
def page(cast: Cast) -> str:
    """Cleo's bundle: ana's wine for 11.40, bert's hat for 39.00, made to measure, and a candle
    for 12.90 of eva's house, which sends for 5.90.
    """
    owner, file = cast.id("eva"), svg_picture(PICTURE, doors().storage)
    db.session.rollback()
    with committing():
        open_house(owner, House("wachszieherei", "Wachszieherei", "crafts", "Rhön", "Bachtal",
                                "DE75512108001245126199", 590))
        put_on_sale(owner, file, "candles", "Bienenwachskerze", "Beeswax candle", "W-1", 1290, 1,
                    "piece", 9, FACTS)
        db.session.execute(db.update(Product).where(Product.slug == HAT)
                           .values(withdrawal="made_to_measure"))
    run_due()
    return published(cast, cast.browser("cleo"), WINE, HAT, CANDLE)


def ordered(cast: Cast, dan: FlaskClient, page: str) -> str:
    """Dan takes the whole bundle and places the order; its number."""
    assert cast.post(dan, f"{page}/basket").status_code == 303
    return finish(cast, dan)


def states() -> dict[str, str]:
    """How far each contract is, by producer."""
    db.session.rollback()
    found = dict(db.session.execute(
        db.select(Producer.slug, SellerOrder.state)
        .join(Producer, Producer.id == SellerOrder.producer_id)).all())
    db.session.rollback()
    return found


def test_three_producers_are_one_order_with_three_contracts(cast: Cast, page: str) -> None:
    """bundles-17, bundles-14: one post fills the basket, one order holds three contracts, each
    with its own goods and sending (11.40 + 6.90, 39.00 + 4.90, 12.90 + 5.90), one set and the
    bundle as source; each house sees its own part alone.
    """
    number = ordered(cast, cast.browser("dan"), page)
    assert db.session.scalars(db.select(Order.number)).all() == [number]
    rows = db.session.execute(
        db.select(Producer.slug, SellerOrder.number, SellerOrder.goods_minor,
                  SellerOrder.shipping_minor, SellerOrder.total_minor)
        .join(Producer, Producer.id == SellerOrder.producer_id)).all()
    assert {row[0]: tuple(row[2:]) for row in rows} == {
        "weingut-kaltbach": (1140, 690, 1830), "nordgarn": (3900, 490, 4390),
        "wachszieherei": (1290, 590, 1880)}
    assert sorted(row[1] for row in rows) == [f"{number}-{n}" for n in (1, 2, 3)]
    lines = db.session.execute(db.select(
        OrderLine.seller_order_id, OrderLine.set_key, OrderLine.source_kind,
        OrderLine.source_ref)).all()
    assert len({row[0] for row in lines}) == 3 and len({row[1] for row in lines}) == 1
    assert lines[0][1] and {tuple(row[2:]) for row in lines} == {
        ("bundle", page.rsplit("/", 1)[1][:40])}
    own = {slug: part for slug, part, *_sums in rows}
    db.session.rollback()
    for who, slug in (("ana", "weingut-kaltbach"), ("bert", "nordgarn"), ("eva", "wachszieherei")):
        client = cast.browser(who)
        for other, part in own.items():
            assert client.get(f"/studio/orders/{part}").status_code == (
                200 if other == slug else 404), (who, other)


def test_rights_of_withdrawal_stand_before_the_purchase(cast: Cast, page: str) -> None:
    """bundles-17: on the page of the bundle and again right before ordering, each house with its
    rule: 14 days for wine and candle, none for the hat made to measure.
    """
    dan = cast.browser("dan")
    shown = dan.get(page).get_data(as_text=True)
    assert "3 Erzeuger" in shown
    rights = dict(re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>",
                             shown.split("Widerruf, je")[1]))
    assert "binnen 14 Tagen" in rights["Weingut Kaltbach"]
    assert "binnen 14 Tagen" in rights["Wachszieherei"]
    assert "kein Widerrufsrecht" in rights["Nordgarn"]
    cast.post(dan, f"{page}/basket")
    cast.post(dan, "/checkout/contact", **ADDRESS)
    cast.post(dan, "/checkout/delivery", born="1980-05-05")
    cast.post(dan, "/checkout/payment", method="bank_transfer")
    last = dan.get("/checkout/review").get_data(as_text=True)
    assert last.count("binnen 14 Tagen") >= 2 and "kein Widerrufsrecht" in last
    assert db.session.scalar(db.select(Order.id)) is None


def test_one_part_fails_and_the_buyer_decides_about_each_other(cast: Cast, page: str) -> None:
    """bundles-17: bert cannot send the hat: his contract ends with 43.90 back; of wine and candle
    each is asked about on its own, on the page of the order. The candle is cancelled free of
    charge (12.90 + 5.90), the wine stays a contract as it was; nobody answers twice.
    """
    dan = cast.browser("dan")
    number = ordered(cast, dan, page)
    parts = dict(db.session.execute(
        db.select(Producer.slug, SellerOrder.number)
        .join(Producer, Producer.id == SellerOrder.producer_id)).all())
    db.session.rollback()
    for who, slug in (("ana", "weingut-kaltbach"), ("bert", "nordgarn"), ("eva", "wachszieherei")):
        assert cast.post(cast.browser(who), f"/studio/orders/{parts[slug]}/paid"
                         ).status_code == 303
    gone = cast.post(cast.browser("bert"), f"/studio/orders/{parts['nordgarn']}/cancel",
                     reason="Motten im Lager")
    assert gone.status_code == 303
    run_due()
    assert states() == {"weingut-kaltbach": "paid", "nordgarn": "cancelled",
                        "wachszieherei": "paid"}
    asked = dict(db.session.execute(db.select(Producer.slug, OrderLine.id).join(
        SellerOrder, SellerOrder.id == OrderLine.seller_order_id).join(
        Producer, Producer.id == SellerOrder.producer_id).where(
        OrderLine.set_asked == "open")).all())
    db.session.rollback()
    assert asked.keys() == {"weingut-kaltbach", "wachszieherei"}
    shown = dan.get(f"/orders/{number}").get_data(as_text=True)
    for line in asked.values():
        assert f"/orders/{number}/lines/{line}/set" in shown
    for slug, answer in (("wachszieherei", "cancel"), ("weingut-kaltbach", "keep")):
        path = f"/orders/{number}/lines/{asked[slug]}/set"
        assert cast.post(dan, path, answer=answer).status_code == 303
        assert cast.post(dan, path, answer="keep").status_code == 409
    run_due()
    assert states() == {"weingut-kaltbach": "paid", "nordgarn": "cancelled",
                        "wachszieherei": "cancelled"}
    back = dict(db.session.execute(
        db.select(Producer.slug, db.func.sum(Refund.minor))
        .join(SellerOrder, SellerOrder.id == Refund.seller_order_id)
        .join(Producer, Producer.id == SellerOrder.producer_id).group_by(Producer.slug)).all())
    assert {slug: int(minor) for slug, minor in back.items()} == {
        "nordgarn": 4390, "wachszieherei": 1880}
