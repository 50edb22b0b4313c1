"""Unit prices and reductions by the vectors of the spec (catalog-4, catalog-5)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from marketplace.catalog.rules.prices import (
    InForce,
    first_step,
    highest_reduced,
    low30,
    lowest,
    reduction_percent,
    unit_price,
)


def on(day: int, month: int, hour: int = 0) -> datetime:
    """A day of 2025."""
    return datetime(2025, month, day, hour, tzinfo=UTC)


DIPPED = [InForce(1200, on(1, 3), on(20, 9)), InForce(1000, on(20, 9), on(6, 10)),
          InForce(1200, on(6, 10), None)]
"""12.00; from 20 September to 5 October 10.00; then 12.00 again."""


@pytest.mark.parametrize(("price", "amount", "unit", "drained", "due"), [
    (900, 750, "ml", None, (1200, "l")), (1140, 750, "ml", None, (1520, "l")),
    (999, 700, "ml", None, (1427, "l")), (3990, 2250, "ml", None, (1773, "l")),
    (2400, 1500, "ml", None, (1600, "l")), (890, 250, "g", None, (3560, "kg")),
    (450, 350, "g", 250, (1800, "kg")), (1400, 5, "g", None, None),
    (900, 1, "piece", None, None), (750, 150, "cm", None, (500, "m")),
    (1800, 9000, "cm2", None, (2000, "m²")), (500, 10, "ml", None, (50000, "l")),
    (500, 9, "ml", None, None)])
def test_unit_price(price: int, amount: int, unit: str, drained: int | None,
                    due: tuple[int, str] | None) -> None:
    """catalog-4: the vectors of 3.2; 7.50 for 150 cm is 5.00 a metre, 18.00 for 9,000 cm² is
    20.00 a square metre; the edge of 10 ml or g has one, below has none.
    """
    assert unit_price(price, amount, unit, drained) == due


def test_lowest_price_of_thirty_days() -> None:
    """catalog-5, rows 1-3: on 20 October the dip to 10.00 counts, from 6 November it does not."""
    assert low30(DIPPED, on(20, 10)) == 1000
    assert reduction_percent(1000, 1080) is None
    assert reduction_percent(1000, 900) == 10
    assert low30(DIPPED, on(6, 11)) == 1200
    assert reduction_percent(1200, 1080) == 10
    assert low30(DIPPED, on(4, 11)) == 1000
    assert lowest(DIPPED, on(20, 10)).to_at == on(6, 10)


def test_percent_is_rounded_down() -> None:
    """catalog-5, row 4: 12.49 to 8.99 is 28.02..., printed 28."""
    assert reduction_percent(1249, 899) == 28
    assert reduction_percent(1000, 1000) is None
    assert highest_reduced(1000) == 999


def test_steps_of_one_unbroken_reduction_keep_the_price_before() -> None:
    """catalog-5, row 5: 19.99; 15.99 on 1 October, 13.99 on 10 October: -20 %, then -30 %."""
    history = [InForce(1999, on(1, 3), on(1, 10)), InForce(1599, on(1, 10), None)]
    assert reduction_percent(low30(history, on(1, 10)), 1599) == 20
    began = first_step([(on(1, 10), None)], on(10, 10))
    assert began == on(1, 10)
    assert low30(history, began) == 1999
    assert reduction_percent(1999, 1399) == 30


def test_broken_reduction_begins_anew() -> None:
    """catalog-5: ended on 5 October, begun again on 10 October: the lower price counts."""
    history = [InForce(1999, on(1, 3), on(1, 10)), InForce(1599, on(1, 10), on(5, 10)),
               InForce(1999, on(5, 10), None)]
    began = first_step([(on(1, 10), on(5, 10))], on(10, 10))
    assert began == on(10, 10)
    assert low30(history, began) == 1599
    chain = [(on(1, 10), on(5, 10)), (on(5, 10), on(10, 10))]
    assert first_step(chain, on(10, 10)) == on(1, 10)


def test_younger_goods_count_since_they_are_on_sale() -> None:
    """catalog-5, row 6: on sale for 8 days at 20.00; what a draft once cost does not count."""
    history = [InForce(500, on(1, 9), on(12, 9)), InForce(2000, on(12, 9), None)]
    assert lowest(history, on(20, 9), on(12, 9)).minor == 2000
    assert reduction_percent(2000, 1800) == 10
    with pytest.raises(ValueError, match="arg"):
        low30([InForce(2000, on(20, 9), None)], on(20, 9))
