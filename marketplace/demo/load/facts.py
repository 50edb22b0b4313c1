"""Particulars in the words and keys of the catalog's templates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from marketplace.catalog.rules.facets import FilterWord, filter_words
from marketplace.catalog.rules.templates import fields_of
from marketplace.demo.content.kinds import Producer, Product
from marketplace.demo.content.particulars import TEMPLATES, particulars

# Keys of the content that the templates call otherwise.
OTHER_NAMES: Final = {"fibres": "fibre", "outer": "upper", "animal_parts": "animal"}
KINDS: Final = {
    "white": ("Weißwein", "white wine"),
    "red": ("Rotwein", "red wine"),
    "rose": ("Rosé", "rosé"),
    "sparkling": ("Schaumwein", "sparkling wine"),
    "sweet": ("Süßwein", "dessert wine"),
}
SWEETNESS: Final = {
    "dry": ("trocken", "dry"),
    "off-dry": ("feinherb", "off-dry"),
    "medium-sweet": ("lieblich", "medium sweet"),
    "sweet": ("süß", "sweet"),
    "brut": ("brut", "brut"),
    "brut nature": ("brut nature", "brut nature"),
}
ROASTS: Final = {
    "light": ("hell", "light"),
    "medium": ("mittel", "medium"),
    "dark": ("dunkel", "dark"),
    "mixed": ("gemischt", "mixed"),
}
MILKS: Final = {"cow": ("Kuh", "cow"), "goat": ("Ziege", "goat")}
YES_NO: Final = {True: ("ja", "yes"), False: ("nein", "no")}
WORDS: Final[dict[str, dict[Any, tuple[str, str]]]] = {
    "kind": KINDS,
    "sweetness": SWEETNESS,
    "roast": ROASTS,
    "milk": MILKS,
    "food_contact": YES_NO,
    "animal": YES_NO,
    "no_warnings": YES_NO,
}
NUTRIENTS: Final = (
    ("Fett", "fat", 2),
    ("davon gesättigt", "of which saturates", 3),
    ("Kohlenhydrate", "carbohydrate", 4),
    ("davon Zucker", "of which sugars", 5),
    ("Eiweiß", "protein", 6),
    ("Salz", "salt", 7),
)
COUNTRIES: Final = {
    "DE": ("Deutschland", "Germany"),
    "AT": ("Österreich", "Austria"),
    "IT": ("Italien", "Italy"),
    "ES": ("Spanien", "Spain"),
}
GRAMS_A_LITRE: Final = ("residual_sugar", "acidity")


def printed_facts(house: Producer, product: Product) -> Iterator[tuple[str, str | None, Any]]:
    """Key, language (None = both) and value of every particular the template knows."""
    facts = _known(house, product)
    for field in fields_of(TEMPLATES[product.category]):
        if field.key not in facts:
            continue
        german, english = _said(field.key, facts[field.key])
        if german == english:
            yield field.key, None, german
        else:
            yield field.key, "de", german
            yield field.key, "en", english


def fact_words(house: Producer, product: Product) -> list[tuple[str, FilterWord]]:
    """Key and word of the filterable particulars, each pair once."""
    facts = _known(house, product)
    return [(field.key, word) for field in fields_of(TEMPLATES[product.category])
            if field.key in facts
            for word in filter_words(field, *_said(field.key, facts[field.key]))]


def _known(house: Producer, product: Product) -> dict[str, Any]:
    """The particulars under the template's names, with origin and vintage filled in."""
    facts = {OTHER_NAMES.get(key, key): value for key, value in _all(house, product).items()}
    if TEMPLATES[product.category] == "wine":
        quality, region = facts["quality"], facts["region"]
        facts["origin"] = {lang: f"{quality[lang]}, {region}" for lang in ("de", "en")}
        current = next((lot.label for lot in product.lots if lot.state == "current"), "")
        facts["vintage"] = current
    if TEMPLATES[product.category] == "spirits":
        facts.setdefault("allergens", {"de": "keine", "en": "none"})
    facts["maker"] = house.trader.legal_name
    return {key: value for key, value in facts.items() if value != ""}


def _all(house: Producer, product: Product) -> dict[str, Any]:
    facts = particulars(house, product)
    if TEMPLATES[product.category] == "shoes_leather":
        facts.setdefault("sole", {"de": "entfällt", "en": "does not apply"})
    return facts


def _said(key: str, value: Any) -> tuple[Any, Any]:
    """The value in German and in English."""
    if key == "nutrition":
        return _nutrition(value)
    if key == "origin_shares":
        return _shares(value)
    if key in WORDS and not isinstance(value, dict) and value in WORDS[key]:
        return WORDS[key][value]
    if isinstance(value, dict):
        return value.get("de", ""), value.get("en") or value.get("de", "")
    if key in GRAMS_A_LITRE:
        return f"{value:.1f} g/l".replace(".", ","), f"{value:.1f} g/l"
    if key == "alcohol":
        return value, value
    return str(value), str(value)


def _shares(value: dict[str, int]) -> tuple[str, str]:
    """Countries with their shares, the largest first."""
    parts = sorted(value.items(), key=lambda one: -one[1])
    german, english = (", ".join(f"{COUNTRIES[code][at]} {share} %" for code, share in parts)
                       for at in (0, 1))
    return german, english


def _nutrition(values: list[float]) -> tuple[dict[str, str], dict[str, str]]:
    """The table per 100 g or ml, named in both languages."""
    german = {"Brennwert": f"{values[0]:g} kJ / {values[1]:g} kcal"}
    english = {"energy": f"{values[0]:g} kJ / {values[1]:g} kcal"}
    for name_de, name_en, index in NUTRIENTS:
        german[name_de] = f"{values[index]:g} g".replace(".", ",")
        english[name_en] = f"{values[index]:g} g"
    return german, english
