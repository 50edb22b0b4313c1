"""A struck price exists only through a reduction (catalog-5, catalog-6)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from marketplace.catalog.actions import end_reduction, set_price, start_reduction
from marketplace.catalog.models import Price, Product, Reduction, Variant
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid
from tests.cast import Cast

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
WINE = "riesling-vom-schiefer"
WORDS_ONLY = {"producers/history.html"}
"""Strikes what a house's words said before; no price stands there."""


def on(day: int, month: int) -> datetime:
    """A morning of 2027."""
    return datetime(2027, month, day, 8, tzinfo=UTC)


def history(cast: Cast, *prices: tuple[int, datetime]) -> int:
    """Give the wine a history of plain prices; its variant."""
    goods = cast.goods(WINE)
    with committing():
        db.session.get_one(Product, goods.product_id).published_at = prices[0][1]
        row = db.session.scalar(db.select(Price).where(Price.variant_id == goods.variant_id))
        assert row is not None
        row.price_minor, row.from_at = prices[0]
        db.session.get_one(Variant, goods.variant_id).price_minor = prices[0][0]
    for minor, at in prices[1:]:
        with time_machine.travel(at, tick=False), committing():
            set_price(goods.variant_id, minor, None)
    return goods.variant_id


def reduce(variant_id: int, minor: int, at: datetime, kind: str = "plain") -> Reduction:
    """Begin a reduction at a moment."""
    with time_machine.travel(at, tick=False), committing():
        return start_reduction(variant_id, minor, kind, None)


def test_dip_within_thirty_days_refuses_and_names_everything(app: Flask, cast: Cast) -> None:
    """catalog-5, row 1: 20 October at 10.80 is refused with low30, its day and 9.99."""
    variant_id = history(cast, (1200, on(1, 3)), (1000, on(20, 9)), (1200, on(5, 10)))
    with app.test_request_context(headers={"Accept-Language": "en"}), pytest.raises(
            Invalid) as fault:
        reduce(variant_id, 1080, on(20, 10))
    sentence = fault.value.faults["reduced"]
    assert re.search(r"10[.,]00", sentence)
    assert "20" in sentence and "2027" in sentence
    assert re.search(r"9[.,]99", sentence)
    assert db.session.scalar(db.select(Reduction)) is None
    db.session.rollback()
    with time_machine.travel(on(20, 10), tick=False), committing():
        set_price(variant_id, 1080, None)
    assert db.session.get_one(Variant, variant_id, populate_existing=True).price_minor == 1080


def test_lower_than_the_dip_is_a_reduction(cast: Cast) -> None:
    """catalog-5, row 2: 9.00 on 20 October: low30 10.00."""
    variant_id = history(cast, (1200, on(1, 3)), (1000, on(20, 9)), (1200, on(5, 10)))
    row = reduce(variant_id, 900, on(20, 10))
    assert (row.before_minor, row.low30_minor, row.new_minor) == (1200, 1000, 900)


def test_after_thirty_days_the_dip_counts_no_more(cast: Cast) -> None:
    """catalog-5, row 3: 10.80 on 6 November: low30 12.00."""
    variant_id = history(cast, (1200, on(1, 3)), (1000, on(20, 9)), (1200, on(5, 10)))
    assert reduce(variant_id, 1080, on(6, 11)).low30_minor == 1200


def test_steps_keep_the_price_before_the_first(cast: Cast) -> None:
    """catalog-5, row 5: 19.99; 15.99 on 1 October, 13.99 on 10 October; ended, 19.99 is back."""
    variant_id = history(cast, (1999, on(1, 3)))
    reduce(variant_id, 1599, on(1, 10))
    row = reduce(variant_id, 1399, on(10, 10))
    assert (row.before_minor, row.low30_minor) == (1999, 1999)
    with time_machine.travel(on(20, 10), tick=False), committing():
        end_reduction(variant_id, None)
    variant = db.session.get_one(Variant, variant_id, populate_existing=True)
    assert variant.price_minor == 1999
    rows = db.session.scalars(db.select(Reduction).order_by(Reduction.id)).all()
    assert [(one.from_at, one.to_at) for one in rows] == [
        (on(1, 10), on(10, 10)), (on(10, 10), on(20, 10))]
    db.session.rollback()
    with pytest.raises(Invalid):
        reduce(variant_id, 1599, on(25, 10))


def test_goods_never_on_sale_cannot_be_reduced(cast: Cast) -> None:
    """catalog-5: a first price is no former price."""
    variant_id = history(cast, (2000, on(1, 3)))
    with committing():
        db.session.get_one(Product, cast.goods(WINE).product_id).published_at = None
    with pytest.raises(Invalid):
        reduce(variant_id, 1800, on(5, 3))


def test_page_strikes_only_through_a_reduction(app: Flask, cast: Cast) -> None:
    """catalog-5: page and card print the percentage while it runs, and neither before nor after."""
    now = clock.now()
    variant_id = history(cast, (1249, now - timedelta(days=60)))
    visitor = app.test_client()

    def shown() -> list[tuple[bool, bool]]:
        app.extensions.pop("kept", None)
        pages = [visitor.get(path).get_data(as_text=True)
                 for path in (f"/products/{WINE}?lang=en", "/products?lang=en")]
        return [("<s>" in html, "28% below the lowest price of 30 days" in html)
                for html in pages]

    assert shown() == [(False, False)] * 2
    with committing():
        start_reduction(variant_id, 899, "plain", None)
    assert shown() == [(True, True)] * 2
    with committing():
        set_price(variant_id, 799, None)
    assert shown() == [(False, False)] * 2


def test_short_shelf_life_is_no_struck_price(app: Flask, cast: Cast) -> None:
    """catalog-5: what spoils carries its own words, and nothing is struck."""
    now = clock.now()
    variant_id = history(cast, (1249, now - timedelta(days=60)), (999, now - timedelta(days=9)),
                         (1249, now - timedelta(days=5)))
    with committing():
        start_reduction(variant_id, 1100, "perishable", None)
    html = app.test_client().get(f"/products/{WINE}?lang=en").get_data(as_text=True)
    assert "short shelf life" in html
    assert "<s>" not in html


def test_only_the_reduction_part_strikes(app: Flask) -> None:
    """catalog-5: no template but the part prints <s>, <del> or a percentage off."""
    for path in TEMPLATES.rglob("*.html"):
        if path.name in ("reduction.html", "parts_page.html"):
            continue
        text = path.read_text("utf-8")
        if path.relative_to(TEMPLATES).as_posix() in WORDS_ONLY:
            assert not re.search("money|price", text), path
            continue
        assert not re.search(r"<(?:s|del|strike)>|line-through|low30|%% (?:off|below)", text), path


def test_prices_of_twelve_months_are_a_line_and_a_table(app: Flask, cast: Cast) -> None:
    """catalog-6: every price of the last twelve months, older ones not; reduced ones are marked."""
    now = clock.now()
    variant_id = history(cast, (1500, now - timedelta(days=700)), (1249, now - timedelta(days=300)))
    with committing():
        start_reduction(variant_id, 899, "plain", None)
    html = app.test_client().get(f"/products/{WINE}/price?lang=en").get_data(as_text=True)
    assert 'class="line-path"' in html
    for price in ("€15.00", "€12.49", "€8.99"):
        assert price in html
    assert html.count("<tr>") == 4
    assert "reduced" in html
    old = app.test_client().get("/products/nothing/price")
    assert old.status_code == 404


def test_studio_begins_and_ends_a_reduction(cast: Cast) -> None:
    """catalog-5: on the variant's page; what is no reduction gets its sentence beside the field."""
    now = clock.now()
    variant_id = history(cast, (1249, now - timedelta(days=60)))
    ana, url = cast.browser("ana"), f"/studio/variants/{variant_id}/reduction"
    for price in ("12,49", "13", "abc", "0"):
        sent = cast.post(ana, url, reduced=price, kind="plain")
        assert sent.status_code == 422, price
        assert "f-reduced-fault" in sent.get_data(as_text=True)
    assert cast.post(ana, url, reduced="8,99", kind="plain").status_code == 303
    assert "End the reduction" in ana.get(
        f"/studio/variants/{variant_id}/edit?lang=en").get_data(as_text=True)
    assert cast.post(ana, url, step="end").status_code == 303
    assert db.session.get_one(Variant, variant_id, populate_existing=True).price_minor == 1249
