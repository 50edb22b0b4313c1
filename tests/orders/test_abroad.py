"""Where no rate is offered, whatever the table of the house says."""

from __future__ import annotations

import re

import pytest

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.orders.models import ShippingZone
from marketplace.orders.queries.delivering import delivered_on
from tests.cast import Cast
from tests.checkout.hands import HAT, WINE, nothing_ordered, put
from tests.stories.test_circle import ADDRESS

EXCISE = "DELETE FROM registrations WHERE kind = 'excise'"
PACKAGING = "UPDATE registrations SET number = '' WHERE kind = 'packaging' AND country = 'AT'"


@pytest.mark.parametrize(("country", "swiss", "change", "wine", "hat"), [
    ("DE", False, "", "", ""), ("AT", False, "", "", ""),
    ("AT", False, EXCISE, "papers", ""),
    ("AT", False, PACKAGING, "papers", "papers"),
    ("CH", False, "", "papers", "papers"),
    ("US", False, "", "papers", "papers")])
def test_no_rate_without_the_papers_of_a_country(
    cast: Cast, country: str, swiss: bool, change: str, wine: str, hat: str
) -> None:
    """orders-24: the table serves all of these countries; alcohol abroad needs the confirmed excise
    procedure, everything the packaging number, Switzerland the operator's switch. Where something
    is missing the step of delivery offers no way and nothing can be ordered.
    """
    with committing():
        db.session.execute(db.update(ShippingZone).values(countries=["DE", "AT", "CH", "US"]))
        if change:
            db.session.execute(db.text(change))
    for slug, why in ((WINE, wine), (HAT, hat)):
        found = delivered_on(cast.goods(slug).variant_id, country, clock.today(), swiss)
        assert found is not None and found.why == why, (slug, found)
    if not wine or country == "US":
        return
    buyer = cast.browser("cleo")
    put(cast, buyer, HAT if hat else WINE)
    answered = cast.post(buyer, "/checkout/contact", **{
        **ADDRESS, "country": country, "postcode": "1010"})
    assert answered.status_code in (303, 422)
    page = buyer.get("/checkout/delivery").get_data(as_text=True)
    assert 'name="way' not in page and "field-fault" in page
    assert not re.search(r"[46],90", page)
    assert cast.post(buyer, "/checkout/delivery", born="1980-05-05").status_code == 422
    nothing_ordered()
