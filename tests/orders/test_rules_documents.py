"""Vectors of orders 3.8 and 3.9: shares of each rate, corrections, numbers, years."""

from __future__ import annotations

import random
from datetime import date

import pytest

from marketplace.foundation.money import vat_inside
from marketplace.orders.rules.documents import (
    Share,
    corrected,
    invoiced,
    kept_until,
    number_of,
    prefix_of,
    standing,
)
from marketplace.orders.rules.rates import RateFault, merge, read_rates
from marketplace.orders.rules.tax import TaxRow

SET = [(858, 1900), (563, 700), (2079, 1900)]
"""Wine, cheese and cloth of a set at 35.00."""


def test_an_invoice_of_several_rates() -> None:
    """orders-18: wine 54.00, cheese 13.00, book 18.00, sending 6.90: 4.38 and 2.52 of it."""
    assert invoiced([(5400, 1900), (1300, 700), (1800, 700)], 690) == (
        Share(1900, 5838, 932, 438), Share(700, 3352, 219, 252))
    assert sum(one.net_minor for one in invoiced([(5400, 1900), (3100, 700)], 690)) == 4906 + 3133


def test_the_refund_of_one_part_of_a_set() -> None:
    """orders-19: the cheese goes back, its sending is kept: -5.63, VAT 0.44 -> 0.07."""
    before = invoiced(SET, 690)
    assert before == (Share(1900, 3516, 561, 579), Share(700, 674, 44, 111))
    change = corrected(before, {700: 563}, 0)
    assert change == (Share(700, -563, -37, 0),)
    assert standing([before, change]) == (Share(1900, 3516, 561, 579), Share(700, 111, 7, 111))


def test_pieces_refunded_one_by_one() -> None:
    """orders-18: 3 x 3.33 at 19 %: 1.60, then -0.54, -0.53, -0.53; nothing is left."""
    documents = [invoiced([(999, 1900)], 0)]
    assert documents[0][0].vat_minor == 160
    for vat in (-54, -53, -53):
        documents.append(corrected(standing(documents), {1900: 333}, 0))
        assert documents[-1] == (Share(1900, -333, vat, 0),)
    assert standing(documents) == (Share(1900, 0, 0, 0),)


@pytest.mark.parametrize(("gross", "bp", "free", "vat", "net"), [
    (6240, 1900, False, 996, 5244), (1078, 780, False, 78, 1000), (1190, 0, True, 0, 1190),
    (1070, 700, False, 70, 1000)])
def test_one_rate(gross: int, bp: int, free: bool, vat: int, net: int) -> None:
    """orders-18, orders-20: wine with deposit 62.40; flat-rate farmer 10.78; small business."""
    (share,) = invoiced([(gross, bp)], 0, free)
    assert (share.vat_minor, share.net_minor) == (vat, net)


def test_sending_that_goes_back_follows_where_it_was_documented() -> None:
    """orders 3.8: 3.00 of 6.90 (4.38 and 2.52): 300 x 438 / 690 = 190.4, so 1.90 and 1.10."""
    before = invoiced([(5400, 1900), (3100, 700)], 690)
    change = corrected(before, {}, 300)
    assert [(one.bp, one.gross_minor, one.sending_minor) for one in change] == [
        (1900, -190, -190), (700, -110, -110)]


def test_a_reduction_of_the_whole_falls_on_all_rates() -> None:
    """orders 3.8: 8.50 off goods of 54.00 and 31.00 is 5.40 and 3.10; sending is not touched."""
    change = corrected(invoiced([(5400, 1900), (3100, 700)], 690), {}, 0, 850)
    assert [(one.bp, one.gross_minor, one.sending_minor) for one in change] == [
        (1900, -540, 0), (700, -310, 0)]


def test_what_a_rate_cannot_give_is_taken_from_the_others() -> None:
    """Half of everything went back before: the cheese gives its rest, the wine what lacks."""
    before = invoiced([(1000, 1900), (600, 700)], 0)
    half = corrected(before, {}, 0, 800)
    left = standing([before, half])
    assert [one.gross_minor for one in left] == [500, 300]
    change = corrected(left, {700: 600}, 0)
    assert [(one.bp, one.gross_minor) for one in change] == [(1900, -300), (700, -300)]
    assert standing([left, corrected(left, {}, 0, 9_999)]) == (Share(1900, 0, 0, 0),
                                                                Share(700, 0, 0, 0))
    assert corrected(left, {0: 5}, 0)[0].gross_minor < 0, "a rate that was never documented"


def test_a_thousand_orders_with_refunds_by_chance() -> None:
    """orders-18: for each rate the documents come to what is kept, and to the VAT of exactly that;
    in all to what was sold less what went back.
    """
    chance, rates = random.Random(38), (1900, 700, 780, 0)
    for _n in range(1_000):
        lines = [(chance.randint(0, 9_999), chance.choice(rates))
                 for _m in range(chance.randint(1, 6))]
        sending, free = chance.randint(0, 1_490), chance.random() < .1
        documents = [invoiced(lines, sending, free)]
        left = sum(gross for gross, _bp in lines) + sending
        while left and chance.random() < .75:
            now = standing(documents)
            goods = {one.bp: chance.randint(0, one.gross_minor - one.sending_minor)
                     for one in now if chance.random() < .5}
            back = chance.randint(0, sum(one.sending_minor for one in now))
            rest = chance.randint(0, left - sum(goods.values()) - back)
            change = corrected(now, goods, back, rest, free)
            taken = -sum(one.gross_minor for one in change)
            assert taken == sum(goods.values()) + back + rest
            documents.append(change)
            left -= taken
        for one in standing(documents):
            assert one.vat_minor == (0 if free else vat_inside(one.gross_minor, one.bp))
            assert 0 <= one.sending_minor <= one.gross_minor
        assert sum(one.gross_minor for one in standing(documents)) == left


@pytest.mark.parametrize(("prefix", "mode", "number"), [
    ("WK", "live", "WK-2026-00001"), ("WK", "demo", "DEMO-WK-2026-00001"),
    ("R7", "test", "TEST-R7-2026-00001")])
def test_numbers(prefix: str, mode: str, number: str) -> None:
    """orders 3.9: <prefix>-<year>-<00001>; trials are told apart at once."""
    assert number_of(prefix, mode, 2026, 1) == number
    assert number_of(prefix, mode, 2026, 123_456).endswith("-123456")


@pytest.mark.parametrize(("name", "prefix"), [
    ("Weingut Kaltbach", "WK"), ("Nordgarn", "NOR"), ("Töpferei Lehmgrün", "TL"),
    ("Hof am Deich in der Marsch", "HADI"), ("日本", "R"), ("Ö", "O")])
def test_what_numbers_begin_with(name: str, prefix: str) -> None:
    """orders 3.9: initials of the name, or its first letters."""
    assert prefix_of(name) == prefix


@pytest.mark.parametrize(("country", "until"), [
    ("DE", date(2034, 12, 31)), ("AT", date(2033, 12, 31)), ("CH", date(2036, 12, 31)),
    ("FR", date(2036, 12, 31))])
def test_how_long_documents_are_kept(country: str, until: date) -> None:
    """orders 3.12: the end of the year of issue and 8, 7 or 10 years; elsewhere the longest."""
    assert kept_until(date(2026, 3, 1), country) == until


def cells(**other: str) -> dict[str, str]:
    """A row of a file."""
    return {"status": "regular", "country": "AT", "category": "standard", "percent": "20",
            "valid_from": "2016-01-01", "valid_to": "", "note": "", "source": "UStG"} | other


def test_rates_of_a_file_are_read() -> None:
    """orders 3.8, import: percent in both ways of writing; what cannot be read is named."""
    good, faults = read_rates([(2, cells(percent="5,5 %")), (3, cells(category="reduced",
                                                                     percent="10"))])
    assert not faults and [(n, row.bp) for n, row in good] == [(2, 550), (3, 1000)]
    wrong = {"status": "big", "country": "Austria", "category": "food", "percent": "-1",
             "valid_from": "1.1.2016", "valid_to": "bald", "note": "§ 7", "source": ""}
    for name, words in wrong.items():
        assert read_rates([(7, cells(**{name: words}))])[1] == [RateFault(7, name, words)], name
    backwards = read_rates([(4, cells(valid_to="2015-12-31"))])[1]
    assert backwards == [RateFault(4, "valid_to", "2015-12-31")]
    for percent in ("", "x", "NaN", "1e9", "5.555", "51"):
        assert read_rates([(2, cells(percent=percent))])[1], percent


def test_rates_of_a_file_meet_the_table() -> None:
    """orders 2, no overlap: the same row changes nothing, a newer ends an open one, others not."""
    old = TaxRow("regular", "AT", "standard", 2000, "", date(2016, 1, 1))
    same = merge([old], [(2, old)])
    assert (same.new, same.ended, same.overlaps) == ([], [], [])
    new = TaxRow("regular", "AT", "standard", 2100, "", date(2027, 1, 1))
    later = merge([old], [(2, new)])
    assert later.new == [new] and later.ended == [(old, date(2026, 12, 31))]
    before = TaxRow("regular", "AT", "standard", 1900, "", date(2015, 1, 1))
    assert merge([old], [(9, before)]).overlaps == [9]
    closed = TaxRow("regular", "AT", "standard", 1900, "", date(2015, 1, 1), date(2015, 12, 31))
    assert merge([old], [(9, closed)]).new == [closed]
    two = merge([], [(2, old), (3, new)])
    assert [row.valid_to for row in two.new] == [date(2026, 12, 31), None] and not two.ended
    assert merge([], [(2, old), (3, TaxRow("regular", "AT", "standard", 1, "", old.valid_from))]
                 ).overlaps == [3]
