"""Taking back what a file did; what cannot be taken back is named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from marketplace.catalog.actions.intake.changing import change_product, change_variant
from marketplace.catalog.actions.intake.checking import by_product
from marketplace.catalog.actions.intake.reading import _change, _only_in
from marketplace.catalog.actions.stock import refresh_price_copies
from marketplace.catalog.events import ProductChanged, ProductsImported
from marketplace.catalog.models import (
    FactValue,
    Import,
    ImportRow,
    Lot,
    Particular,
    Picture,
    Price,
    Product,
    ProductOccasion,
    ProductText,
    StockMark,
    Variant,
)
from marketplace.catalog.queries.intake import present_variants
from marketplace.catalog.queries.intake.imports import ImportView, counts_of, undo_batch
from marketplace.catalog.rules.cells import printed_fact
from marketplace.catalog.rules.intake import column_of, of_variant
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict
from marketplace.foundation.events import announce

KEPT_BACK = 200
"""So many rows that stayed are named."""


def ask_undo(known: ImportView) -> None:
    """Begin to take a file back. Raises Conflict. Changes imports."""
    _only_in(known, ("saved",))
    if not known.file:
        raise Conflict(_("What this file changed was kept for seven days and is forgotten now."))
    _change(known.id, state="undoing", done=0)


def undo_batch_of(known: ImportView, person_id: int) -> int:
    """Take the next rows back; how many were looked at. Announces ProductsImported."""
    staged = undo_batch(known.id)
    if not staged:
        return 0
    for mine in by_product(staged):
        _product(mine, known, person_id)
    db.session.flush()
    _change(known.id, done=Import.done + len(staged))
    announce(ProductsImported(len(staged)))
    return len(staged)


def _product(staged: Sequence[ImportRow], known: ImportView, person_id: int) -> None:
    """One product's rows: what was made goes, what was changed gets its old value."""
    made = next((one for one in staged if one.undo.get("made") == "product"), None)
    if made is not None:
        stays = _take_away(int(made.undo["product"]))
        for one in staged:
            _back(one, [stays] if stays else [])
        return
    there = present_variants(known.producer_id, [one.sku for one in staged])
    stays_by_row: dict[int, list[list[Any]]] = {one.id: [] for one in staged}
    _product_back(staged, there, stays_by_row)
    for one in staged:
        present = there.get(one.sku)
        if present is None:
            stays_by_row[one.id].append(["variant_gone", {}])
        elif one.undo.get("made") == "variant":
            stays_by_row[one.id] += _drop_variant(present.variant_id)
        else:
            mine = {name: pair for name, pair in one.undo["changes"].items() if of_variant(name)}
            back, stays = _still_ours(mine, present.values)
            change_variant(present, back, person_id)
            stays_by_row[one.id] += stays
    for product_id in {int(one.undo["product"]) for one in staged}:
        refresh_price_copies(product_id)
    for one in staged:
        _back(one, stays_by_row[one.id])


def _product_back(staged: Sequence[ImportRow], there: Any,
                  stays: dict[int, list[list[Any]]]) -> None:
    """Old words and particulars of the product, where nobody changed them since."""
    standing = next((one.product for one in there.values()), None)
    if standing is None:
        return
    back: dict[str, list[Any]] = {}
    for one in staged:
        mine = {name: pair for name, pair in one.undo["changes"].items()
                if not of_variant(name) and name != "picture" and "picture_alt" not in name}
        found, kept = _still_ours(mine, standing.values)
        back |= found
        stays[one.id] += kept
        if "picture" in one.undo["changes"]:
            stays[one.id].append(["picture_stays", {}])
    change_product(standing, back)


def _still_ours(changes: dict[str, Any], values: Any
                ) -> tuple[dict[str, list[Any]], list[list[Any]]]:
    """Pairs turned round where the new value still stands, and what somebody changed since."""
    back: dict[str, list[Any]] = {}
    stays = []
    for name, (old, new) in changes.items():
        if printed_fact(values.get(name)) == printed_fact(new):
            back[name] = [new, old]
        else:
            stays.append(["changed_since", {"column": column_of(name)}])
    return back, stays


def _back(one: ImportRow, stays: list[list[Any]]) -> None:
    one.saved = False
    one.effect = "fault" if stays else "same"
    one.faults = {str(place): pair for place, pair in enumerate(stays)}


def _take_away(product_id: int) -> list[Any] | None:
    """Remove a product nobody has bought or rated; once published it becomes a draft.

    Returns why it stays, or None.
    """
    product = db.session.get(Product, product_id, populate_existing=True)
    if product is None:
        return None
    if product.used_at is not None or db.session.scalar(select(Variant.id).where(
            Variant.product_id == product_id, Variant.reserved > 0).limit(1)):
        return ["product_used", {"slug": product.slug}]
    if product.published_at is not None:
        product.state, product.wanted_at = "draft", None
        product.last_change_at = clock.now()
        db.session.flush()
        announce(ProductChanged(product_id, ("state",)))
        return None
    _delete(product_id)
    return None


def _delete(product_id: int) -> None:
    """A draft that was never public, with all that hangs on it."""
    variants = select(Variant.id).where(Variant.product_id == product_id)
    for table in (Price, StockMark):
        db.session.execute(delete(table).where(table.variant_id.in_(variants))
                           .execution_options(synchronize_session=False))
    db.session.execute(update(Product).where(Product.id == product_id)
                       .values(main_picture_id=None))
    for part in (Variant, Picture, Particular, FactValue, ProductOccasion, ProductText, Lot):
        db.session.execute(delete(part).where(part.product_id == product_id)
                           .execution_options(synchronize_session=False))
    db.session.execute(delete(Product).where(Product.id == product_id)
                       .execution_options(synchronize_session=False))
    db.session.expire_all()


def _drop_variant(variant_id: int) -> list[list[Any]]:
    """Take a variant off; orders and prices keep pointing to it. Returns why it stays."""
    row = db.session.get_one(Variant, variant_id, populate_existing=True)
    if row.reserved:
        return [["variant_reserved", {"count": row.reserved}]]
    row.active = False
    db.session.flush()
    announce(ProductChanged(row.product_id, ("variants",)))
    return []


def finish_undo(import_id: int) -> None:
    """Everything is taken back that could be. Changes imports."""
    _change(import_id, state="undone", counts=counts_of(import_id))
