"""What each kind of goods has to say: every template, every demanded field (catalog-2)."""

from __future__ import annotations

import pytest

from marketplace.catalog.rules.fields import Around, demanded, value_of
from marketplace.catalog.rules.templates import FOOD, TEMPLATES, fields_of, missing
from marketplace.catalog.rules.vocabulary import CATEGORIES

HOUSE = {"maker": "Kaltbach GbR", "address": "Dorfstraße 1, 54321 Kaltbach, DE",
         "e_mail": "a@example.org", "country": "DE", "lot": "2024"}
MAKER = {"maker": "Kaltbach GbR", "maker_address": "Dorfstraße 1, 54321 Kaltbach"}
NUTRITION = {"Brennwert": "286 kJ / 68 kcal"}
SAFE = {**MAKER, "maker_e_mail": "a@example.org", "type_mark": "B 7", "warnings": "Heiß."}
FULL: dict[str, dict[str, object]] = {
    "wine": {"kind": "Schaumwein", "vintage": "2024", "sweetness": "brut", "volume": "750 ml",
             "alcohol": 12.5, "origin": "Mosel", "allergens": "Sulfite", "ingredients": "Trauben",
             "nutrition": NUTRITION, "lot_mark": "L 24", **MAKER},
    "spirits": {"legal_name": "Tresterbrand", "volume": "500 ml", "alcohol": 42,
                "allergens": "keine", **MAKER},
    "food": {"legal_name": "Blütenhonig", "net_amount": "350 g", "in_liquid": "ja",
             "drained": "250 g", "ingredients": "Honig", "nutrition": NUTRITION,
             "storage": "trocken", "origin": "Deutschland",
             "origin_shares": "Deutschland 100 %", **MAKER},
    "coffee_tea": {"legal_name": "Röstkaffee", "net_amount": "250 g", "origin": "Brasilien",
                   "roasted_on": "2025-05-04", **MAKER},
    "fashion": {"fibre": "100 % Wolle", "sizes": "M: 110 cm", "animal": "nein", **SAFE},
    "shoes_leather": {"upper": "Leder", "lining": "Leder", "sole": "Gummi", **SAFE},
    "tableware": {"food_contact": "ja", "measurements": "12 cm", "care": "von Hand", **SAFE},
    "crafts": {"materials": "Esche", "measurements": "12 cm", **SAFE},
}
SHELVES = Around(shelves=frozenset({"sparkling-wine", "honey"}))
ORGANIC = {"organic": "DE-ÖKO-003", "organic_origin": "EU-Landwirtschaft"}
ROWS = [(template, key) for template, facts in FULL.items() for key in facts
        if key not in ("in_liquid",)]


@pytest.mark.parametrize("template", FULL)
def test_full_template_passes(template: str) -> None:
    """catalog-2: each template row of 3.1 passes when everything is filled."""
    assert missing(template, FULL[template], SHELVES) == []
    if template in FOOD:
        assert missing(template, {**FULL[template], **ORGANIC}, SHELVES) == []


@pytest.mark.parametrize(("template", "key"), ROWS)
def test_single_empty_field_is_named(template: str, key: str) -> None:
    """catalog-2: any single demanded field left empty, or blank, is named and no other."""
    for empty in ("", "  ", None):
        facts = {**FULL[template], key: empty}
        assert [field.key for field in missing(template, facts, SHELVES)] == [key]


def test_every_demanded_field_stands_in_the_table() -> None:
    """catalog-2: the table above leaves no demanded field out."""
    for template, facts in FULL.items():
        wanted = {field.key for field in fields_of(template) if field.mandatory}
        assert wanted - set(facts) == {"eu_person"} - FOOD & wanted | (
            set(ORGANIC) if template in FOOD else set()), template


def test_what_is_demanded_only_sometimes() -> None:
    """3.1: old wine, still wine, no liquid, an exemption, no warnings, a harvest, not organic."""
    wine = {**FULL["wine"], "ingredients": "", "nutrition": "", "sweetness": ""}
    still = Around(shelves=frozenset({"white-wine"}))
    assert missing("wine", {**wine, "vintage": "2023"}, still) == []
    assert [f.key for f in missing("wine", wine, still)] == ["ingredients", "nutrition"]
    assert missing("wine", {**wine, "vintage": "ohne", "made_before": "ja"}, still) == []
    sparkling = {**FULL["wine"], "vintage": "2019", "ingredients": ""}
    assert [f.key for f in missing("wine", sparkling, SHELVES)] == ["ingredients"]
    food = {**FULL["food"], "in_liquid": "nein", "drained": "", "origin_shares": ""}
    assert missing("food", food, Around()) == []
    assert missing("food", {**food, "nutrition": "", "nutrition_exempt": "Essig"}, Around()) == []
    crafts = {**FULL["crafts"], "warnings": "", "no_warnings": "ja"}
    assert missing("crafts", crafts) == []
    abroad = {**FULL["crafts"], "maker_country": "CH"}
    assert [f.key for f in missing("crafts", abroad)] == ["eu_person"]
    assert missing("crafts", {**abroad, "eu_person": "Nordgarn, Norden"}) == []
    assert missing("coffee_tea", {**FULL["coffee_tea"], "roasted_on": "", "harvest": "2024"}) == []
    said = Around(shelves=SHELVES.shelves, organic_words=True)
    assert [f.key for f in missing("wine", FULL["wine"], said)] == ["organic", "organic_origin"]


def test_house_tells_maker_address_and_lot() -> None:
    """catalog-1: what the producer's data tell is not typed."""
    crafts = {"materials": "Esche", "measurements": "12 cm", "no_warnings": "ja"}
    assert missing("crafts", crafts, Around(HOUSE)) == []
    maker = next(field for field in fields_of("crafts") if field.key == "maker")
    assert value_of(maker, {}, Around(HOUSE)) == "Kaltbach GbR"
    assert value_of(maker, {"maker": "Andere"}, Around(HOUSE)) == "Andere"


def test_every_field_is_named_in_both_languages_and_conditions_exist() -> None:
    """Names in German and English, keys once a template, every condition known."""
    for template, fields in TEMPLATES.items():
        keys = [field.key for field in fields]
        assert len(keys) == len(set(keys)), template
        for field in fields:
            assert field.de and field.en, field.key
            assert demanded(field, {}) in (True, False)
            assert field.kind != "choice" or field.choices, field.key
            assert not field.mandatory or field.law or field.key in (
                "vintage", "sizes", "measurements", "materials", "care", "roasted_on"), field.key


def test_every_shelf_has_a_template() -> None:
    """3.1: nothing can be put on a shelf whose rules nobody wrote."""
    assert {shelf.template for shelf in CATEGORIES} <= set(TEMPLATES)
