"""Vintages, batches and editions: the next one begins as a copy without what is its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import func, select, update

from marketplace.catalog.actions.facts import lot_facts_to, renew_codes
from marketplace.catalog.actions.products import NewVariant, add_variant, refresh_copies
from marketplace.catalog.events import LotStarted, ProductChanged
from marketplace.catalog.models import Lot, Product, Variant
from marketplace.catalog.queries.readiness import gathered, lot_gaps
from marketplace.catalog.queries.shelves import shelves
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import announce

KINDS = ("vintage", "batch", "edition")


@dataclass(frozen=True, slots=True)
class NewLot:
    """A lot as somebody typed it."""

    label: str
    kind: str
    made_on: date | None = None
    best_before: date | None = None


def first_lot(product_id: int, new: NewLot) -> Lot:
    """Name the lot from which everything comes until now. Changes lots, variants, particulars."""
    row = _add(product_id, new, "current")
    product = db.session.get_one(Product, product_id)
    lot_facts_to(product_id, shelves()[product.category_id], row.id)
    db.session.execute(update(Variant).where(
        Variant.product_id == product_id, Variant.lot_id.is_(None)).values(lot_id=row.id))
    announce(ProductChanged(product_id, ("lots",)))
    return row


def new_lot(product_id: int, new: NewLot, person_id: int | None) -> Lot:
    """The next vintage: the current one's variants again, off sale and without stock.

    What a lot says for itself (alcohol, nutrition, lot mark ...) is empty. Raises Invalid. Changes
    lots, variants, prices.
    """
    current = current_lot(product_id)
    if current is None:
        return first_lot(product_id, new)
    row = _add(product_id, new, "coming")
    product = db.session.get_one(Product, product_id)
    for old in db.session.scalars(
            select(Variant).where(Variant.product_id == product_id, Variant.lot_id == current.id)
            .order_by(Variant.position, Variant.id)).all():
        made = add_variant(product, NewVariant(
            _sku(old, new.label), old.price_minor, 0, old.amount, old.unit, old.label_de,
            old.label_en, None, old.weight_g, row.id, old.made_to_order, old.lead_days,
            old.drained, old.deposit_minor, old.options), old.position, person_id)
        made.active = False
    db.session.flush()
    return row


def _sku(old: Variant, label: str) -> str:
    """The old number with the new lot's name, free within the house."""
    base = f"{old.sku}-{label}"[:36]
    taken = set(db.session.scalars(select(Variant.sku).where(
        Variant.producer_id == old.producer_id, Variant.sku.startswith(base, autoescape=True))))
    number, sku = 1, base
    while sku in taken:
        number += 1
        sku = f"{base}-{number}"
    return sku


def _add(product_id: int, new: NewLot, state: str) -> Lot:
    label = new.label.strip()
    if not 1 <= len(label) <= 40:
        raise Invalid({"label": _("A name of 1 to 40 signs, such as 2024.")})
    if new.kind not in KINDS:
        raise Invalid({"kind": _("Please choose one of the three.")})
    if new.made_on and new.best_before and new.best_before <= new.made_on:
        raise Invalid({"best_before": _("It cannot end before it was made.")})
    if db.session.scalar(select(Lot.id).where(Lot.product_id == product_id, Lot.label == label)):
        raise Invalid({"label": _("There is a lot of this name already.")})
    last = db.session.scalar(select(func.max(Lot.sequence)).where(Lot.product_id == product_id))
    row = Lot(product_id=product_id, label=label, kind=new.kind, made_on=new.made_on,
              best_before=new.best_before, sequence=(last or 0) + 1, state=state)
    db.session.add(row)
    db.session.flush()
    return row


def start_lot(product_id: int, lot_id: int) -> None:
    """Put a coming lot on sale as the current one; the one before keeps label and ratings.

    Its variants stay on sale until they are gone or turned off. Raises Invalid naming what the lot
    does not say yet, Conflict. Changes lots, particulars, variants, products; announces.
    """
    row = db.session.get(Lot, lot_id, populate_existing=True)
    assert row is not None
    if row.state != "coming":
        raise Conflict(_("This lot is on sale already, or past."))
    old, product = current_lot(product_id), db.session.get_one(Product, product_id)
    shelf = shelves()[product.category_id]
    if old is not None:
        old.state = "past"
        lot_facts_to(product_id, shelf, old.id)
    row.state = "current"
    db.session.flush()
    one = gathered([product_id], clock.today())[product_id]
    faults = lot_gaps(one, lot_id)
    if faults:
        raise Invalid(faults, _("The lot has to say some things for itself first."))
    db.session.execute(update(Variant).where(
        Variant.lot_id == lot_id, (Variant.on_hand > 0) | Variant.made_to_order)
        .values(active=True))
    renew_codes(product_id, shelf, one.facts, one.around)
    refresh_copies(product_id)
    announce(LotStarted(product_id, lot_id, row.label))
    announce(ProductChanged(product_id, ("lots",)))


def current_lot(product_id: int) -> Lot | None:
    """The lot that is on sale now. Loads: 1 statement."""
    return db.session.scalar(select(Lot).where(Lot.product_id == product_id,
                                               Lot.state == "current")
                             .order_by(Lot.sequence.desc(), Lot.id.desc()).limit(1))
