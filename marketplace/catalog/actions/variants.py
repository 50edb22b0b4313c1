"""Changing what buyers choose: label, options, amount; turning a variant off and on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _
from sqlalchemy import select, update

from marketplace.catalog.actions.stock import refresh_price_copies
from marketplace.catalog.events import ProductChanged
from marketplace.catalog.models import Product, Variant
from marketplace.catalog.rules.codes import gtin_ok
from marketplace.catalog.rules.prices import UNITS
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid
from marketplace.foundation.events import announce

OPTIONS = ("size", "colour", "volume")


@dataclass(frozen=True, slots=True)
class VariantWords:
    """What a variant is, without price and stock; amounts in `unit`."""

    sku: str
    label_de: str
    label_en: str
    amount: int
    unit: str
    drained: int | None
    weight_g: int
    gtin: str
    made_to_order: bool
    lead_days: int | None
    deposit_minor: int = 0
    options: Mapping[str, str] = field(default_factory=dict)


def change_variant(variant_id: int, new: VariantWords) -> None:
    """Say anew what a variant is; price and stock stay. Raises Invalid. Changes variants."""
    row = db.session.get(Variant, variant_id, populate_existing=True)
    assert row is not None
    check_variant(row.producer_id, new, variant_id)
    row.sku, row.label_de, row.label_en = new.sku, new.label_de, new.label_en
    row.amount, row.unit, row.drained = new.amount, new.unit, new.drained
    row.weight_g, row.gtin = new.weight_g, new.gtin or None
    row.made_to_order, row.lead_days = new.made_to_order, new.lead_days
    row.deposit_minor = new.deposit_minor
    row.options = {name: words for name, words in new.options.items() if words}
    if not row.made_to_order and row.reserved > row.on_hand:
        raise Invalid({"made_to_order": _("More are ordered than lie on the shelf; please put "
                                          "them into stock first.")})
    _changed(row.product_id)


def check_variant(producer_id: int, new: VariantWords, own_id: int = 0) -> None:
    """Raises Invalid with a sentence beside each field that cannot be. Loads: 1 statement."""
    faults = {}
    if db.session.scalar(select(Variant.id).where(
            Variant.producer_id == producer_id, Variant.sku == new.sku, Variant.id != own_id)):
        faults["sku"] = _("You use this number for another variant.")
    if new.unit not in UNITS:
        faults["unit"] = _("Please choose one of the units.")
    if new.gtin and not gtin_ok(new.gtin):
        faults["gtin"] = _("The check digit of this number does not fit; please look again.")
    if new.drained is not None and new.drained >= new.amount:
        faults["drained"] = _("The drained weight is less than the contents.")
    if new.made_to_order and not new.lead_days:
        faults["lead_days"] = _("In how many days is it made?")
    if faults:
        raise Invalid(faults)


def turn(variant_id: int, active: bool) -> None:
    """Offer a variant no longer, or again; orders, prices and ratings stay. Changes variants."""
    row = db.session.get(Variant, variant_id, populate_existing=True)
    assert row is not None
    if not active and row.active and _last_of_sale(row):
        raise Invalid({"active": _("It is the last one on sale. Please withdraw the product "
                                   "instead, with a reason for your buyers.")})
    row.active = active
    _changed(row.product_id)


def _last_of_sale(row: Variant) -> bool:
    others = db.session.scalar(select(Variant.id).where(
        Variant.product_id == row.product_id, Variant.active, Variant.id != row.id).limit(1))
    state = db.session.scalar(select(Product.state).where(Product.id == row.product_id))
    return others is None and state == "published"


def _changed(product_id: int) -> None:
    db.session.execute(update(Product).where(Product.id == product_id)
                       .values(last_change_at=clock.now()))
    db.session.flush()
    refresh_price_copies(product_id)
    announce(ProductChanged(product_id, ("variants",)))
