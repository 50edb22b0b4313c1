"""What a first look should meet once: a running reduction, a deposit, stopped lots."""

from __future__ import annotations

from typing import Final

from sqlalchemy import update

from marketplace.catalog.actions.reductions import low30_at
from marketplace.catalog.models import (
    Lot,
    Price,
    Reduction,
    SafetyStop,
    Variant,
)
from marketplace.demo.load.book import Book
from marketplace.foundation.database import db

REDUCED: Final = {"NG-SF-1": 5500, "NZ-WIE-250": 790}
"""New price of a variant in minor units; the lowest of 30 days is looked up, not written here."""
DEPOSIT: Final = {"ALP-BOX-4": 600}
"""What the wooden box costs until it comes back."""
STOPPED: Final = ("lindenhonig", "Allee 07/24", "HOL-LIN-500",
                  "Bei einigen Gläsern schließt der Deckel nicht dicht. Bitte nicht mehr essen; "
                  "schreib uns, wir ersetzen jedes Glas.")
LIFTED: Final = ("heidehonig", "Heide 08/24",
                 "Ein Glas roch nach Gärung; bis zur Analyse verkaufen wir nichts davon.",
                 "Laborbericht vom Verband gelesen: Wassergehalt 17,1 %, keine Gärung.")


def load_offers(book: Book) -> None:
    """Reduce two prices, ask one deposit, stop one lot, lift another stop. Changes six tables."""
    for sku, minor in REDUCED.items():
        _reduce(book, sku, minor)
    for sku, minor in DEPOSIT.items():
        db.session.execute(update(Variant).where(Variant.sku == sku)
                           .values(deposit_minor=minor))
    _stop(book)
    _lift(book)


def _reduce(book: Book, sku: str, minor: int) -> None:
    """A reduction from now on, against the lowest price of the 30 days before."""
    variant = db.session.get_one(Variant, book.variants[sku])
    before, low = variant.price_minor, low30_at(variant, book.now).minor
    assert minor < low, f"{sku}: {minor} is no reduction of {low}"
    db.session.execute(update(Price).where(Price.variant_id == variant.id, Price.to_at.is_(None))
                       .values(to_at=book.now))
    book.insert(Price, [{"id": book.next_id(Price), "variant_id": variant.id,
                         "price_minor": minor, "from_at": book.now, "to_at": None}])
    book.insert(Reduction, [{"id": book.next_id(Reduction), "variant_id": variant.id,
                             "before_minor": before, "low30_minor": low, "new_minor": minor,
                             "kind": "plain", "from_at": book.now}])
    variant.price_minor = minor
    db.session.flush()


def _owner(book: Book, slug: str) -> int:
    house = next(one for one in book.content.producers if one.slug == book.producer_of(slug))
    return book.people[next(one.handle for one in house.staff if one.role == "owner")]


def _stop(book: Book) -> None:
    """The lot before the present one, of which nothing is for sale any more."""
    slug, label, sku, why = STOPPED
    lot, since = book.lots[(slug, label)], book.days_ago(6)
    sold = db.session.get_one(Variant, book.variants[sku])
    book.insert(Variant, [{
        "id": book.next_id(Variant), "product_id": sold.product_id,
        "producer_id": sold.producer_id, "lot_id": lot, "label_de": sold.label_de,
        "label_en": sold.label_en, "sku": f"{sku}-24", "price_minor": sold.price_minor,
        "amount": sold.amount, "unit": sold.unit, "weight_g": sold.weight_g, "on_hand": 0,
        "position": 9, "active": False, "options": {}}])
    db.session.execute(update(Lot).where(Lot.id == lot).values(stopped_at=since, stopped_why=why))
    book.insert(SafetyStop, [{
        "id": book.next_id(SafetyStop), "product_id": sold.product_id, "lot_id": lot,
        "at": since, "person_id": _owner(book, slug), "why": why}])


def _lift(book: Book) -> None:
    """A stop of last spring that the operator lifted."""
    slug, label, why, checked = LIFTED
    book.insert(SafetyStop, [{
        "id": book.next_id(SafetyStop), "product_id": book.products[slug],
        "lot_id": book.lots[(slug, label)], "at": book.days_ago(150),
        "person_id": _owner(book, slug), "why": why, "lifted_at": book.days_ago(143),
        "lifted_by": book.people["olga"], "lifted_why": checked}])
