"""One product with everything this room knows of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import String, and_, bindparam, cast, func, select
from sqlalchemy.orm import aliased

from marketplace.catalog.models import (
    FactValue,
    Lot,
    OldSlug,
    Particular,
    Picture,
    Price,
    Product,
    ProductOccasion,
    ProductText,
    Variant,
)
from marketplace.catalog.queries.cards import PUBLIC, PictureView, picture_view
from marketplace.catalog.queries.shelves import shelves
from marketplace.catalog.rules.prices import unit_price
from marketplace.catalog.rules.templates import fields_of
from marketplace.foundation.database import db, read


@dataclass(frozen=True, slots=True)
class VariantView:
    """One thing that can be put into the basket; minor units."""

    id: int
    label: str
    lot: str
    price_minor: int
    deposit_minor: int
    unit_minor: int | None
    unit: str
    available: int
    made_to_order: bool
    lead_days: int | None
    sku: str

    @property
    def can_be_had(self) -> bool:
        """Whether a piece can be ordered now."""
        return self.made_to_order or self.available > 0


@dataclass(frozen=True, slots=True)
class Fact:
    """A particular with its printed name."""

    key: str
    name: str
    value: str
    checked: bool


@dataclass(frozen=True, slots=True)
class ProductView:
    """A product's page as far as this room goes."""

    id: int
    slug: str
    code: str
    state: str
    producer_id: int
    category_id: int
    main_category_id: int
    age_class: int
    withdrawal: str
    withdrawn_why: str
    place_of_making: str
    lang: str
    title: str
    teaser: str
    story: str
    use: str
    care: str
    not_for: str
    pictures: Sequence[PictureView]
    variants: Sequence[VariantView]
    facts: Sequence[Fact]
    occasion_ids: Sequence[int]
    lots: Mapping[int, str]
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Buyable:
    """A variant as basket and order need it; minor units."""

    variant_id: int
    product_id: int
    producer_id: int
    lot_id: int | None
    slug: str
    title: str
    label: str
    price_minor: int
    deposit_minor: int
    unit_minor: int | None
    unit: str
    available: int
    made_to_order: bool
    on_sale: bool
    age_class: int
    tax_category: str
    withdrawal: str
    weight_g: int
    picture: PictureView | None
    essentials: str


def visible_product_id(slug: str) -> int | None:
    """The id of a product that has a page. Loads: 1 statement."""
    return db.session.scalar(
        select(Product.id).where(Product.slug == slug, Product.state.in_(PUBLIC)))


def title_of(slug: str, lang: str) -> str:
    """The title of a product that has a page, in a language or another one; "" of others.

    Loads: 1 statement.
    """
    rows = db.session.execute(
        select(ProductText.title).join(Product, Product.id == ProductText.product_id)
        .where(Product.slug == slug, Product.state.in_(PUBLIC))
        .order_by(ProductText.lang != lang, ProductText.lang).limit(1))
    return rows.scalar() or ""


def former_slug(slug: str) -> str | None:
    """Where a product of this former address is now. Loads: 1 statement."""
    return db.session.scalar(
        select(Product.slug).join(OldSlug, OldSlug.product_id == Product.id)
        .where(OldSlug.slug == slug))


def product_view(slug: str, lang: str, drafts: bool = False) -> ProductView | None:
    """A product by its address. Loads: 4 statements, whatever its size."""
    found = read(_by_slug(lang), slug=slug)
    if not found or (found[0].state not in PUBLIC and not drafts):
        return None
    row, of = found[0], _of_product()
    pictures = sorted(read(of.pictures, id=row.id), key=lambda p: p.id != row.main_picture_id)
    variants = read(of.variants, id=row.id)
    not_for = row.not_for_de if lang == "de" else row.not_for_en
    return ProductView(
        row.id, row.slug, row.code, row.state, row.producer_id, row.category_id,
        row.main_category_id, row.age_class, row.withdrawal, row.withdrawn_why or "",
        row.place_of_making, row.lang or lang, row.title or row.slug, row.teaser or "",
        row.story or "", row.use or "", row.care or "",
        not_for or row.not_for_de or row.not_for_en,
        [view for one in pictures if (view := picture_view(one, lang))],
        [_variant(one, lang) for one in variants],
        facts_for(row.category_id, read(of.particulars, id=row.id), lang),
        sorted(int(one) for one in (row.occasions or "").split()),
        {one.lot_id: one.lot for one in variants if one.lot_id}, row.published_at,
    )


@cache
def _by_slug(lang: str) -> Any:
    own, other = aliased(ProductText), aliased(ProductText)
    words = [func.coalesce(getattr(own, name), getattr(other, name)).label(name)
             for name in ("lang", "title", "teaser", "story", "use", "care")]
    occasions = (
        select(func.aggregate_strings(cast(ProductOccasion.occasion_id, String), " "))
        .where(ProductOccasion.product_id == Product.id).scalar_subquery())
    return (select(
        Product.id, Product.slug, Product.code, Product.state, Product.producer_id,
        Product.category_id, Product.main_category_id, Product.age_class, Product.withdrawal,
        Product.withdrawn_why, Product.place_of_making, Product.not_for_de, Product.not_for_en,
        Product.main_picture_id, Product.published_at, *words, occasions.label("occasions"))
            .outerjoin(own, and_(own.product_id == Product.id, own.lang == lang))
            .outerjoin(other, and_(other.product_id == Product.id, other.lang != lang))
            .where(Product.slug == bindparam("slug")).limit(1))


@dataclass(frozen=True, slots=True)
class _Statements:
    """What hangs on a product, by its id."""

    pictures: Any
    variants: Any
    particulars: Any


@cache
def _of_product() -> _Statements:
    this: Any = bindparam("id")
    return _Statements(
        select(Picture).where(Picture.product_id == this).order_by(Picture.position, Picture.id),
        select(Variant, Lot.label.label("lot")).outerjoin(Lot, Lot.id == Variant.lot_id)
        .where(Variant.product_id == this, Variant.active)
        .order_by(Variant.position, Variant.id),
        select(Particular).where(Particular.product_id == this).order_by(Particular.id))


def _variant(row: Any, lang: str) -> VariantView:
    per = unit_price(row.price_minor, row.amount, row.unit, row.drained)
    label = (row.label_de if lang == "de" else row.label_en) or row.label_de or row.label_en
    return VariantView(
        row.id, label, row.lot or "", row.price_minor, row.deposit_minor, per[0] if per else None,
        per[1] if per else "", row.on_hand - row.reserved, row.made_to_order, row.lead_days,
        row.sku,
    )


def facts_for(category_id: int, rows: Sequence[Any], lang: str) -> list[Fact]:
    """Particulars in the order of the category's template, named in the language."""
    shelf = shelves().get(category_id)
    said: dict[str, Any] = {}
    for row in rows:
        if row.lang in (None, lang) or row.key not in said:
            said[row.key] = row
    facts = []
    for field in fields_of(shelf.template if shelf else ""):
        if field.key in said:
            row = said.pop(field.key)
            facts.append(Fact(field.key, field.de if lang == "de" else field.en,
                              _words(row.value, field.unit), row.source == "checked"))
    return facts


def _words(value: Any, unit: str) -> str:
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    if isinstance(value, dict):
        return ", ".join(f"{name} {part}" for name, part in value.items())
    return f"{value} {unit}".strip()


@cache
def _prices() -> Any:
    return (select(Price.variant_id, Price.price_minor, Price.from_at)
            .join(Variant, Variant.id == Price.variant_id)
            .where(Variant.product_id == bindparam("id"))
            .order_by(Price.from_at, Price.id).limit(500))


def price_history(product_id: int) -> Mapping[int, Sequence[Any]]:
    """Prices of the variants, oldest first, by variant. Loads: 1 statement."""
    found: dict[int, list[Any]] = {}
    for row in read(_prices(), id=product_id):
        found.setdefault(row.variant_id, []).append(row)
    return found


def fact_values(product_ids: Collection[int]) -> Mapping[int, Mapping[str, list[str]]]:
    """Filterable facts by product and key. Loads: 1 statement."""
    found: dict[int, dict[str, list[str]]] = {}
    for row in db.session.scalars(
        select(FactValue).where(FactValue.product_id.in_(list(product_ids)))
    ):
        found.setdefault(row.product_id, {}).setdefault(row.key, []).append(row.value_code)
    return found


def buyable(variant_ids: Collection[int], lang: str) -> Mapping[int, Buyable]:
    """Variants as basket and order need them, by id. Loads: 1 statement for any number."""
    from marketplace.catalog.queries.buying import load

    return load(variant_ids, lang)
