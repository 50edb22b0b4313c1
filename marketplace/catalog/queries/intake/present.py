"""Goods as the columns of a file would say them: to compare a file with, and to write one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from marketplace.catalog.models import (
    Lot,
    Occasion,
    Particular,
    Picture,
    Product,
    ProductOccasion,
    ProductText,
    Variant,
)
from marketplace.catalog.queries.shelves import shelves
from marketplace.catalog.queries.studio import said_in
from marketplace.catalog.rules.columns import FACT, LOT, OTHER
from marketplace.foundation.database import db, read

A_PAGE = 200


@dataclass(frozen=True, slots=True)
class Standing:
    """A product as it stands: its values by our names, and what hangs on it."""

    id: int
    state: str
    version: int
    category_id: int
    used: bool
    values: Mapping[str, Any]
    files: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Present:
    """A variant as it stands, with its product."""

    variant_id: int
    reserved: int
    values: Mapping[str, Any]
    product: Standing


def picture_name(file: str) -> str:
    """How a stored picture is called in an export."""
    stem, _dot, ending = file.partition(".")
    return f"{stem[:16]}.{'jpg' if ending == 'orig' else ending}"


def present_variants(producer_id: int, skus: Collection[str]) -> Mapping[str, Present]:
    """Variants of a producer by number. Loads: 7 or 8 statements for any number."""
    rows = read(select(Variant, Lot.label.label("lot_label")).outerjoin(
        Lot, Lot.id == Variant.lot_id)
        .where(Variant.producer_id == producer_id, Variant.sku.in_(list(skus))))
    goods, lots = _standing({row.product_id for row in rows}), _of_lots(rows)
    return {row.sku: Present(row.id, row.reserved, _variant(row) | lots.get(row.lot_id, {}),
                             goods[row.product_id]) for row in rows}


def present_products(producer_id: int, codes: Collection[str]) -> Mapping[str, Standing]:
    """Products of a producer by short code. Loads: 7 statements for any number."""
    if not codes:
        return {}
    ids = [row.id for row in read(select(Product.id).where(
        Product.producer_id == producer_id, Product.code.in_(list(codes))))]
    return {str(one.values["product"]): one for one in _standing(ids).values()}


def goods_pages(producer_id: int) -> Iterator[Sequence[Present]]:
    """All variants of a producer, product by product, in pages. Loads: 7 or 8 statements a page."""
    last = 0
    while True:
        ids = [row.id for row in read(
            select(Product.id).where(Product.producer_id == producer_id, Product.id > last,
                                     Product.state.not_in(("withdrawn", "stopped")))
            .order_by(Product.id).limit(A_PAGE))]
        if not ids:
            return
        rows = read(select(Variant, Lot.label.label("lot_label"))
                    .outerjoin(Lot, Lot.id == Variant.lot_id)
                    .where(Variant.product_id.in_(ids), Variant.active)
                    .order_by(Variant.product_id, Variant.position, Variant.id))
        goods, lots = _standing(ids), _of_lots(rows)
        yield [Present(row.id, row.reserved, _variant(row) | lots.get(row.lot_id, {}),
                       goods[row.product_id]) for row in rows]
        last = ids[-1]


def _variant(row: Any) -> dict[str, Any]:
    return {"sku": row.sku, "price": row.price_minor, "deposit": row.deposit_minor,
            "stock": row.on_hand, "amount": row.amount, "unit": row.unit,
            "gtin": row.gtin or "", "lot": row.lot_label or "",
            "weight_g": row.weight_g, "made_to_order": row.made_to_order,
            "lead_days": row.lead_days, "drained": row.drained, "label_de": row.label_de,
            "label_en": row.label_en, "active": row.active}


def _of_lots(variants: Sequence[Any]) -> Mapping[int, dict[str, Any]]:
    """What the lots of variants say for themselves, by lot. Loads: 1 statement, or none."""
    ids = {row.lot_id for row in variants if row.lot_id is not None}
    said: dict[int, list[Any]] = {}
    for row in read(select(Particular).where(Particular.lot_id.in_(ids))
                    .order_by(Particular.id)) if ids else ():
        said.setdefault(row.lot_id, []).append(row)
    return {lot_id: _facts(rows, LOT) for lot_id, rows in said.items()}


def _standing(ids: Iterable[int]) -> Mapping[int, Standing]:
    """Products with all their values, by id. Loads: 5 statements."""
    wanted = list(ids)
    if not wanted:
        return {}
    texts = _grouped(select(ProductText).where(ProductText.product_id.in_(wanted)))
    facts = _grouped(select(Particular).where(
        Particular.product_id.in_(wanted), Particular.lot_id.is_(None)).order_by(Particular.id))
    occasions = _grouped(select(ProductOccasion.product_id, Occasion.slug).join(
        Occasion, Occasion.id == ProductOccasion.occasion_id)
        .where(ProductOccasion.product_id.in_(wanted)))
    pictures = _grouped(select(Picture.product_id, Picture.id, Picture.file, Picture.alt_de,
                               Picture.alt_en)
                        .where(Picture.product_id.in_(wanted),
                               Picture.kind.in_(("photo", "drawn")))
                        .order_by(Picture.position, Picture.id))
    return {row.id: Standing(
        row.id, row.state, row.version, row.category_id, row.used_at is not None,
        _values(row, texts.get(row.id, []), facts.get(row.id, []),
                [one.slug for one in occasions.get(row.id, [])], pictures.get(row.id, [])),
        {picture_name(one.file): one.id for one in pictures.get(row.id, [])})
        for row in read(select(Product).where(Product.id.in_(wanted)))}


def _grouped(statement: Any) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in read(statement):
        found.setdefault(row.product_id, []).append(row)
    return found


def _values(row: Any, texts: Sequence[Any], facts: Sequence[Any], occasions: Sequence[str],
            pictures: Sequence[Any]) -> dict[str, Any]:
    """A product's values by our names; texts by language."""
    shelf = shelves().get(row.category_id)
    found: dict[str, Any] = {
        "product": row.code, "category": shelf.slug if shelf else "", "place": row.place_of_making,
        "withdrawal": row.withdrawal, "not_for_de": row.not_for_de, "not_for_en": row.not_for_en,
        "occasions": sorted(occasions), "picture": [picture_name(one.file) for one in pictures]}
    for lang in ("de", "en"):
        text = next((one for one in texts if one.lang == lang), None)
        for name in ("title", "teaser", "story"):
            found[f"{name}_{lang}"] = str(getattr(text, name, "") or "").strip()
        alts = [str(getattr(one, f"alt_{lang}")).replace("|", "/") for one in pictures]
        found[f"picture_alt_{lang}"] = " | ".join(alts) if any(alts) else ""
    return found | _facts(facts)


def _facts(rows: Sequence[Any], mark: str = FACT) -> dict[str, Any]:
    """Particulars as `f:key`, and as `f:key@en` where the English ones differ; of a lot `lot:`."""
    german, english = said_in("de", rows), said_in("en", rows)
    found = {f"{mark}{key}": value for key, value in german.items()}
    return found | {f"{mark}{key}{OTHER}": value for key, value in english.items()
                    if value != german.get(key)}


def fact_columns(producer_id: int) -> Sequence[str]:
    """Which particulars a producer's goods and their lots say, as names of columns.

    Loads: 1 statement.
    """
    rows = db.session.execute(
        select(Particular.key, Particular.lang, Particular.lot_id.is_not(None))
        .join(Product, Product.id == Particular.product_id)
        .where(Product.producer_id == producer_id,
               Product.state.not_in(("withdrawn", "stopped"))).distinct())
    names = {(LOT if of_lot else FACT, key, end) for key, lang, of_lot in rows
             for end in ("", *((OTHER,) if lang == "en" else ()))}
    return [f"{mark}{key}{end}" for mark, key, end in sorted(names)]


def picture_files(producer_id: int) -> Sequence[str]:
    """Stored names of all pictures of a producer's goods, each once. Loads: 1 statement."""
    return db.session.scalars(
        select(Picture.file).join(Product, Product.id == Picture.product_id)
        .where(Product.producer_id == producer_id, Picture.kind.in_(("photo", "drawn")),
               Product.state.not_in(("withdrawn", "stopped"))).distinct()
        .order_by(Picture.file)).all()
