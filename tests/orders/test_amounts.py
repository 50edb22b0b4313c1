"""Vectors of orders 3.6 to 3.8: what is given back, VAT per document, corrections."""

from __future__ import annotations

import random
from datetime import date

import pytest

from marketplace.orders.rules.amounts import given_back, shipping_back, worth_of
from marketplace.orders.rules.tax import (
    NoRate,
    RateSum,
    TaxRow,
    correction,
    decide,
    sums_by_rate,
)

DAY = date(2026, 11, 29)
ROWS = (
    TaxRow("regular", "DE", "standard", 1900, "", date(2021, 1, 1)),
    TaxRow("regular", "DE", "reduced", 700, "", date(2021, 1, 1)),
    TaxRow("regular", "AT", "standard", 2000, "", date(2016, 1, 1)),
    TaxRow("small", "DE", "*", 0, "small", date(2000, 1, 1)),
    TaxRow("flat_rate", "DE", "*", 840, "flat", date(2024, 1, 1), date(2024, 12, 31)),
    TaxRow("flat_rate", "DE", "*", 780, "flat", date(2025, 1, 1)),
)


def test_a_line_is_given_back_piece_by_piece() -> None:
    """orders 3.7: 10.00 for three: 3.33, 3.34, 3.33; never more than the line."""
    assert [given_back(1000, 3, n, 1) for n in range(3)] == [333, 334, 333]
    assert given_back(1000, 3, 0, 3) == 1000
    with pytest.raises(ValueError, match="more pieces"):
        worth_of(1000, 3, 4)


@pytest.mark.parametrize(("charged", "standard", "kept", "back"), [
    (990, 990, 690, 300), (990, 990, None, 990), (1490, 690, None, 690), (0, 0, 690, 0),
    (690, 690, 690, 0)])
def test_sending_given_back(charged: int, standard: int, kept: int | None, back: int) -> None:
    """orders-13: 12 bottles 9.90 of which 6 are kept 3.00; all; express; free from 60.00."""
    assert shipping_back(charged, standard, kept) == back


@pytest.mark.parametrize(("gross", "bp", "vat"), [
    (1190, 1900, 190), (1070, 700, 70), (999, 1900, 160), (3, 1900, 0), (4, 1900, 1),
    (6240, 1900, 996), (1078, 780, 78)])
def test_vat_inside(gross: int, bp: int, vat: int) -> None:
    """orders-18, row by row; wine with deposit 62.40 has 9.96 and 52.44 net."""
    (row,) = sums_by_rate([(gross, bp)])
    assert (row.vat_minor, row.net_minor) == (vat, gross - vat)


def test_sending_follows_the_goods() -> None:
    """orders-18: wine 54.00, cheese 13.00, book 18.00, sending 6.90; total 91.90."""
    assert sums_by_rate([(5400, 1900), (1300, 700), (1800, 700)], 690) == (
        RateSum(1900, 5838, 932), RateSum(700, 3352, 219))


def test_a_set_of_two_rates_and_the_refund_of_one_part() -> None:
    """orders-19: wine 8.58, cheese 5.63, cloth 20.79, sending 6.90; the cheese goes back."""
    before = sums_by_rate([(858, 1900), (563, 700), (2079, 1900)], 690)
    assert before == (RateSum(1900, 3516, 561), RateSum(700, 674, 44))
    kept = (RateSum(1900, 3516, 561), RateSum(700, 111, 7))
    assert correction(before, kept) == (RateSum(700, -563, -37),)


def test_corrections_one_by_one() -> None:
    """orders-18: 3 x 3.33 at 19 %: 1.60 on the invoice; -0.54, -0.53, -0.53."""
    seen, before = [], sums_by_rate([(999, 1900)])
    for left in (666, 333, 0):
        after = sums_by_rate([(left, 1900)])
        seen += [row.vat_minor for row in correction(before, after)]
        before = after
    assert seen == [-54, -53, -53]


def test_a_small_business_shows_no_vat() -> None:
    """orders-20."""
    assert sums_by_rate([(1190, 0)], 690, vat_free=True) == (RateSum(0, 1880, 0),)
    assert decide(ROWS, "small", "DE", "DE", "reduced", DAY).note == "small"


def test_which_rate() -> None:
    """orders 3.8: own country below the threshold, target above it; dates; nothing is guessed."""
    assert decide(ROWS, "regular", "DE", "AT", "standard", DAY).bp == 1900
    there = decide(ROWS, "regular", "DE", "AT", "standard", DAY, destination=True)
    assert (there.bp, there.country) == (2000, "AT")
    assert decide(ROWS, "regular", "DE", "CH", "standard", DAY, destination=True).country == "DE"
    assert decide(ROWS, "small", "DE", "AT", "standard", DAY, destination=True).bp == 0
    assert decide(ROWS, "flat_rate", "DE", "DE", "standard", DAY).bp == 780
    assert decide(ROWS, "flat_rate", "DE", "DE", "standard", date(2024, 12, 31)).bp == 840
    with pytest.raises(NoRate):
        decide(ROWS, "regular", "DE", "AT", "reduced", DAY, destination=True)


def test_documents_sum_to_what_was_kept() -> None:
    """orders-18: 1,000 orders with refunds by chance; gross and VAT of all documents together
    are exactly those of what is left.
    """
    chance = random.Random(18)
    for _n in range(1_000):
        lines = [(chance.randint(1, 9_999), chance.choice((1900, 700)))
                 for _m in range(chance.randint(1, 6))]
        documents = [sums_by_rate(lines, chance.randint(0, 1_490))]
        before = documents[0]
        while lines and chance.random() < .7:
            lines.pop(chance.randrange(len(lines)))
            after = sums_by_rate(lines, chance.randint(0, 690) if lines else 0)
            documents.append(correction(before, after))
            before = after
        total = {bp: (sum(r.gross_minor for d in documents for r in d if r.bp == bp),
                      sum(r.vat_minor for d in documents for r in d if r.bp == bp))
                 for bp in (1900, 700)}
        kept = {row.bp: (row.gross_minor, row.vat_minor) for row in before}
        assert total == {bp: kept.get(bp, (0, 0)) for bp in (1900, 700)}
