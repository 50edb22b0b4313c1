"""The nightly count: the truth from the answers, beliefs of shelves, days, lots that differ."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import kinds
from marketplace.reviews.actions.rebuilding import forget_days
from marketplace.reviews.models import Score, ScoreDay
from marketplace.reviews.queries import LotVerdict, verdict_with_lots
from marketplace.reviews.queries.beliefs import beliefs
from tests.cast import Cast
from tests.reviews.hands import HAT, RED, WINE, counts, given, lot, many, score


def lots_of(product: int) -> Sequence[LotVerdict]:
    """The verdicts of a product's lots."""
    return verdict_with_lots(product, "")[1]


def nightly() -> None:
    """Run the job of the night."""
    db.session.rollback()
    kinds()["reviews.nightly"].run()
    db.session.expire_all()


def test_wrong_count_is_corrected_and_told(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    """Spec 6: a difference is corrected, logged; the second night finds none."""
    many(cast, 2, 1)
    product = cast.goods(WINE).product_id
    with committing():
        db.session.execute(db.update(Score).where(Score.product_id == product).values(k=3, n=9))
    with caplog.at_level(logging.WARNING, "marketplace.reviews"):
        nightly()
    assert counts(product) == (2, 3)
    assert f"product {product} lot None: n kept 9, counted 3" in caplog.text
    caplog.clear()
    with caplog.at_level(logging.WARNING, "marketplace.reviews"):
        nightly()
    assert caplog.text == ""


def test_belief_of_a_shelf_comes_from_its_answers(cast: Cast) -> None:
    """Wine 6/6, hats 0/4: mu_all = (6+8)/(10+10) = .7; wine (6+14)/(26) = .769231; fashion
    (0+14)/24 = .583333; m 10 below 20 products. The rows carry them; nobody-rated goods too.
    """
    many(cast, 6, 0)
    many(cast, 0, 4, HAT)
    believed = beliefs()
    assert believed.whole.m == 10
    nightly()
    wine, hat, red = (score(cast.goods(slug).product_id) for slug in (WINE, HAT, RED))
    assert (round(wine.mu, 6), round(hat.mu, 6), wine.m) == (0.769231, 0.583333, 10)
    assert (red.n, red.mu, red.mean) == (0, wine.mu, wine.mu)
    assert wine.mean == pytest.approx((10 * wine.mu + 6) / 16)


def test_old_answers_fade_in_the_order_not_in_the_count(cast: Cast) -> None:
    """Decay vector: ages 0, 365, 730 yes and one no of 365 -> kw 1.75, nw 2.25; shown 3 of 4."""
    rows = many(cast, 3, 1)
    for row, age in zip(rows, (0, 365, 730, 365), strict=True):
        given(row, age)
    nightly()
    row = score(cast.goods(WINE).product_id)
    assert (row.k, row.n) == (3, 4)
    assert (row.kw, row.nw) == pytest.approx((1.75, 2.25))


def test_sum_carried_day_by_day_equals_the_count_of_that_day(cast: Cast, app: Flask) -> None:
    """Carried forward by an answer 100 days later, the running sum equals a fresh count."""
    many(cast, 3, 2)
    later = clock.now() + timedelta(days=100)
    with time_machine.travel(later, tick=False):
        many(cast, 1, 0)
        kept = score(cast.goods(WINE).product_id)
        carried = (kept.kw, kept.nw)
        nightly()
        true = score(cast.goods(WINE).product_id)
        assert carried == pytest.approx((true.kw, true.nw))
        assert true.nw == pytest.approx(5 * 2 ** (-100 / 365) + 1)


def test_days_are_kept_only_when_something_changed(cast: Cast) -> None:
    """One row for the day of change; none for a quiet night; dropped after two years."""
    many(cast, 1, 1)
    nightly()
    nightly()
    rows = db.session.scalars(db.select(ScoreDay)).all()
    assert [(row.day, row.k, row.n, row.buyers) for row in rows] == [(clock.today(), 1, 2, 2)]
    db.session.rollback()
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        nightly()
        assert len(db.session.scalars(db.select(ScoreDay)).all()) == 1
        many(cast, 1, 0)
        nightly()
        assert len(db.session.scalars(db.select(ScoreDay)).all()) == 2
    db.session.rollback()
    with committing():
        forget_days(clock.today() + timedelta(days=730))
    assert len(db.session.scalars(db.select(ScoreDay)).all()) == 2
    db.session.rollback()
    with committing():
        forget_days(clock.today() + timedelta(days=731))
    assert len(db.session.scalars(db.select(ScoreDay)).all()) == 1


def test_lot_that_differs_is_announced_once_and_said_on_the_page(cast: Cast) -> None:
    """Drift vector 45/50 and 12/20 -> .9974: one notice to the house, a sentence with counts."""
    from marketplace.notify.models import Notice

    old, new = lot(cast, "2023", 1), lot(cast, "2024", 2)
    many(cast, 45, 5, lot_id=old)
    many(cast, 12, 8, lot_id=new)
    for _night in range(2):
        nightly()
    told = db.session.scalars(db.select(Notice).where(Notice.title == "drift_worse")).all()
    assert [(row.person_id, row.count) for row in told] == [(cast.id("ana"), 1)]
    assert (score(cast.goods(WINE).product_id, new).drift) == "worse"
    page = cast.app.test_client().get(f"/products/{WINE}").get_data(as_text=True)
    assert "2024 (12 von 20)" in page and "2023 (45 von 50)" in page


def test_young_lot_says_that_it_leans_on_the_one_before(cast: Cast) -> None:
    """Label "aus dem Vorjahrgang geschätzt" until n >= 10; then not."""
    old, new = lot(cast, "2023", 1), lot(cast, "2024", 2)
    many(cast, 10, 0, lot_id=old)
    many(cast, 9, 0, lot_id=new)
    product = cast.goods(WINE).product_id
    assert [(one.label, one.estimated) for one in lots_of(product)] == [
        ("2024", True), ("2023", False)]
    client = cast.app.test_client()
    assert "aus dem Vorjahrgang geschätzt" in client.get(f"/products/{WINE}").get_data(as_text=True)
    many(cast, 1, 0, lot_id=new)
    assert [one.estimated for one in lots_of(product)] == [False, False]
