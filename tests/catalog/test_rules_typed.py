"""Figures, shares, tables and prices as people type them."""

from __future__ import annotations

import pytest

from marketplace.catalog.rules.fields import FactField
from marketplace.catalog.rules.typed import (
    PARTS,
    Both,
    Unread,
    figure,
    nutrition_parts,
    read_fact,
    read_price,
    shares_fit,
)


@pytest.mark.parametrize(("text", "lang", "minor"), [
    ("9,90", "de", 990), ("9.90", "de", 990), ("9,90", "en", 990), ("9.90", "en", 990),
    ("9", "de", 900), ("9,9", "de", 990), ("€ 12", "en", 1200), ("12 EUR", "de", 1200),
    ("1.299", "de", 129900), ("1,299", "en", 129900), ("1.299,50", "de", 129950),
    ("1,299.50", "en", 129950), ("1.299", "en", None), ("1,299", "de", None),
    ("0", "de", 0), ("-1", "de", -100), ("abc", "de", None), ("1e9", "en", None), ("", "de", None),
    ("9,90,90", "de", None), ("1.2.3", "en", None)])
def test_price_is_read_by_language(text: str, lang: str, minor: int | None) -> None:
    """catalog, bad input: "9,90" and "9.90" by language; what is ambiguous is no price."""
    assert read_price(text, lang)[0] == minor


def test_what_was_understood_is_told() -> None:
    """catalog, bad input: the sentence can say what was read."""
    assert read_price("1.299", "de")[1] == "1299,00"
    assert read_price("1,299.50", "en")[1] == "1299.50"
    assert read_price(" abc ", "de")[1] == "abc"


def test_shares_add_up() -> None:
    """Fibres and countries: each group gives 100 %, thirds may be rounded."""
    assert shares_fit("75 % Schurwolle, 25 % Polyamid")
    assert shares_fit("Oberstoff 100 % Wolle; Futter 60% Baumwolle, 40% Leinen")
    assert shares_fit("33,3 % A, 33,3 % B, 33,3 % C")
    assert not shares_fit("75 % Schurwolle, 20 % Polyamid")
    assert not shares_fit("Wolle")


def test_figures() -> None:
    """Comma or point, nothing else."""
    assert figure("12,5") == 12.5
    assert figure("12.5") == 12.5
    assert figure("12") == 12
    assert figure("12.5.1") is None
    assert figure("-3") is None


def test_facts_by_kind() -> None:
    """Choices and yes/no speak both languages; a share of 130 % and a word for a number do not."""
    alcohol = FactField("alcohol", "Alkohol", "Alcohol", "number", "% vol")
    taste = FactField("taste", "G", "T", "choice", choices=(("trocken", "dry"),))
    contact = FactField("contact", "K", "C", "yes_no")
    assert read_fact(alcohol, "12,5", {}) == 12.5
    assert read_fact(taste, "dry", {}) == Both("trocken", "dry")
    assert read_fact(taste, "ganz anders", {}) == "ganz anders"
    assert read_fact(contact, "no", {}) == Both("nein", "no")
    assert read_fact(contact, "", {}) == ""
    for text, why in (("130", "range"), ("viel", "number")):
        with pytest.raises(Unread, match=why):
            read_fact(alcohol, text, {})


def test_nutrition_is_one_table() -> None:
    """286 kJ are 68 kcal; a part larger than the whole, or half a table, is told."""
    field = FactField("nutrition", "N", "N", "nutrition")
    cells = dict(zip(PARTS, ("286", "68", "0,6", "0,1", "12,5", "11", "1,6", "1.1"), strict=True))
    said = read_fact(field, "", cells)
    assert isinstance(said, Both)
    assert said.de["Fett"] == "0,6 g"  # type: ignore[index]
    assert said.en["energy"] == "286 kJ / 68 kcal"  # type: ignore[index]
    assert nutrition_parts(said.de)["sugars"] == "11"
    assert nutrition_parts(said.en)["kj"] == "286"
    assert read_fact(field, "", {}) == ""
    for change, why in (({"kcal": "90"}, "energy"), ({"sugars": "13"}, "parts"),
                        ({"salt": ""}, "nutrition")):
        with pytest.raises(Unread, match=why):
            read_fact(field, "", {**cells, **change})
