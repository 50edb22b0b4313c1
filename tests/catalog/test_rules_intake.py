"""Cells, columns and changes of files of goods; pure."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.catalog.rules.cells import (
    Words,
    Wrong,
    amount_of,
    fact_of,
    price_of,
    printed_fact,
    read_cells,
    unwritten,
    written,
)
from marketplace.catalog.rules.columns import faults_of, guess, plain
from marketplace.catalog.rules.intake import Row, differing, might_claim, of_product, settle
from marketplace.producers.rules.claims import RULES, lint


@pytest.mark.parametrize(("text", "minor"), [
    ("9,90", 990), ("9.90", 990), ("1.299,00", 129_900), ("1,299.00", 129_900), ("€ 9", 900),
    ("12,5", 1_250)])
def test_prices_with_comma_and_point(text: str, minor: int) -> None:
    """catalog 6: both ways of writing; thousands by either mark."""
    assert price_of(text) == minor


@pytest.mark.parametrize(("text", "code"), [
    ("0", "price_range"), ("-4", "price_negative"), ("abc", "price_unread"),
    ("1e9", "price_unread"), ("100000,01", "price_range"), ("", "price_unread")])
def test_prices_that_are_none(text: str, code: str) -> None:
    """catalog 6: price 0, negative, 1e9: each with its own sentence."""
    with pytest.raises(Wrong) as refused:
        price_of(text)
    assert refused.value.fault[0] == code


@pytest.mark.parametrize(("amount", "unit", "found"), [
    ("750", "ml", (750, "ml")), ("0,75", "l", (750, "ml")), ("0,75 l", "", (750, "ml")),
    ("70 cl", "", (700, "ml")), ("1.5kg", "", (1500, "g")), ("3", "", (3, None)),
    ("", "Stück", (None, "piece")), ("2 m²", "", (20_000, "cm2")), ("", "", (None, None))])
def test_amounts_and_units(amount: str, unit: str, found: tuple[int | None, str | None]) -> None:
    """Litres, kilograms and metres become ours; 0.75 l are 750 ml."""
    assert amount_of(amount, unit) == found


@pytest.mark.parametrize("text", ["1.000 ml", "0,0005 l", "0", "1 Fass", "zwei", "-3"])
def test_amounts_that_are_none(text: str) -> None:
    """What may be 1 or 1,000, parts of a millilitre, nothing, no unit: refused."""
    with pytest.raises(Wrong):
        amount_of(text, "")


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="'=+-@ab\t", max_size=8))
def test_apostrophes_come_back_as_they_went(text: str) -> None:
    """catalog 3.11: written and read again, any cell is the same; no formula leaves."""
    out = written(text)
    assert unwritten(out) == text and not out.startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("value", ["Riesling", ["Riesling", "Silvaner"],
                                   {"Fett": "0 g", "Salz": "0,1 g"}])
def test_particulars_come_back_as_they_went(value: object) -> None:
    """Texts, lists and values by name."""
    assert fact_of(printed_fact(value)) == value


def test_columns_of_shops_are_guessed() -> None:
    """Shopify, WooCommerce and common German tables; each of ours once; choices remembered."""
    shopify = ["Handle", "Title", "Body (HTML)", "Variant SKU", "Variant Price",
               "Variant Inventory Qty", "Variant Barcode", "Vendor"]
    assert guess(shopify, {}) == {
        "Handle": "product", "Title": "title", "Body (HTML)": "story", "Variant SKU": "sku",
        "Variant Price": "price", "Variant Inventory Qty": "stock", "Variant Barcode": "gtin"}
    assert guess(["Art.-Nr.", "Bezeichnung", "Menge"], {}) == {
        "Art.-Nr.": "sku", "Bezeichnung": "title", "Menge": "amount"}
    assert guess(["SKU", "sku"], {}) == {"sku": "sku"}
    assert guess(["Menge"], {"menge": "stock"}) == {"Menge": "stock"}
    assert guess(["Menge"], {"menge": ""}) == {}
    assert faults_of({"a": "title", "b": "title"}, ["title", "sku"]) == {
        "b": "column_twice", "": "no_sku_column"}
    assert plain("Fläschchen (Größe)") == "flaeschchengroesse"


def test_rows_of_one_product() -> None:
    """A later row may be silent but not contradict; one fault holds the others back."""
    rows = [Row(2, {"title_de": "Krug", "price": 900}), Row(3, {"price": 1200}),
            Row(4, {"title_de": "Tasse", "price": 100})]
    said = of_product(rows)
    assert said["title_de"][0] == "Krug" and rows[2].faults == {"title": ("says_other",
                                                                         {"row": 2})}
    settle(rows, dict.fromkeys((2, 3, 4), True))
    assert [row.effect for row in rows] == ["fault"] * 3
    assert rows[0].faults == {"": ("sibling", {"row": 4})}


@pytest.mark.parametrize(("said", "there", "changed"), [
    ({"price": 900}, {"price": 900}, {}), ({"price": 900}, {"price": 800}, {"price": [800, 900]}),
    ({"picture": ["a"]}, {"picture": ["a", "b"]}, {}),
    ({"picture": ["a", "c"]}, {"picture": ["a"]}, {"picture": [["a"], ["a", "c"]]}),
    ({"f:grape": "Riesling"}, {"f:grape": ["Riesling"]}, {}),
    ({"f:grape": "Pinot"}, {"f:grape": ["Riesling"]}, {"f:grape": [["Riesling"], ["Pinot"]]}),
    ({"drained": None}, {"drained": None}, {}), ({"product": "x"}, {"product": "ABC"}, {})])
def test_only_what_differs_is_a_change(said: dict[str, Any], there: dict[str, Any],
                                       changed: dict[str, Any]) -> None:
    """Old beside new; pictures only grow; a list of one is the same as its entry."""
    assert differing(said, there) == changed


def test_language_of_a_row_decides_its_texts() -> None:
    """Unmarked columns are in the row's language; a wrong one is named."""
    words = Words({}, {})
    assert read_cells({"sku": "A", "lang": "en", "title": "Jug"}, words).values["title_en"] == "Jug"
    assert read_cells({"sku": "A", "title": "Krug"}, words).values["title_de"] == "Krug"
    assert read_cells({"sku": "A", "lang": "fr"}, words).faults["lang"][0] == "lang_unknown"


CLAIMS = ("Bio-Apfelsaft", "ökologisch angebaut", "organic honey", "klimaneutral", "nachhaltig",
          "umweltfreundlich", "eco-friendly", "biologisch abbaubar", "fair produziert",
          "plastic neutral", "bekömmlich", "gesund", "easy to digest", "detox", "entschlackt",
          "stärkt das Immunsystem", "der beste Wein der Pfalz", "Nr. 1", "weltweit einzigartig",
          "world's finest", "Garantie auf Lebenszeit", "KBA", "zero emission", "Number one",
          "ohne Kater", "gut für das Herz", "heilt", "superfood", "Goldmedaille")


def test_quick_look_lets_no_claim_through() -> None:
    """Everything that the lint finds in these passes the quick look; plain words do not."""
    assert len(RULES) == 7
    for words in CLAIMS:
        for text in (words, words.upper(), f"Ein Satz davor, {words} und danach."):
            found = [lint(text, lang, template=kind) for lang in ("de", "en")
                     for kind in ("wine", "food", "")]
            assert not any(found) or might_claim(text), text
        assert might_claim(words), words
    assert not might_claim("Auf Schiefer gewachsen, im Stahl vergoren und spät gefüllt.")
