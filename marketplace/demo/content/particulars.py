"""The particulars of a product: defaults of the house, own facts, and what follows from them."""

from __future__ import annotations

from typing import Any, Final

from marketplace.catalog.rules.templates import FOOD
from marketplace.catalog.rules.vocabulary import CATEGORIES, Template
from marketplace.demo.content.kinds import Producer, Product

TEMPLATES: Final[dict[str, Template]] = {one.slug: one.template for one in CATEGORIES}

# What a product of each template must say before it may be published (catalog 3.1).
MANDATORY: Final[dict[str, tuple[str, ...]]] = {
    "wine": ("kind", "grape", "sweetness", "alcohol", "quality", "region", "allergens"),
    "spirits": ("legal_name", "alcohol", "origin"),
    "food": ("legal_name", "ingredients", "storage", "origin"),
    "coffee_tea": ("legal_name", "origin", "storage"),
    "fashion": ("fibres", "fibre_shares", "sizes", "care", "animal_parts"),
    "shoes_leather": ("outer", "lining", "animal_parts"),
    "tableware": ("measurements", "food_contact", "care"),
    "crafts": ("materials", "measurements"),
}
GRAMS_OF_ALCOHOL: Final = 0.789
KJ_PER_KCAL: Final = 4.184


def particulars(producer: Producer, product: Product) -> dict[str, Any]:
    """All particulars of a product by key; values are words, numbers or {de, en}.

    The producer's defaults hold for goods of the same template as their first product.
    A default is taken away by an empty value.
    """
    main, own = TEMPLATES[producer.products[0].category], TEMPLATES[product.category]
    merged = {**(producer.defaults if main == own else {}), **product.facts}
    if own == "wine":
        merged = {**_wine_facts(merged), **merged}
    if own not in FOOD and not merged.get("warnings"):
        merged["no_warnings"] = True
    return {key: value for key, value in merged.items() if value != ""}


def tax_category(product: Product) -> str:
    """Food, coffee and tea are taxed at the reduced rate, drinks with alcohol are not."""
    return "reduced" if TEMPLATES[product.category] in ("food", "coffee_tea") else "standard"


def wine_energy(alcohol: float, sugar: float, acidity: float) -> tuple[int, int]:
    """kJ and kcal of 100 ml; alcohol in % vol, sugar and acidity in g/l.

    Source: Reg. (EU) 1169/2011 Annex XIV: alcohol 7, sugar 4, acids 3 kcal/g, and
    glycerol 2.4 kcal/g at the usual 0.7 g per 100 ml.
    """
    kcal = 7 * alcohol * GRAMS_OF_ALCOHOL + 0.4 * sugar + 0.3 * acidity + 2.4 * 0.7
    return round(kcal * KJ_PER_KCAL), round(kcal)


def _wine_facts(facts: dict[str, Any]) -> dict[str, Any]:
    """Ingredients and nutrition as wines made after 8 December 2023 must show them."""
    sugar = facts.get("residual_sugar", 0.0)
    kj, kcal = wine_energy(facts["alcohol"], sugar, facts.get("acidity", 6.0))
    carbohydrates = round(sugar / 10 + 0.7, 1)
    return {
        "ingredients": {
            "de": "Trauben, Konservierungsstoff: SULFITE",
            "en": "grapes, preservative: SULPHITES",
        },
        "nutrition": [kj, kcal, 0, 0, carbohydrates, round(sugar / 10, 1), 0, 0],
    }
