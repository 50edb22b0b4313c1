"""Single changes of goods by our names, there and back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select, update

from marketplace.catalog.actions.facts import change_facts
from marketplace.catalog.actions.products import NewProduct, edit
from marketplace.catalog.actions.stock import correct, set_price
from marketplace.catalog.events import ProductChanged
from marketplace.catalog.models import Lot, Product, Variant
from marketplace.catalog.queries.intake import Present, Standing
from marketplace.catalog.queries.shelves import category_by_slug, occasions, shelves
from marketplace.catalog.rules.columns import FACT, LOT, OTHER, key_of
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.events import announce

Changes = Mapping[str, Sequence[Any]]
PLAIN = ("amount", "unit", "gtin", "weight_g", "made_to_order", "lead_days", "drained",
         "label_de", "label_en", "active")
"""Columns of a variant that are written as they are."""


def change_product(standing: Standing, changes: Changes) -> None:
    """Write the second of each pair: words, particulars, shelf. Announces ProductChanged."""
    new = {**standing.values, **{name: pair[1] for name, pair in changes.items()}}
    if "category" in changes:
        _move(standing.id, str(new["category"]))
    words = {name for name in changes if name not in ("category", "picture")
             and not name.startswith("picture_alt")}
    if not words:
        return
    version = standing.version
    edit(standing.id, version, _whole(standing, new, "de"), "de")
    if any(name.endswith(OTHER) for name in words):
        edit(standing.id, version + 1, _whole(standing, new, "en"), "en")


def _whole(standing: Standing, new: Mapping[str, Any], lang: str) -> NewProduct:
    """A product with all its values, particulars as they are said in a language."""
    by_slug = {one.slug: one.id for one in occasions().values()}
    facts = {name.removeprefix(FACT): value for name, value in new.items()
             if name.startswith(FACT) and not name.endswith(OTHER)}
    if lang == "en":
        facts |= {name.removeprefix(FACT).removesuffix(OTHER): value
                  for name, value in new.items() if name.endswith(OTHER) and value is not None}
    return NewProduct(
        standing.category_id,
        {one: tuple(str(new.get(f"{name}_{one}") or "")  # type: ignore[misc]
                    for name in ("title", "teaser", "story")) for one in ("de", "en")},
        (), str(new.get("not_for_de") or ""), str(new.get("not_for_en") or ""),
        str(new.get("place") or ""), str(new.get("withdrawal") or "yes"), facts=facts,
        occasion_ids=[by_slug[slug] for slug in new.get("occasions") or () if slug in by_slug])


def _move(product_id: int, slug: str) -> None:
    """Put a product on another shelf; it keeps its id, code, address and voices."""
    shelf = category_by_slug(slug)
    assert shelf is not None
    db.session.execute(
        update(Product).where(Product.id == product_id)
        .values(category_id=shelf.id, main_category_id=shelf.main_id, age_class=shelf.age_class,
                last_change_at=clock.now()).execution_options(synchronize_session=False))
    announce(ProductChanged(product_id, ("category",)))


def change_variant(there: Present, changes: Changes, person_id: int | None) -> None:
    """Write the second of each pair: price with its history, stock, the rest."""
    if "price" in changes:
        set_price(there.variant_id, int(changes["price"][1]), person_id)
    plain = {name: changes[name][1] for name in PLAIN if name in changes}
    if "deposit" in changes:
        plain["deposit_minor"] = int(changes["deposit"][1] or 0)
    if "gtin" in plain:
        plain["gtin"] = plain["gtin"] or None
    if "lot" in changes:
        label = str(changes["lot"][1] or "")
        plain["lot_id"] = lot_of(there.product.id, label) if label else None
    if plain:
        db.session.execute(update(Variant).where(Variant.id == there.variant_id).values(**plain)
                           .execution_options(synchronize_session=False))
        announce(ProductChanged(there.product.id, ("variants",)))
    say_lot(there.product.id, there.product.category_id, there.variant_id, changes)
    if "stock" in changes:
        correct(there.variant_id, int(changes["stock"][1]))


def say_lot(product_id: int, category_id: int, variant_id: int, changes: Changes) -> None:
    """Write what the lot of a variant says for itself, in both languages. Changes particulars."""
    said = {name: pair[1] for name, pair in changes.items() if name.startswith(LOT)}
    if not said:
        return
    lot_id = db.session.scalar(select(Variant.lot_id).where(Variant.id == variant_id))
    for lang in ("de", "en"):
        facts = {key_of(name): value for name, value in said.items()
                 if name.endswith(OTHER) == (lang == "en")}
        if facts and lot_id is not None:
            change_facts(product_id, shelves()[category_id], facts, lang, lot_id)


def lot_of(product_id: int, label: str) -> int:
    """The vintage or batch of a label, begun if it is new. Changes lots.

    A later vintage than the current one becomes current; anything else new is one of the past.
    """
    found = db.session.scalar(select(Lot.id).where(Lot.product_id == product_id,
                                                   Lot.label == label))
    if found is not None:
        return found
    year = bool(re.fullmatch(r"(?:19|20)\d\d", label))
    current = db.session.scalar(select(Lot).where(Lot.product_id == product_id,
                                                  Lot.state == "current"))
    newer = current is None or (year and current.kind == "vintage" and label > current.label)
    if newer and current is not None:
        current.state = "past"
    last = db.session.scalar(select(func.max(Lot.sequence)).where(Lot.product_id == product_id))
    row = Lot(product_id=product_id, label=label, kind="vintage" if year else "batch",
              sequence=(last or 0) + 1, state="current" if newer else "past")
    db.session.add(row)
    db.session.flush()
    return row.id
