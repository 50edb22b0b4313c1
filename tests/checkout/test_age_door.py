"""A check of age that the operator plugged in, instead of the date of birth."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from marketplace.adapters.age import AtTheDoor, age_check_for
from tests.cast import Cast
from tests.checkout.hands import WINE, count, press, put
from tests.stories.test_circle import ADDRESS


def test_stated_here_and_checked_at_the_door(
    app: Flask, cast: Cast, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """checkout-23, switch of 3.6: no date is asked for; without the tick nothing goes on and the
    answers stay; kept are method, class and time; the handover is checked in any case.
    """
    monkeypatch.setattr(app.extensions["doors"], "age", AtTheDoor())
    put(cast, client, WINE)
    cast.post(client, "/checkout/contact", **ADDRESS)
    page = client.get("/checkout/delivery").get_data(as_text=True)
    assert 'name="born"' not in page
    assert "zeigt an der Tür den Ausweis" in page
    refused = cast.post(client, "/checkout/delivery", **{
        f"note-{cast.goods(WINE).producer_id}": "Beim Nachbarn"})
    assert refused.status_code == 422
    assert "Beim Nachbarn" in refused.get_data(as_text=True)
    assert cast.post(client, "/checkout/delivery", age="yes").status_code == 303
    cast.post(client, "/checkout/payment", method="bank_transfer")
    placed = press(cast, client, client.get("/checkout/review").get_data(as_text=True))
    assert "/orders/" in (placed.location or "")
    assert count("SELECT count(*) FROM seller_orders WHERE age_class > 0 "
                 "AND CAST(age_check AS TEXT) LIKE '%plugged%'") == 1


def test_a_check_that_nobody_brings_ends_the_start_with_a_sentence() -> None:
    """checkout 3.6: the switch names a check; the typed date is the one without a door."""
    assert age_check_for("declared") is None
    with pytest.raises(LookupError, match="ZURUF_AGE_CHECK: no package brings"):
        age_check_for("elsewhere")
