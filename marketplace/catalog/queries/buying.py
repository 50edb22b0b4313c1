"""Variants as basket and order need them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import aliased

from marketplace.catalog.models import (
    Category,
    Lot,
    Particular,
    Picture,
    Product,
    ProductText,
    Variant,
)
from marketplace.catalog.queries.cards import picture_view
from marketplace.catalog.queries.facts import LANGUAGES, readable_in
from marketplace.catalog.queries.product import Buyable
from marketplace.catalog.rules.prices import unit_price
from marketplace.foundation.database import db, read
from marketplace.producers.models import Producer


def load(variant_ids: Collection[int], lang: str) -> Mapping[int, Buyable]:
    """Variants by id with words, price and stock. Loads: 1 statement."""
    if not variant_ids:
        return {}
    rows = db.session.execute(_wanted(), {"ids": list(variant_ids), "lang": lang})
    return {row[0].id: _buyable(row, lang) for row in rows}


@cache
def _wanted() -> Any:
    own, other = aliased(ProductText), aliased(ProductText)
    lang: Any = bindparam("lang")
    return (
        select(Variant, Product, Producer.state.label("producer_state"),
               func.coalesce(own.title, other.title).label("title"),
               func.coalesce(own.teaser, other.teaser, "").label("teaser"), Picture,
               Lot.stopped_at)
        .join(Product, Product.id == Variant.product_id)
        .join(Producer, Producer.id == Product.producer_id)
        .outerjoin(own, and_(own.product_id == Product.id, own.lang == lang))
        .outerjoin(other, and_(other.product_id == Product.id, other.lang != lang))
        .outerjoin(Lot, Lot.id == Variant.lot_id)
        .outerjoin(Picture, Picture.id == Product.main_picture_id)
        .where(Variant.id.in_(bindparam("ids", expanding=True)))
        .execution_options(populate_existing=True))


def _buyable(row: Any, lang: str) -> Buyable:
    variant, product = row[0], row[1]
    per = unit_price(variant.price_minor, variant.amount, variant.unit, variant.drained)
    label = (variant.label_de if lang == "de" else variant.label_en) or variant.label_de
    on_sale = (product.state == "published" and variant.active
               and row.producer_state == "selling" and row.stopped_at is None)
    return Buyable(
        variant.id, product.id, product.producer_id, variant.lot_id, product.slug,
        row.title or product.slug, label, variant.price_minor, variant.deposit_minor,
        per[0] if per else None, per[1] if per else "", variant.on_hand - variant.reserved,
        variant.made_to_order, on_sale, product.age_class, product.tax_category,
        product.withdrawal, variant.weight_g, picture_view(row[5], lang), row.teaser,
        product.guarantee_years or 0,
    )


def unreadable_in(product_ids: Collection[int], country: str) -> frozenset[int]:
    """Products whose safety particulars, or food particulars, nobody there can read.

    They are not sent there (GPSR Art. 19 d; LMIV Art. 15). Published goods speak German, so
    countries that read German are never asked. Loads: 1 statement, or none.
    """
    if not product_ids or "de" in LANGUAGES.get(country, ()):
        return frozenset()
    rows: dict[int, list[Any]] = {}
    templates: dict[int, str] = {}
    for row in db.session.execute(
            select(Product.id, Category.template, Particular.key, Particular.lang)
            .join(Category, Category.id == Product.category_id)
            .outerjoin(Particular, Particular.product_id == Product.id)
            .where(Product.id.in_(list(product_ids)))):
        templates[row.id] = row.template
        rows.setdefault(row.id, [])
        if row.key is not None:
            rows[row.id].append(row)
    return frozenset(i for i, said in rows.items()
                     if not readable_in(country, templates[i], said))


def allergens_of(product_ids: Collection[int]) -> Mapping[int, Mapping[str, str]]:
    """What the labels of goods say of allergens, by language ("" for all). Loads: 1 statement."""
    found: dict[int, dict[str, str]] = {}
    for row in read(select(Particular.product_id, Particular.lang, Particular.value).where(
            Particular.product_id.in_(bindparam("ids", expanding=True)),
            Particular.key == "allergens").order_by(Particular.product_id, Particular.lang),
            ids=list(product_ids)):
        found.setdefault(row[0], {})[row[1] or ""] = str(row[2])
    return found


def alternatives(product_id: int, limit: int = 6) -> list[int]:
    """Other goods of the same shelf that can be had now, nearest in price first.

    Loads: 1 statement.
    """
    asked = (select(Product.category_id, Product.price_from_minor)
             .where(Product.id == product_id).subquery())
    return list(db.session.scalars(
        select(Product.id).join(Producer, Producer.id == Product.producer_id)
        .join(asked, asked.c.category_id == Product.category_id)
        .where(Product.state == "published", Producer.state == "selling", Product.in_stock,
               Product.id != product_id)
        .order_by(func.abs(Product.price_from_minor - asked.c.price_from_minor), Product.id)
        .limit(limit)))
