"""The closed lists everybody chooses from: subjects, categories and occasions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from marketplace.catalog.rules.occasions import OCCASIONS, Occasion

__all__ = ["CATEGORIES", "OCCASIONS", "SUBJECTS", "Category", "Occasion", "Subject", "Template"]

Template = Literal[
    "wine", "spirits", "food", "coffee_tea", "fashion", "shoes_leather", "tableware", "crafts"
]


@dataclass(frozen=True, slots=True)
class Subject:
    """A field people know about; producers and groups belong to exactly one."""

    slug: str
    de: str
    en: str


@dataclass(frozen=True, slots=True)
class Category:
    """A shelf. `age_class` is the minimum age in years; 0 = everybody.

    `opinion_after_days` is the time between delivery and the question whether
    one would buy it again: long enough to have used the thing.
    """

    slug: str
    parent: str | None
    de: str
    en: str
    subject: str
    template: Template
    age_class: Literal[0, 16, 18]
    opinion_after_days: int


SUBJECTS: Final = (
    Subject("wine", "Wein", "Wine"),
    Subject("food", "Essen", "Food"),
    Subject("coffee-tea", "Kaffee & Tee", "Coffee & tea"),
    Subject("fashion", "Kleidung", "Clothes"),
    Subject("ceramics", "Keramik", "Ceramics"),
    Subject("crafts", "Handwerk", "Crafts"),
    Subject("home", "Zuhause", "Home"),
)

CATEGORIES: Final = (
    Category("wine", None, "Wein & Sekt", "Wine & sparkling", "wine", "wine", 16, 30),
    Category("white-wine", "wine", "Weißwein", "White wine", "wine", "wine", 16, 30),
    Category("red-wine", "wine", "Rotwein", "Red wine", "wine", "wine", 16, 30),
    Category("rose-wine", "wine", "Rosé", "Rosé", "wine", "wine", 16, 30),
    Category("sparkling-wine", "wine", "Sekt & Perlwein", "Sparkling wine", "wine", "wine", 16, 30),
    Category("dessert-wine", "wine", "Süßwein", "Dessert wine", "wine", "wine", 16, 30),
    Category("spirits", "wine", "Brände & Liköre", "Spirits", "wine", "spirits", 18, 30),
    Category("food", None, "Essen", "Food", "food", "food", 0, 14),
    Category("honey", "food", "Honig", "Honey", "food", "food", 0, 14),
    Category("cheese", "food", "Käse", "Cheese", "food", "food", 0, 7),
    Category("oil-vinegar", "food", "Öl & Essig", "Oil & vinegar", "food", "food", 0, 14),
    Category("preserves", "food", "Eingemachtes", "Preserves", "food", "food", 0, 14),
    Category("bread", "food", "Brot & Gebäck", "Bread & baking", "food", "food", 0, 5),
    Category("jam", "food", "Marmelade & Mus", "Jam & butters", "food", "food", 0, 14),
    Category("fruit-nuts", "food", "Obst & Nüsse", "Fruit & nuts", "food", "food", 0, 10),
    Category("mustard", "food", "Senf & Würze", "Mustard & relish", "food", "food", 0, 14),
    Category(
        "coffee-tea",
        None,
        "Kaffee, Tee & Schokolade",
        "Coffee, tea & chocolate",
        "coffee-tea",
        "coffee_tea",
        0,
        14,
    ),
    Category("coffee", "coffee-tea", "Kaffee", "Coffee", "coffee-tea", "coffee_tea", 0, 14),
    Category("tea", "coffee-tea", "Tee", "Tea", "coffee-tea", "coffee_tea", 0, 14),
    Category("chocolate", "coffee-tea", "Schokolade", "Chocolate", "coffee-tea", "food", 0, 10),
    Category(
        "coffee-gear",
        "coffee-tea",
        "Zum Aufbrühen",
        "Brewing gear",
        "coffee-tea",
        "tableware",
        0,
        14,
    ),
    Category("fashion", None, "Kleidung", "Clothes", "fashion", "fashion", 0, 7),
    Category("knitwear", "fashion", "Strick", "Knitwear", "fashion", "fashion", 0, 7),
    Category(
        "shirts", "fashion", "Hemden & Blusen", "Shirts & blouses", "fashion", "fashion", 0, 7
    ),
    Category(
        "trousers", "fashion", "Hosen & Röcke", "Trousers & skirts", "fashion", "fashion", 0, 7
    ),
    Category(
        "accessories",
        "fashion",
        "Mützen, Schals & Socken",
        "Hats, scarves & socks",
        "fashion",
        "fashion",
        0,
        7,
    ),
    Category(
        "belts-bags",
        "fashion",
        "Gürtel & Taschen",
        "Belts & bags",
        "fashion",
        "shoes_leather",
        0,
        14,
    ),
    Category("ceramics", None, "Keramik", "Ceramics", "ceramics", "tableware", 0, 10),
    Category("bowls", "ceramics", "Schalen & Schüsseln", "Bowls", "ceramics", "tableware", 0, 10),
    Category("mugs", "ceramics", "Becher & Tassen", "Mugs & cups", "ceramics", "tableware", 0, 10),
    Category("plates", "ceramics", "Teller & Platten", "Plates", "ceramics", "tableware", 0, 10),
    Category("vases", "ceramics", "Vasen", "Vases", "ceramics", "crafts", 0, 10),
    Category(
        "pots-jugs", "ceramics", "Kannen & Töpfe", "Pots & jugs", "ceramics", "tableware", 0, 10
    ),
    Category(
        "crafts", None, "Holz, Papier & Wachs", "Wood, paper & wax", "crafts", "crafts", 0, 14
    ),
    Category(
        "wood", "crafts", "Holz für die Küche", "Wood for kitchens", "crafts", "tableware", 0, 21
    ),
    Category(
        "books-paper", "crafts", "Bücher & Papier", "Books & paper", "crafts", "crafts", 0, 14
    ),
    Category("candles", "crafts", "Kerzen", "Candles", "home", "crafts", 0, 14),
    Category("brushes", "crafts", "Besen & Bürsten", "Brooms & brushes", "home", "crafts", 0, 21),
    Category("furniture", "crafts", "Kleine Möbel", "Small furniture", "home", "crafts", 0, 30),
)
