"""What each kind of goods has to say before it is published. Pure.

Source: LMIV; Reg. 1308/2013 Art. 119; Reg. 1007/2011; GPSR 2023/988 Art. 19.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FactField:
    """A particular: its key, names, kind of value, unit, whether demanded and filterable."""

    key: str
    de: str
    en: str
    kind: str = "text"
    unit: str = ""
    mandatory: bool = False
    facet: bool = False


def _f(key: str, de: str, en: str, *marks: str, kind: str = "text", unit: str = "") -> FactField:
    return FactField(key, de, en, kind, unit, "!" in marks, "?" in marks)


MAKER = _f("maker", "Hersteller", "Maker")
TEMPLATES: Mapping[str, tuple[FactField, ...]] = {
    "wine": (
        _f("kind", "Art", "Kind", "!"), _f("grape", "Rebsorte", "Grape", "?"),
        _f("vintage", "Jahrgang", "Vintage", "?"),
        _f("sweetness", "Geschmack", "Sweetness", "?"),
        _f("alcohol", "Alkohol", "Alcohol", "!", kind="number", unit="% vol"),
        _f("origin", "Herkunft", "Origin", "!"), _f("body", "Körper", "Body", "?"),
        _f("acidity", "Säure", "Acidity"), _f("residual_sugar", "Restzucker", "Residual sugar"),
        _f("allergens", "Allergene", "Allergens", "!"),
        _f("ingredients", "Zutaten", "Ingredients"), _f("nutrition", "Nährwerte", "Nutrition"),
        _f("closure", "Verschluss", "Closure"), _f("serving", "Trinktemperatur", "Serve at"),
        MAKER,
    ),
    "spirits": (
        _f("legal_name", "Bezeichnung", "Legal name", "!"),
        _f("alcohol", "Alkohol", "Alcohol", "!", kind="number", unit="% vol"),
        _f("allergens", "Allergene", "Allergens", "!"), MAKER,
    ),
    "food": (
        _f("legal_name", "Bezeichnung", "Legal name", "!"),
        _f("ingredients", "Zutaten", "Ingredients", "!"),
        _f("allergens", "Allergene", "Allergens"),
        _f("nutrition", "Nährwerte", "Nutrition"), _f("storage", "Aufbewahrung", "Storage", "!"),
        _f("origin", "Herkunft", "Origin", "?"), _f("milk", "Milch", "Milk", "?"),
        _f("diet", "Ernährung", "Diet", "?"), MAKER,
    ),
    "coffee_tea": (
        _f("legal_name", "Bezeichnung", "Legal name", "!"),
        _f("origin", "Herkunft", "Origin", "!", "?"),
        _f("roast", "Röstung", "Roast", "?"), _f("harvest", "Ernte", "Harvest"),
        _f("process", "Aufbereitung", "Process", "?"), _f("ingredients", "Zutaten", "Ingredients"),
        MAKER,
    ),
    "fashion": (
        _f("fibre", "Zusammensetzung", "Fibre", "!"), _f("sizes", "Größen", "Sizes", "!"),
        _f("colour", "Farbe", "Colour", "?"), _f("animal", "Tierische Teile", "Animal parts"),
        _f("care", "Pflege", "Care"), MAKER,
    ),
    "shoes_leather": (
        _f("upper", "Obermaterial", "Upper", "!"), _f("lining", "Futter", "Lining", "!"),
        _f("sole", "Sohle", "Sole"), _f("measurements", "Maße", "Measurements"), MAKER,
    ),
    "tableware": (
        _f("material", "Material", "Material", "?"),
        _f("food_contact", "Für Lebensmittel", "For food contact", "!"),
        _f("measurements", "Maße", "Measurements", "!"), _f("glaze", "Glasur", "Glaze", "?"),
        _f("care", "Pflege", "Care"), MAKER,
    ),
    "crafts": (
        _f("materials", "Material", "Materials", "!", "?"),
        _f("measurements", "Maße", "Measurements", "!"), _f("care", "Pflege", "Care"), MAKER,
    ),
}


def fields_of(template: str) -> tuple[FactField, ...]:
    """The particulars of a template, in printing order."""
    return TEMPLATES.get(template, ())


def missing(template: str, facts: Mapping[str, object]) -> list[FactField]:
    """The demanded particulars that say nothing."""
    return [field for field in fields_of(template)
            if field.mandatory and not str(facts.get(field.key) or "").strip()]
