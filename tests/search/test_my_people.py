"""Facet "recommended by": how many goods one would get of one's people and one's groups."""

from __future__ import annotations

import html
import re

import pytest
from flask import Flask

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.groups.models import Group
from marketplace.groups.queries import goods_named, who_named
from marketplace.people.actions import block, follow
from marketplace.recommend.actions import NewRecommendation, recommend
from tests.cast import Cast
from tests.search.hands import indexed

GOODS = ("riesling-vom-schiefer", "spaetburgunder-dorfkern", "fischerpullover")


@pytest.fixture
def circle(app: Flask, cast: Cast) -> Cast:
    """Dan follows Cleo, who recommends two wines and a jumper to all."""
    indexed(app)
    with committing():
        follow(cast.id("dan"), cast.id("cleo"))
        for slug in GOODS:
            recommend(cast.id("cleo"), NewRecommendation(
                "product", cast.goods(slug).product_id, "all", "Gern wieder.", "de"))
    return cast


def counts(cast: Cast, who: str, address: str) -> dict[str, int]:
    """The counts of the facet, by the value of its boxes."""
    text = html.unescape(cast.browser(who).get(address).text)
    found = re.findall(r'name="from" value="(\w+)"[^>]*><span>[^<]*</span>'
                       r'<span class="facet-count">(\d+)', text)
    return {value: int(n) for value, n in found}


@pytest.mark.parametrize("address", [
    "/products", "/search?q=Riesling", "/products?category=fashion", "/products?order=price",
    "/products?region=Mosel&from=followed"])
def test_counts_are_what_one_gets(circle: Cast, address: str) -> None:
    """search-4: each count equals the number of goods of the page behind the box."""
    told = counts(circle, "dan", address)
    assert set(told) == {"followed", "groups"} and told["groups"] == 0
    plain = address.replace("&from=followed", "")
    chosen = f"{plain}{'&' if '?' in plain else '?'}from=followed"
    page = circle.browser("dan").get(chosen, headers={"Accept": "application/json"})
    assert page.json is not None and page.json["count"] == told["followed"]


def test_counts_by_hand(circle: Cast) -> None:
    """Three goods in all, two of Mosel, one jumper; a visitor is not asked; who follows nobody
    gets none.
    """
    assert counts(circle, "dan", "/products")["followed"] == 3
    assert counts(circle, "dan", "/products?region=Mosel")["followed"] == 2
    assert counts(circle, "dan", "/products?category=fashion")["followed"] == 1
    assert counts(circle, "eva", "/products") == {"followed": 0, "groups": 0}
    assert 'name="from"' not in circle.app.test_client().get("/products").text
    db.session.rollback()
    with committing():
        block(circle.id("dan"), circle.id("cleo"))
    assert counts(circle, "dan", "/products")["followed"] == 0


def test_groups_are_counted_by_what_they_picked(circle: Cast) -> None:
    """The product of a month of a group that Dan joins counts for him, and not for Eva."""
    from marketplace.groups.actions import join
    from marketplace.groups.models import Pick

    hat = circle.goods("muetze-deichwind").product_id
    with committing():
        group = db.session.scalars(db.select(Group).where(Group.kind == "open")).first()
        assert group is not None
        join(group, circle.id("dan"))
        db.session.add(Pick(group_id=group.id, month="2026-10", product_id=hat, votes=3, voters=3,
                            made_at=clock.now()))
    assert counts(circle, "dan", "/products") == {"followed": 3, "groups": 1}
    assert counts(circle, "eva", "/products")["groups"] == 0


def test_a_reason_names_no_secret_group() -> None:
    """search, 9: the newest pick speaks for a thing, else an older one, else a list; a secret group
    makes a thing "of my groups" and is not named.
    """
    rows = ["2026-09 7 kaese Käse", "2026-10 7 wein Wein und Leute", "2026-11 7  Geheim",
            "0 8 kaese Käse", "0 9  Geheim"]
    assert who_named(rows) == {7: ("wein", "Wein und Leute"), 8: ("kaese", "Käse")}
    assert goods_named(rows) == {7, 8, 9}
