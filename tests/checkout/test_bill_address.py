"""Another address for the bill: kept whole, refused half, absent where none was given."""

from __future__ import annotations

import re

from marketplace.foundation.database import db
from marketplace.orders.models import Order
from tests.cast import Cast

SHIP = {"email": "gast@example.org", "name": "Gerda Gast", "street": "Weg 1", "extra": "Hinterhaus",
        "postcode": "04999", "city": "Musterstadt", "country": "DE"}
BILL = {"bill_name": "Firma Gast", "bill_street": "Allee 2", "bill_postcode": "04998",
        "bill_city": "Musterhausen", "bill_country": "DE"}


def test_half_a_bill_address_is_refused_and_a_whole_one_is_kept(cast: Cast) -> None:
    """What was begun has to be whole; the review shows both addresses."""
    guest, goods = cast.app.test_client(), cast.goods("riesling-vom-schiefer")
    cast.post(guest, "/basket/lines", variant=goods.variant_id, qty=1)
    half = cast.post(guest, "/checkout/contact", **SHIP, bill_street="Allee 2")
    assert half.status_code == 422
    assert "Allee 2" in half.get_data(as_text=True)
    assert cast.post(guest, "/checkout/contact", **SHIP, **BILL).status_code == 303
    assert cast.post(guest, "/checkout/delivery", born="1980-05-05").status_code == 303
    assert cast.post(guest, "/checkout/payment", method="bank_transfer").status_code == 303
    page = guest.get("/checkout/review").get_data(as_text=True)
    assert "Allee 2" in page
    assert "Hinterhaus" in page
    hidden = dict(re.findall(r'name="(attempt_key|shown_minor|basket_version)" value="([^"]*)"',
                             page))
    assert cast.post(guest, "/checkout", **hidden).status_code == 303
    order = db.session.scalar(db.select(Order))
    assert order is not None
    assert order.ship_to["extra"] == "Hinterhaus"
    assert order.bill_to is not None
    assert (order.bill_to["name"], order.bill_to["city"]) == ("Firma Gast", "Musterhausen")
