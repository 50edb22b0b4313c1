"""What people wait for, as they and producers see it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from marketplace.catalog.models import Product, ProductText, Variant, Watch
from marketplace.foundation.database import read


@dataclass(frozen=True, slots=True)
class WatchRow:
    """One thing somebody waits for."""

    id: int
    slug: str
    title: str
    kind: str
    size: str
    price_minor: int | None
    at: datetime
    told_at: datetime | None


@dataclass(frozen=True, slots=True)
class StockRow:
    """A variant with what is left of it and from where on its producer is warned."""

    id: int
    title: str
    label: str
    sku: str
    available: int
    made_to_order: bool
    low_at: int | None
    is_low: bool
    waiting: int


def watches_of(person_id: int, lang: str) -> Sequence[WatchRow]:
    """What a person waits for, then what they were told of lately. Loads: 1 statement."""
    own, other = aliased(ProductText), aliased(ProductText)
    return [WatchRow(*row) for row in read(
        select(Watch.id, Product.slug, func.coalesce(own.title, other.title, Product.slug),
               Watch.kind, Watch.size, Watch.price_minor, Watch.at, Watch.told_at)
        .join(Product, Product.id == Watch.product_id)
        .outerjoin(own, and_(own.product_id == Product.id, own.lang == lang))
        .outerjoin(other, and_(other.product_id == Product.id, other.lang != lang))
        .where(Watch.person_id == person_id)
        .order_by(Watch.told_at.is_not(None), Watch.at.desc(), Watch.id.desc()).limit(250))]


def watch_counts(product_ids: Collection[int]) -> Mapping[int, Mapping[str, int]]:
    """How many people wait for each product, by kind: a signal of demand. Loads: 1 statement."""
    found: dict[int, dict[str, int]] = {}
    for product_id, kind, n in read(
            select(Watch.product_id, Watch.kind, func.count())
            .where(Watch.product_id.in_(list(product_ids)), Watch.told_at.is_(None))
            .group_by(Watch.product_id, Watch.kind)):
        found.setdefault(product_id, {})[kind] = n
    return found


def stock_rows(producer_id: int, lang: str, offset: int, limit: int
               ) -> tuple[Sequence[StockRow], int]:
    """A producer's variants, least stock first, and how many there are. Loads: 2 statements."""
    own, other = aliased(ProductText), aliased(ProductText)
    label = func.coalesce(func.nullif(Variant.label_de if lang == "de" else Variant.label_en, ""),
                          Variant.label_de)
    waiting = (select(func.count()).where(Watch.product_id == Variant.product_id,
                                          Watch.told_at.is_(None), Watch.kind == "back")
               .scalar_subquery())
    where = (Variant.producer_id == producer_id, Variant.active,
             Product.state.in_(("published", "paused")))
    left = (Variant.on_hand - Variant.reserved).label("available")
    rows = read(
        select(Variant.id, func.coalesce(own.title, other.title, Product.slug).label("title"),
               label.label("label"), Variant.sku, left, Variant.made_to_order, Variant.low_at,
               Variant.low_told_at.is_not(None).label("is_low"), waiting.label("waiting"))
        .join(Product, Product.id == Variant.product_id)
        .outerjoin(own, and_(own.product_id == Product.id, own.lang == lang))
        .outerjoin(other, and_(other.product_id == Product.id, other.lang != lang))
        .where(*where).order_by(Variant.made_to_order, left, Variant.id)
        .offset(offset).limit(limit))
    total = read(select(func.count(Variant.id)).join(
        Product, Product.id == Variant.product_id).where(*where))[0][0]
    return [StockRow(*row) for row in rows], total
