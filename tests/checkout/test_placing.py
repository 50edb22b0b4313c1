"""Placing: everything is looked at once more; what does not hold is said and nothing is lost."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from marketplace.catalog.models import Particular, Product
from marketplace.foundation.database import committing, db
from marketplace.orders.models import Order, OrderLine, SellerOrder
from marketplace.payments.models import BankAccount
from tests.cast import Cast
from tests.checkout.hands import (
    HAT,
    JUMPER,
    RED,
    WINE,
    count,
    nothing_ordered,
    order,
    press,
    put,
    set_variant,
    walk,
)
from tests.stories.test_circle import ADDRESS


def test_moved_price_orders_nothing_and_tells_old_and_new(cast: Cast, client: FlaskClient
                                                         ) -> None:
    """checkout-31: 2 x 11.40 became 2 x 12.00; the hat did not move; all answers are kept."""
    put(cast, client, WINE, 2)
    put(cast, client, HAT)
    page = walk(cast, client)
    set_variant(cast, WINE, price_minor=1200)
    refused = press(cast, client, page)
    words = refused.get_data(as_text=True)
    assert refused.status_code == 409
    changes = re.search(r"review-changes.*?</ul>", words, re.S)
    assert changes
    assert "Riesling vom Schiefer" in changes[0]
    assert re.search(r"22,80.*24,00", changes[0])
    assert "Mütze" not in changes[0]
    assert "Feldweg 3" in words
    nothing_ordered()
    assert "/orders/" in (press(cast, client, words).location or "")


def test_sold_out_line_is_marked_with_choices_and_the_rest_stays(cast: Cast, client: FlaskClient
                                                                ) -> None:
    """checkout-36: replace, leave out, tell me; the other line is untouched, nothing is kept."""
    put(cast, client, RED, 2)
    put(cast, client, HAT)
    page = walk(cast, client)
    set_variant(cast, RED, on_hand=0)
    refused = press(cast, client, page)
    assert refused.location.endswith("/basket")
    words = client.get("/basket").get_data(as_text=True)
    line = re.search(r'<li class="basket-line has-fault".*?</li>', words, re.S)
    assert line
    assert re.findall(r'name="step" value="(\w+)"', line[0]) == ["replace", "remove", "tell"]
    assert words.count('class="basket-line"') == 1
    assert "/threads/new" in words
    nothing_ordered()


def test_instead_is_a_press_and_is_remembered(cast: Cast, client: FlaskClient) -> None:
    """checkout-40: nothing is swapped by itself; the line and the order say what it replaces."""
    put(cast, client, RED)
    set_variant(cast, RED, on_hand=0)
    with committing():
        shelf = db.session.scalar(db.select(Product.category_id).where(Product.slug == RED))
        db.session.execute(db.update(Product).where(Product.slug == WINE).values(
            category_id=shelf))
    line = count("SELECT max(id) FROM basket_lines")
    to = cast.post(client, f"/basket/lines/{line}", step="replace")
    assert to.location.endswith(f"/basket/lines/{line}/instead")
    page = client.get(f"/basket/lines/{line}/instead").get_data(as_text=True)
    assert "Riesling vom Schiefer" in page
    taken = cast.post(client, f"/basket/lines/{line}/instead",
                      variant=cast.goods(WINE).variant_id)
    assert taken.status_code == 303
    order(cast, client)
    row = db.session.scalar(db.select(OrderLine))
    assert row is not None
    assert (row.variant_id, row.substitute_for) == (
        cast.goods(WINE).variant_id, cast.goods(RED).variant_id)


def test_tell_me_is_a_watch_of_a_member(cast: Cast) -> None:
    """checkout-36: a member waits for what is sold out; a visitor is asked to sign in."""
    cleo, guest = cast.browser("cleo"), cast.app.test_client()
    for client in (cleo, guest):
        put(cast, client, RED)
    set_variant(cast, RED, on_hand=0)
    mine = count("SELECT l.id FROM basket_lines l JOIN baskets b ON b.id = l.basket_id "
                 "WHERE b.person_id IS NOT NULL")
    theirs = count(f"SELECT id FROM basket_lines WHERE id <> {mine}")
    assert cast.post(cleo, f"/basket/lines/{mine}", step="tell").location.endswith("/basket")
    assert "/sign-in" in cast.post(guest, f"/basket/lines/{theirs}", step="tell").location
    assert count("SELECT count(*) FROM watches WHERE kind = 'back'") == 1


@pytest.mark.parametrize("born", ["", "2100-01-01", "2015-01-01"])
def test_wine_needs_an_age(cast: Cast, client: FlaskClient, born: str) -> None:
    """checkout-23: without a date, or with one of a child, the way to the order stops."""
    put(cast, client, WINE)
    assert cast.post(client, "/checkout/contact", **ADDRESS).status_code == 303
    page = client.get("/checkout/delivery").get_data(as_text=True)
    assert "16" in page
    assert cast.post(client, "/checkout/delivery", born=born).status_code == 422
    cast.post(client, "/checkout/payment", method="bank_transfer")
    refused = press(cast, client, client.get("/checkout/review").get_data(as_text=True))
    assert refused.status_code == 409
    nothing_ordered()


def test_no_birth_date_is_kept_anywhere(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    """checkout-23: only result, method and moment stay; no table holds the date, no log says it."""
    cleo = cast.browser("cleo")
    put(cast, cleo, WINE)
    walk(cast, cleo, born="1971-03-09")
    draft = db.session.scalar(db.text("SELECT answers FROM checkouts"))
    assert "declared" in str(draft)
    number = order(cast, cleo)
    part = db.session.scalar(db.select(SellerOrder))
    assert part is not None
    assert part.age_check is not None
    assert (part.age_check["method"], part.age_check["class"], set(part.age_check)) == (
        "declared", 18, {"method", "class", "at"})
    assert number
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(db.select(table)):
            assert "1971-03-09" not in repr(tuple(row)), table.name
    assert "1971" not in caplog.text


def test_wine_needs_somebody_who_looks_at_the_door(cast: Cast, client: FlaskClient) -> None:
    """checkout-23: a parcel nobody checks at the door carries no wine; the line stays and says."""
    with committing():
        db.session.execute(db.text("UPDATE shipping_rates SET handover_age = 0"))
    put(cast, client, WINE)
    page = client.get("/basket").get_data(as_text=True)
    assert "an der Tür das Alter geprüft" in page
    assert "/checkout/begin" not in page
    assert 'action="/basket/tell"' in page
    assert 'action="/basket/leave-out"' in page


def test_alcohol_abroad_and_packaging_numbers(cast: Cast, client: FlaskClient) -> None:
    """checkout-24, orders-24: AT needs the excise confirmation for wine, and a packaging number for
    all; CH is off; each line or block says its reason.
    """
    put(cast, client, WINE)
    put(cast, client, HAT)
    assert cast.post(client, "/basket/place", country="AT", postcode="1010").status_code == 303
    assert "/checkout/begin" in client.get("/basket").get_data(as_text=True)
    with committing():
        db.session.execute(db.text("DELETE FROM registrations WHERE kind = 'excise'"))
    page = client.get("/basket").get_data(as_text=True)
    line = re.search(r'<li class="basket-line has-fault".*?</li>', page, re.S)
    assert line
    assert "Riesling" in line[0]
    assert "Steuerverfahren" in line[0]
    with committing():
        db.session.execute(db.text("DELETE FROM registrations WHERE country = 'AT'"))
    page = client.get("/basket").get_data(as_text=True)
    assert page.count("Verpackungsregister") == 2
    cast.post(client, "/basket/place", country="CH", postcode="8001")
    assert "Schweiz" in client.get("/basket").get_data(as_text=True)
    assert cast.post(client, "/basket/place", country="US").status_code == 422


def test_buyer_in_france_orders_to_a_german_address(cast: Cast, client: FlaskClient) -> None:
    """checkout-24, orders-24, L-26: the bill may go anywhere in Europe."""
    put(cast, client, HAT)
    order(cast, client, bill_name="Jeanne Exemple", bill_street="1 rue Haute",
          bill_postcode="75001", bill_city="Paris", bill_country="FR")
    row = db.session.scalar(db.select(Order))
    assert row is not None
    assert row.bill_to is not None
    assert (row.bill_to["country"], row.ship_to["country"]) == ("FR", "DE")


def test_product_without_particulars_is_not_ordered(cast: Cast, client: FlaskClient) -> None:
    """checkout-12: alcohol content gone since it went into the basket: nothing is ordered."""
    put(cast, client, WINE)
    page = walk(cast, client)
    with committing():
        db.session.execute(db.delete(Particular).where(
            Particular.product_id == cast.goods(WINE).product_id, Particular.key == "alcohol"))
    refused = press(cast, client, page)
    assert refused.status_code == 409
    assert "Pflichtangaben" in refused.get_data(as_text=True)
    nothing_ordered()


def test_fourth_unpaid_transfer_is_refused(cast: Cast, client: FlaskClient) -> None:
    """checkout-33: three wait for a transfer, the fourth says so and how to pay; a paid way is
    open, and so is another buyer.
    """
    for _turn in range(3):
        put(cast, client, HAT)
        order(cast, client)
    put(cast, client, HAT)
    refused = press(cast, client, walk(cast, client))
    assert refused.status_code == 429
    assert "warten noch auf eine Überweisung" in refused.get_data(as_text=True)
    assert count("SELECT count(*) FROM orders") == 3
    assert order(cast, client, "test_card")
    other = cast.app.test_client()
    put(cast, other, HAT)
    assert order(cast, other, email="other@example.org")


def test_sixth_transfer_of_a_network_is_refused(app: Flask, cast: Cast,
                                               monkeypatch: pytest.MonkeyPatch) -> None:
    """checkout-33: five orders of one network a day; only a keyed hash of it is kept."""
    monkeypatch.setitem(app.config, "RATE_LIMITS", True)
    for n in range(6):
        guest = app.test_client()
        put(cast, guest, HAT)
        page = walk(cast, guest, email=f"buyer{n}@example.org")
        answer = press(cast, guest, page)
        assert answer.status_code == (303 if n < 5 else 429), n
    kept = set(db.session.scalars(db.select(Order.network_key)))
    assert len(kept) == 1
    assert re.fullmatch(r"[0-9a-f]{32}", str(kept.pop()))


def test_one_producer_alone_where_no_way_is_common(
    app: Flask, cast: Cast, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """checkout, payment: bert takes no transfer: ana's goods are ordered alone, his stay."""
    monkeypatch.delitem(app.extensions["doors"].payment, "test_card")
    with committing():
        db.session.execute(db.delete(BankAccount).where(
            BankAccount.producer_id == cast.goods(HAT).producer_id))
    put(cast, client, WINE)
    put(cast, client, HAT)
    assert cast.post(client, "/checkout/contact", **ADDRESS).status_code == 303
    assert cast.post(client, "/checkout/delivery", born="1980-05-05").status_code == 303
    page = client.get("/checkout/payment").get_data(as_text=True)
    assert "Nur Weingut Kaltbach" in page
    assert 'name="method"' not in page
    assert cast.post(client, "/checkout/payment", method="bank_transfer").status_code == 422
    maker = cast.goods(WINE).producer_id
    assert cast.post(client, "/checkout/only", producer=maker).status_code == 303
    number = order(cast, client)
    parts = db.session.scalars(db.select(SellerOrder.producer_id)).all()
    assert list(parts) == [maker], number
    left = db.session.scalars(db.text("SELECT variant_id FROM basket_lines")).all()
    assert list(left) == [cast.goods(HAT).variant_id]


def test_draft_is_kept_between_steps(cast: Cast, client: FlaskClient) -> None:
    """checkout, faults: a wish and an address are there when one goes back."""
    put(cast, client, JUMPER)
    walk(cast, client)
    maker = cast.goods(JUMPER).producer_id
    done = cast.post(client, "/checkout/delivery", **{f"note-{maker}": "Beim Nachbarn Meyer"})
    assert done.status_code == 303
    assert "Beim Nachbarn Meyer" in client.get("/checkout/delivery").get_data(as_text=True)
    assert "Feldweg 3" in client.get("/checkout").get_data(as_text=True)
    page = client.get("/checkout/review").get_data(as_text=True)
    assert "Beim Nachbarn Meyer" in page
    press(cast, client, page)
    part = db.session.scalar(db.select(SellerOrder))
    assert part is not None
    assert part.delivery_note == "Beim Nachbarn Meyer"
