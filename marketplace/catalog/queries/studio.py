"""What a producer sees of their own goods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select

from marketplace.catalog.models import (
    Particular,
    Picture,
    Product,
    ProductOccasion,
    ProductText,
    Variant,
)
from marketplace.foundation.database import db


@dataclass(frozen=True, slots=True)
class OwnProduct:
    """A row of the studio's list; prices in minor units."""

    id: int
    slug: str
    state: str
    title: str
    variants: Sequence[OwnVariant]


@dataclass(frozen=True, slots=True)
class OwnVariant:
    """A variant as its producer sees it."""

    id: int
    sku: str
    label: str
    price_minor: int
    on_hand: int
    reserved: int
    amount: int
    unit: str


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything of one product that its producer can change."""

    id: int
    producer_id: int
    category_id: int
    slug: str
    state: str
    version: int
    texts: Mapping[str, tuple[str, str, str]]
    not_for: Mapping[str, str]
    place_of_making: str
    facts: Mapping[str, Any]
    occasion_ids: frozenset[int]
    variants: Sequence[OwnVariant]
    pictures: Sequence[Picture]


def own_products(producer_id: int, lang: str, offset: int, limit: int
                 ) -> tuple[Sequence[OwnProduct], int]:
    """A producer's goods, drafts first, and how many there are. Loads: 3 statements."""
    other = "en" if lang == "de" else "de"
    second = db.aliased(ProductText)
    rows = db.session.execute(
        select(Product.id, Product.slug, Product.state,
               func.coalesce(ProductText.title, second.title, Product.slug))
        .outerjoin(ProductText, and_(ProductText.product_id == Product.id,
                                     ProductText.lang == lang))
        .outerjoin(second, and_(second.product_id == Product.id, second.lang == other))
        .where(Product.producer_id == producer_id)
        .order_by(Product.state != "draft", Product.last_change_at.desc(), Product.id)
        .offset(offset).limit(limit)).all()
    count = db.session.scalar(select(func.count()).where(Product.producer_id == producer_id)) or 0
    variants = _variants([row.id for row in rows], lang)
    return [OwnProduct(*row, variants.get(row[0], [])) for row in rows], count


def _variants(ids: Sequence[int], lang: str) -> Mapping[int, list[OwnVariant]]:
    found: dict[int, list[OwnVariant]] = {}
    rows = db.session.scalars(
        select(Variant).where(Variant.product_id.in_(ids), Variant.active)
        .order_by(Variant.position, Variant.id))
    for row in rows:
        label = (row.label_de or row.label_en) if lang == "de" else (row.label_en or row.label_de)
        found.setdefault(row.product_id, []).append(OwnVariant(
            row.id, row.sku, label, row.price_minor, row.on_hand, row.reserved, row.amount,
            row.unit))
    return found


def draft(product_id: int, lang: str) -> Draft | None:
    """One product for its form. Loads: 6 statements."""
    row = db.session.get(Product, product_id, populate_existing=True)
    if row is None:
        return None
    texts = {text.lang: (text.title, text.teaser, text.story) for text in db.session.scalars(
        select(ProductText).where(ProductText.product_id == product_id))}
    facts = said_in(lang, db.session.scalars(select(Particular).where(
        Particular.product_id == product_id, Particular.lot_id.is_(None))
        .order_by(Particular.id)).all())
    occasions = frozenset(db.session.scalars(select(ProductOccasion.occasion_id).where(
        ProductOccasion.product_id == product_id)))
    pictures = db.session.scalars(select(Picture).where(
        Picture.product_id == product_id).order_by(Picture.position, Picture.id)).all()
    return Draft(
        row.id, row.producer_id, row.category_id, row.slug, row.state, row.version, texts,
        {"de": row.not_for_de, "en": row.not_for_en}, row.place_of_making, facts, occasions,
        _variants([product_id], lang).get(product_id, []), pictures)


def said_in(lang: str, rows: Sequence[Particular]) -> dict[str, Any]:
    """Values by key: in this language, for both, or in the other one where nothing else is said."""
    found: dict[str, Any] = {}
    for row in sorted(rows, key=lambda row: row.lang in (None, lang)):
        if row.lang in (None, lang) or row.key not in found:
            found[row.key] = row.value
    return found
