"""How many first buyers a recommendation brought, and counts that name nobody."""

from __future__ import annotations

import re

import pytest

from marketplace.foundation.database import committing, db
from marketplace.insights.rules.contacts import referral, shown
from tests.cast import Cast
from tests.checkout.hands import HAT, order, put


def test_share_of_recommended_first_buyers() -> None:
    """touchpoints, Empfehlungsrate: 40 first buyers, 25 answers, 12: .48 (.3003 to .6650), .625."""
    found = referral(40, 25, 12)
    assert (found.share.value, found.answered) == pytest.approx((0.48, 0.625))
    assert (found.share.low, found.share.high) == pytest.approx((0.3003, 0.6650), abs=5e-5)
    assert shown({"a": 4, "b": 5}) == {"a": None, "b": 5}


def test_answers_reach_the_page_from_five_on(cast: Cast) -> None:
    """checkout-17, checkout-32: five friends of five answers are 100 %; four are not shown."""
    olga = cast.browser("olga")

    def buys(n: int) -> None:
        guest = cast.app.test_client()
        put(cast, guest, HAT)
        order(cast, guest, "test_card", first_contact="friends", email=f"b{n}@example.org")

    for n in range(4):
        buys(n)
    assert "–" in olga.get("/operator/buying").get_data(as_text=True)
    with committing():
        db.session.execute(db.text("UPDATE variants SET on_hand = 50"))
    buys(4)
    page = olga.get("/operator/buying").get_data(as_text=True)
    assert re.search(r"100\s*%", page)
    assert re.search(r"Empfehlung von Bekannten</th><td class=\"figure\">5</td>", page)
    assert cast.browser("ana").get("/operator/buying").status_code == 403
