"""The whole way, once: a peer's word leads to a purchase, and the purchase to the next word."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from marketplace.foundation.database import db
from marketplace.foundation.jobs import run_due
from marketplace.orders.models import Order, OrderLine, SellerOrder
from marketplace.reviews.models import Rating, Score
from tests.cast import Cast

ADDRESS = {"email": "cleo@example.org", "name": "Cleo Beispiel", "street": "Feldweg 3",
           "postcode": "10115", "city": "Berlin", "country": "DE"}


def order_by(cast: Cast, client: FlaskClient, slug: str, qty: int = 1, source: str = "",
             method: str = "bank_transfer", born: str = "1980-05-05") -> str:
    """Walk from the product page to a placed order; its number."""
    goods = cast.goods(slug)
    cast.post(client, "/basket/lines", variant=goods.variant_id, qty=qty, source=source)
    return finish(cast, client, method, born)


def finish(cast: Cast, client: FlaskClient, method: str = "bank_transfer",
           born: str = "1980-05-05") -> str:
    """From a filled basket to a placed order; its number."""
    assert cast.post(client, "/checkout/contact", **ADDRESS).status_code == 303
    assert cast.post(client, "/checkout/delivery", born=born).status_code == 303
    assert cast.post(client, "/checkout/payment", method=method).status_code == 303
    page = client.get("/checkout/review").get_data(as_text=True)
    hidden = dict(re.findall(r'name="(attempt_key|shown_minor|basket_version)" value="([^"]*)"',
                             page))
    placed = cast.post(client, "/checkout", **hidden)
    assert placed.status_code == 303, re.sub(
        r"<[^>]+>\s*", " ", placed.get_data(as_text=True).partition("<main")[2])[:600]
    found = re.search(r"/orders/([2-9A-Z]{8})", placed.location)
    assert found, placed.location
    return found.group(1)


def send(cast: Cast, owner: str, number: str) -> None:
    """The producer marks paid, sent and delivered."""
    client = cast.browser(owner)
    for step in ("paid", "handed_over", "delivered"):
        answer = cast.post(client, f"/studio/orders/{number}/{step}", age_check="carrier")
        assert answer.status_code == 303


def test_visitor_orders_without_account_and_pays_by_transfer(
    cast: Cast, client: FlaskClient
) -> None:
    """checkout-1, checkout-2: one form, one order, one seller order per producer."""
    hat = cast.goods("muetze-deichwind")
    cast.post(client, "/basket/lines", variant=hat.variant_id, qty="1")
    number = order_by(cast, client, "riesling-vom-schiefer", 2)
    order = db.session.scalar(db.select(Order).where(Order.number == number))
    assert order is not None
    assert order.buyer_id is None
    parts = db.session.scalars(
        db.select(SellerOrder).where(SellerOrder.order_id == order.id)).all()
    assert sorted(part.total_minor for part in parts) == [2 * 1140 + 690, 3900 + 490]
    page = client.get(f"/orders/{number}/pay").get_data(as_text=True)
    assert "DE89 3704 0044 0532 0130 00" in page
    assert f"{number}-1" in page or "RF" in page


def test_circle_from_a_word_to_the_next_word(cast: Cast) -> None:
    """The circle of issue 1: recommendation, purchase, delivery, answer, counted and told."""
    eva, cleo, ana = (cast.browser(name) for name in ("eva", "cleo", "ana"))
    goods = cast.goods("riesling-vom-schiefer")
    made = cast.post(eva, f"/products/{goods.slug}/recommend", audience="all", step="send",
                     reason="Dry and salty, made for fish.")
    assert made.status_code == 303
    page = cleo.get(f"/products/{goods.slug}").get_data(as_text=True)
    assert "Eva" in page
    code = db.session.scalar(db.text("SELECT code FROM recommendations"))
    from marketplace.web.links import mint

    number = order_by(cast, cleo, goods.slug, 1, mint("recommendation", code))
    line = db.session.scalar(db.select(OrderLine))
    assert line is not None
    assert (line.source_kind, line.source_ref) == ("recommendation", code)
    send(cast, "ana", f"{number}-1")
    answered = cast.post(cleo, f"/orders/{number}/lines/{line.id}/rating", again="yes")
    assert answered.status_code == 303
    said = cast.post(cleo, f"/orders/{number}/lines/{line.id}/rating", words=(
        "Mit Forelle und Butter, mehr braucht es nicht."), step="publish")
    assert said.status_code == 303
    rating = db.session.scalar(db.select(Rating))
    score = db.session.scalar(db.select(Score).where(Score.product_id == goods.product_id,
                                                     Score.lot_id.is_(None)))
    assert rating is not None
    assert score is not None
    assert (rating.again, rating.version, score.k, score.n) == (True, 2, 1, 1)
    run_due()
    assert "Forelle" in cleo.get(f"/products/{goods.slug}").get_data(as_text=True)
    assert cast.app.extensions["doors"].mail.names()
    assert ana.get("/studio").status_code == 200
