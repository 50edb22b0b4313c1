"""Basket and order by a program with a key: the same rules as on the pages."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from marketplace.adapters.doors import doors
from marketplace.catalog.actions import set_price
from marketplace.foundation.database import committing
from marketplace.foundation.jobs import run_due
from tests.cast import Cast
from tests.checkout.hands import HAT, WINE, count, nothing_ordered
from tests.people.test_tokens import bearer, made

WHERE = {"name": "Cleo Beispiel", "street": "Feldweg 3", "postcode": "10115", "city": "Berlin",
         "country": "DE", "method": "bank_transfer", "born": "1980-05-05"}
KEY = "order-0001"


class Program:
    """A program of somebody's, with a key that may do everything."""

    def __init__(self, cast: Cast, client: FlaskClient, who: str = "cleo") -> None:
        self.client = client
        self.head = bearer(made(cast, who, "orders:read", "orders:write"))

    def ask(self, path: str) -> dict[str, Any]:
        """What an address says."""
        found = self.client.get(f"/api/v1{path}", headers=self.head)
        assert found.status_code == 200, found.get_data(as_text=True)
        return dict(found.get_json())

    def send(self, path: str, said: Any, method: str = "POST", key: str = "") -> TestResponse:
        """What comes of sending this."""
        return self.client.open(f"/api/v1{path}", method=method, json=said,
                                headers={**self.head, **({"Idempotency-Key": key} if key else {})})

    def filled(self, cast: Cast, *slugs: str) -> dict[str, Any]:
        """The basket with a piece of each."""
        for slug in slugs:
            done = self.send("/basket/lines", {"variant": cast.goods(slug).variant_id})
            assert done.status_code == 201, done.get_data(as_text=True)
        return self.ask("/basket")

    def order(self, basket: dict[str, Any], key: str = KEY, **other: Any) -> TestResponse:
        """Order what the basket says."""
        said = {**WHERE, "basket_version": basket["basket_version"],
                "shown_minor": basket["shown_minor"], **other}
        return self.send("/orders", said, key=key)


@pytest.fixture
def program(cast: Cast, client: FlaskClient) -> Program:
    """A program of cleo's."""
    return Program(cast, client)


def test_the_whole_way(cast: Cast, program: Program) -> None:
    """checkout-39: basket and placing with the sums of the pages: 11.40 + 6.90 and 39.00 + 4.90;
    the same key and body give the same order, which says where the money goes; the letter goes to
    the account.
    """
    basket = program.filled(cast, WINE, HAT)
    assert [(part["seller"], part["total_minor"]) for part in basket["parts"]] == [
        ("Weingut Kaltbach", 1830), ("Nordgarn", 4390)]
    assert (basket["goods_minor"], basket["shown_minor"]) == (5040, 6220) and basket["orderable"]
    placed = program.order(basket)
    assert placed.status_code == 201, placed.get_data(as_text=True)
    said = placed.get_json()
    assert said["total_minor"] == 6220 and [one["state"] for one in said["parts"]] == [
        "awaiting_payment"] * 2
    transfer = said["parts"][0]["transfer"]
    assert transfer["minor"] == 1830 and transfer["reference"].startswith("RF")
    again = program.order(basket)
    assert again.status_code == 200 and again.get_json() == said
    assert count("SELECT count(*) FROM orders") == 1
    assert program.ask(placed.headers["Location"].removeprefix("/api/v1")) == said
    assert [one["number"] for one in program.ask("/orders")["orders"]] == [said["number"]]
    assert program.ask("/basket")["parts"] == []
    run_due()
    mails = [doors().mail.read(name) for name in doors().mail.names(9)]  # type: ignore[attr-defined]
    assert [mail.to for mail in mails if mail.subject == f"Deine Bestellung {said['number']}"] == [
        "cleo@example.org"]


def test_same_key_with_another_body_is_refused(cast: Cast, program: Program) -> None:
    """checkout-39, api 3: 422, and no second order; without a key, or one too short, nothing."""
    basket = program.filled(cast, WINE)
    for key in ("", "short", "with blank key", "ü" * 9, "x" * 81):
        refused = program.order(basket, key.encode().decode("latin-1"))
        assert refused.status_code == 422 and "Idempotency-Key" in refused.get_json()["faults"]
    nothing_ordered()
    assert program.order(basket).status_code == 201
    basket = program.filled(cast, WINE)
    assert program.order(basket).status_code == 422
    assert program.order(basket, "order-0002").status_code == 201
    assert count("SELECT count(*) FROM orders") == 2


def test_twenty_times_at_once_is_one_order(app: Flask, cast: Cast, program: Program) -> None:
    """checkout-39: the same key sent by twenty at the same time."""
    basket = program.filled(cast, WINE)

    def sent(_n: int) -> int:
        with app.app_context():
            mine = Program.__new__(Program)
            mine.client, mine.head = app.test_client(), program.head
            return mine.order(basket).status_code

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(sent, range(20)))
    assert 201 in found and set(found) <= {200, 201, 409, 503}, found
    assert count("SELECT count(*) FROM orders") == 1
    assert count("SELECT sum(reserved) FROM variants") == 1


@pytest.mark.parametrize(("said", "field"), [
    ({"email": "somebody.else@example.org"}, "email"), ({"name": ""}, "name"),
    ({"country": "XX"}, "country"), ({"method": "cash"}, "method"), ({"born": "gestern"}, "born"),
    ({"born": "2015-01-01"}, "born"), ({"shown_minor": "1"}, "shown_minor"),
    ({"shown_minor": True}, "shown_minor"), ({"basket_version": -1}, "basket_version"),
    ({"street": 5}, "street"), ({"delivery": {"1": "drone"}}, "delivery"),
    ({"delivery": ["parcel"]}, "delivery"), ({"notes": {"1": "x" * 141}}, "notes"),
    ({"bill_name": "Firma"}, "bill_street")])
def test_what_is_wrong_is_named(cast: Cast, program: Program, said: dict[str, Any], field: str
                                ) -> None:
    """checkout-39: no address of a third party, no unknown field; each fault at its field."""
    basket = program.filled(cast, WINE)
    if field == "delivery" and isinstance(said["delivery"], dict):
        said = {"delivery": {str(basket["parts"][0]["producer"]): "drone"}}
    refused = program.order(basket, **said)
    assert refused.status_code == 422 and field in refused.get_json()["faults"], refused.get_json()
    nothing_ordered()


def test_tampered_or_moved_sums_order_nothing(cast: Cast, program: Program) -> None:
    """checkout-39: a sum of one cent, a price that changed meanwhile, an old version: 409."""
    basket = program.filled(cast, WINE)
    assert program.order(basket, shown_minor=1).status_code == 409
    assert program.order(basket, "order-0002", basket_version=999).status_code == 409
    with committing():
        set_price(cast.goods(WINE).variant_id, 1200, None)
    moved = program.order(basket, "order-0003")
    assert moved.status_code == 409 and "1890" in moved.get_json()["detail"]
    nothing_ordered()
    assert program.order(program.ask("/basket"), "order-0004").status_code == 201


def test_lines_change_and_go(cast: Cast, program: Program) -> None:
    """Another quantity, more than there are, none, gone; somebody else's line does not exist."""
    line = program.filled(cast, WINE)["parts"][0]["lines"][0]["line"]
    assert program.send(f"/basket/lines/{line}", {"qty": 3}, "PATCH").get_json()[
        "goods_minor"] == 3420
    assert program.send(f"/basket/lines/{line}", {"qty": 999}, "PATCH").status_code == 409
    for wrong in ({"qty": -1}, {"qty": 1.5}, {"qty": "3"}, {}, {"qty": 1, "price": 1}, [1], "x"):
        assert program.send(f"/basket/lines/{line}", wrong, "PATCH").status_code == 422, wrong
    other = Program(cast, program.client, "eva")
    assert other.send(f"/basket/lines/{line}", {"qty": 1}, "PATCH").status_code == 404
    assert program.ask("/basket")["goods_minor"] == 3420
    assert program.send(f"/basket/lines/{line}", None, "DELETE").get_json()["parts"] == []
    assert program.send("/basket/lines", {"variant": 2**62}).status_code == 404


def test_orders_of_others_do_not_exist(cast: Cast, program: Program) -> None:
    """api-3, api-4 in part: another member's key finds nothing of an order."""
    number = program.order(program.filled(cast, WINE)).get_json()["number"]
    other = Program(cast, program.client, "eva")
    assert other.client.get(f"/api/v1/orders/{number}", headers=other.head).status_code == 404
    assert other.ask("/orders") == {"orders": [], "next": None}
    assert other.client.get("/api/v1/orders?before=x", headers=other.head).status_code == 422
