"""A producer's own parts of orders."""

from __future__ import annotations

import re

from tests.cast import Cast
from tests.orders.hands import placed
from tests.stories.test_circle import order_by


def numbers(html: str) -> list[str]:
    """The parts on a page, in order."""
    return re.findall(r'<h2><a href="[^"]+"><span class="code">([\w-]+)</span>', html)


def test_older_orders_stand_on_further_pages(cast: Cast) -> None:
    """orders, studio: 22 parts make two pages of 20 and 2; each part stands once."""
    ana = cast.browser("ana")
    for _turn in range(22):
        placed(cast, ("literwein-fuer-alle-tage", 1))
    one, two = (ana.get(f"/studio/orders?page={page}").get_data(as_text=True) for page in (1, 2))
    assert (len(numbers(one)), len(numbers(two))) == (20, 2)
    assert len(set(numbers(one) + numbers(two))) == 22
    assert 'href="/studio/orders?page=2"' in one
    assert "?page=2" not in cast.browser("bert").get("/studio/orders").get_data(as_text=True)


def test_producer_is_not_told_to_pay(cast: Cast) -> None:
    """orders, studio: the words of a state are said to who reads them."""
    order_by(cast, cast.browser("cleo"), "riesling-vom-schiefer")
    html = cast.browser("ana").get("/studio/orders").get_data(as_text=True)
    assert "wartet auf Zahlung" in html
    assert "wartet auf deine Zahlung" not in html
