"""Numbers and days in wishes: prices, people, sizes, feasts; by hand from the sentences."""

from __future__ import annotations

from datetime import date

import pytest

from marketplace.search.rules.analysis import fold
from marketplace.search.rules.wishes.figures import read_figures
from marketplace.search.rules.wishes.numbers import in_digits
from marketplace.search.rules.wishes.spelled import plain

TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(("words", "digits"), [
    ("funfundzwanzig", "25"), ("einundzwanzig", "21"), ("thirty-five", "35"),
    ("forty two", "42"), ("dreihundert", "300"), ("a hundred", "100"), ("neunzehn", "19"),
    ("zweihundertfunfzig gramm", "250 gramm"), ("two hundred and fifty", "250"),
    ("one hundred twenty", "120"), ("zwei 100 g tafeln", "2 100 g tafeln"),
    ("20er", "20 euro"), ("zwanziger", "20 euro"), ("6er karton", "6er karton"),
    ("2021er", "2021er"), ("kartoffel", "kartoffel")])
def test_numbers_in_words(words: str, digits: str) -> None:
    """search-7: up to a hundred in one German or two English words; a "20er" is a note."""
    assert in_digits(words) == digits


@pytest.mark.parametrize(("wish", "chips"), [
    ("Rotwein, max nen 10er", ["price:-1000"]), ("Sekt, 20er Budget", ["price:-2000"]),
    ("Schnaps so um nen 30er", ["price:2400-3600"]), ("so ab fünfundzwanzig Euro", ["price:2500-"]),
    ("nothing over 8 euros", ["price:-800"]), ("auf keinen Fall mehr als 12", ["price:-1200"]),
    ("nicht unter 20 Euro", ["price:2000-"]), ("a linen blouse, budget 80", ["price:-8000"]),
    ("ten euros tops", ["price:-1000"]), ("12 euros a bottle tops", ["price:-1200"]),
    ("under 40 quid", ["price:-4000"]), ("from 40 to 60", ["price:4000-6000"]),
    ("ungefähr ein halbes Kilo", ["size:0.5 kg"]), ("von 2 bis 3 kg", ["size:3 kg"]),
    ("bubbly, 10 of us", ["people:10"]), ("there's five of us", ["people:5"]),
    ("We're eight", ["people:8"]), ("for a party of 20", ["people:20"]),
    ("trousers in 40", ["size:40"]), ("fertig in 40 Tagen", ["date:2027-01-10"]),
    ("wine tomorrow", ["date:2026-12-02"]), ("Guten Morgen, Wein", []),
    ("Tee am Morgen", []), ("Käse fürs Wochenende", ["date:2026-12-05"]),
    ("leaving next week", ["date:2026-12-07"]), ("for Easter Sunday", ["date:2027-03-28"]),
    ("by the 1st of december", ["date:2026-12-01"]), ("bis 24.12.", ["date:2026-12-24"])])
def test_figures_of_wishes(wish: str, chips: list[str]) -> None:
    """search-7: price limits, people, sizes and days as people say them; nothing else is one."""
    found, _rest = read_figures(fold(plain(wish)), TODAY)
    assert [f"{one.kind}:{one.value}" for one in found] == chips
