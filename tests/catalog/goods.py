"""Finished drafts of every template, made by the real actions, for tests to spoil."""

from __future__ import annotations

from datetime import date

from marketplace.adapters.doors import doors
from marketplace.adapters.storage import svg_picture
from marketplace.catalog.actions import NewProduct, NewVariant, add_picture, create
from marketplace.catalog.models import Particular, Product
from marketplace.catalog.queries import category_by_slug
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.producers.models import Evidence
from tests.cast import PICTURE, Cast

SAFE = {"warnings": "Heiß."}
SHELF = {
    "wine": ("sparkling-wine", {"kind": "Schaumwein", "vintage": "2024", "sweetness": "brut",
                                "alcohol": "12.5", "origin": "Mosel", "allergens": "Sulfite",
                                "ingredients": "Trauben, SULFITE",
                                "nutrition": {"Brennwert": "286 kJ / 68 kcal"}}),
    "spirits": ("spirits", {"legal_name": "Tresterbrand", "alcohol": "42", "allergens": "keine"}),
    "food": ("honey", {"legal_name": "Blütenhonig", "ingredients": "Honig", "storage": "trocken",
                       "nutrition": {"Brennwert": "1370 kJ / 327 kcal"}, "origin": "Deutschland",
                       "origin_shares": "Deutschland 100 %"}),
    "coffee_tea": ("coffee", {"legal_name": "Röstkaffee", "origin": "Brasilien",
                              "roasted_on": "2025-05-04"}),
    "fashion": ("knitwear", {"fibre": "100 % Wolle", "sizes": "M: 110 cm", "animal": "nein",
                             **SAFE}),
    "shoes_leather": ("belts-bags", {"upper": "Leder", "lining": "Leder", "sole": "entfällt",
                                     **SAFE}),
    "tableware": ("bowls", {"food_contact": "ja", "measurements": "12 cm", "care": "von Hand",
                            **SAFE}),
    "crafts": ("candles", {"materials": "Bienenwachs", "measurements": "12 cm", **SAFE}),
}


def draft(cast: Cast, template: str = "crafts", owner: str = "bert", **other: object) -> int:
    """A draft that could be published; `other` replaces parts of NewProduct."""
    slug, facts = SHELF[template]
    shelf = category_by_slug(slug)
    assert shelf is not None
    house = {"ana": "riesling-vom-schiefer", "bert": "fischerpullover"}[owner]
    producer_id, person_id = cast.goods(house).producer_id, cast.id(owner)
    file = svg_picture(PICTURE, doors().storage)
    unit, amount = ("ml", 750) if template in ("wine", "spirits") else ("g", 250)
    db.session.rollback()
    with committing():
        new = {"category_id": shelf.id, "texts": {"de": ("Probestück", "Kurz gesagt", "Es war.")},
               "variants": [NewVariant(f"P-{template}", 1200, 10, amount, unit, "eins")],
               "not_for_de": "Nichts für Eilige.", "place_of_making": "Norden", "facts": facts,
               **other}
        product = create(producer_id, NewProduct(**new), person_id)  # type: ignore[arg-type]
        add_picture(product.id, file, "drawn", (800, 1000), "#F1EADF", "Ein Stück", "")
        return product.id


def without(product_id: int, key: str) -> None:
    """Take one particular away."""
    with committing():
        db.session.execute(db.delete(Particular).where(Particular.product_id == product_id,
                                                       Particular.key == key))


def state_of(product_id: int) -> str:
    """The state a product is in."""
    db.session.rollback()
    found = db.session.get_one(Product, product_id, populate_existing=True).state
    db.session.rollback()
    return found


def certified(cast: Cast, owner: str = "bert", until: date | None = None,
              kind: str = "organic") -> None:
    """A checked certificate of the house."""
    house = {"ana": "riesling-vom-schiefer", "bert": "fischerpullover"}[owner]
    producer_id, olga = cast.goods(house).producer_id, cast.id("olga")
    db.session.rollback()
    with committing():
        db.session.add(Evidence(
            producer_id=producer_id, kind=kind, issuer="DE-ÖKO-003", number="123",
            until=until or date(2099, 1, 1), handed_in_at=clock.now(), checked_by=olga,
            checked_at=clock.now()))
