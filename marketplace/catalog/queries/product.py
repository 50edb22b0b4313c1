"""One product with everything this room knows of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import String, and_, bindparam, cast, func, or_, select
from sqlalchemy.orm import aliased

from marketplace.catalog.models import (
    Lot,
    Particular,
    Picture,
    Price,
    Product,
    ProductCredit,
    ProductOccasion,
    ProductText,
    Reduction,
    Variant,
)
from marketplace.catalog.queries.around import from_lot, from_trader, from_variants
from marketplace.catalog.queries.cards import (
    PUBLIC,
    PictureView,
    alt_of,
    credit_of,
    picture_view,
)
from marketplace.catalog.queries.facts import Fact, facts_for, shelf_slugs
from marketplace.catalog.rules.fields import Around
from marketplace.catalog.rules.prices import Reduced, reduced, unit_price
from marketplace.foundation import clock
from marketplace.foundation.database import read
from marketplace.producers.models import Evidence, Producer, Trader
from marketplace.producers.rules.claims import without_organic


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
    lot_id: int | None = None
    reduction: Reduced | None = None
    stopped: bool = False

    @property
    def can_be_had(self) -> bool:
        """Whether a piece can be ordered now."""
        return not self.stopped and (self.made_to_order or self.available > 0)


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
    not_for_lang: str = ""
    guarantee_years: int | None = None
    guarantee_words: str = ""
    replaced_by: int | None = None
    stopped_lots: Sequence[tuple[str, str]] = ()
    credited: bool = False
    evidence: frozenset[str] = frozenset()
    spin: Sequence[PictureView] = ()
    models: Sequence[tuple[str, str, int]] = ()
    elsewhere_url: str = ""


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
    guarantee_years: int = 0


def product_view(slug: str, lang: str, drafts: bool = False) -> ProductView | None:
    """A product by its address. Loads: 4 statements, whatever its size."""
    found = read(_by_slug(lang), slug=slug, on=clock.today())
    if not found or (found[0].state not in PUBLIC and not drafts):
        return None
    row, of = found[0], _of_product()
    pictures = sorted(read(of.pictures, id=row.id), key=lambda p: p.id != row.main_picture_id)
    variants = read(of.variants, id=row.id)
    around = _around(row, variants)
    words = shown_words(row, around.evidence)
    not_for, not_for_lang = _not_for(row, lang)
    return ProductView(
        row.id, row.slug, row.code, row.state, row.producer_id, row.category_id,
        row.main_category_id, row.age_class, row.withdrawal, row.withdrawn_why or "",
        row.place_of_making, row.lang or lang, words["title"] or row.slug, words["teaser"],
        words["story"], words["use"], words["care"], not_for,
        _views(pictures, lang, "photo", "drawn"),
        [_variant(one, lang) for one in variants if one.active],
        facts_for(row.category_id, read(of.particulars, id=row.id), lang, around, row.lot_id),
        sorted(int(one) for one in (row.occasions or "").split()),
        {one.lot_id: one.lot for one in variants if one.lot_id}, row.published_at,
        not_for_lang, row.guarantee_years, row.guarantee_words, row.replaced_by,
        list({one.lot: (one.lot, one.stopped_why) for one in variants if one.stopped_at}.values()),
        bool(row.credits), around.evidence, _views(pictures, lang, "spin"),
        [(one.file, _said_of(one, lang), one.size_bytes or 0) for one in pictures
         if one.kind == "model"], row.elsewhere_url or "")


def _views(rows: Sequence[Any], lang: str, *kinds: str) -> list[PictureView]:
    """The pictures of some kinds that can be drawn."""
    return [view for one in rows if one.kind in kinds and (view := picture_view(one, lang))]


def _said_of(model: Any, lang: str) -> str:
    """What a model shows, and who made it."""
    return " · ".join(words for words in (alt_of(model, lang), credit_of(model)) if words)


def _around(row: Any, variants: Sequence[Any]) -> Around:
    """What is known of it besides its particulars."""
    lot = row if row.label else None
    given = {**from_trader(row), **from_lot(lot, row.code),
             **from_variants([one for one in variants if one.active])}
    return Around(given, shelf_slugs(row.category_id), frozenset((row.kinds or "").split()))


def _not_for(row: Any, lang: str) -> tuple[str, str]:
    """For whom it is not, and the language of that sentence."""
    own, other = (("de", "en") if lang == "de" else ("en", "de"))
    said = {"de": row.not_for_de, "en": row.not_for_en}
    return (said[own], own) if said[own] else (said[other], other)


def shown_words(row: Any, evidence: frozenset[str]) -> dict[str, str]:
    """Title and texts; words that need a certificate go when it has ended (catalog 3.6)."""
    words = {name: getattr(row, name) or "" for name in ("title", "teaser", "story", "use", "care")}
    if "organic" in evidence or row.state != "paused":
        return words
    return {name: without_organic(said, name == "title") for name, said in words.items()}


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
        Product.main_picture_id, Product.published_at, Product.guarantee_years,
        Product.guarantee_words, Product.replaced_by, Product.elsewhere_url,
        Producer.name, Producer.place, Producer.country.label("home"), Trader.legal_name,
        Trader.street, Trader.postcode, Trader.city, Trader.country, Trader.e_mail,
        Lot.id.label("lot_id"), Lot.label, Lot.kind, Lot.made_on, _evidence().label("kinds"),
        _credits().label("credits"), *words, occasions.label("occasions"))
            .join(Producer, Producer.id == Product.producer_id)
            .outerjoin(Trader, Trader.producer_id == Producer.id)
            .outerjoin(Lot, and_(Lot.product_id == Product.id, Lot.state == "current"))
            .outerjoin(own, and_(own.product_id == Product.id, own.lang == lang))
            .outerjoin(other, and_(other.product_id == Product.id, other.lang != lang))
            .where(Product.slug == bindparam("slug")).limit(1))


def _evidence() -> Any:
    """Kinds of the producer's valid evidence on a day, as one text."""
    return (select(func.aggregate_strings(Evidence.kind, " "))
            .where(Evidence.producer_id == Product.producer_id, Evidence.checked_by.is_not(None),
                   Evidence.until > bindparam("on")).scalar_subquery())


def _credits() -> Any:
    """How many had a part in it and agreed to be named."""
    return (select(func.count()).where(
        ProductCredit.product_id == Product.id, ProductCredit.consent_at.is_not(None))
        .scalar_subquery())


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
        select(Variant, Lot.label.label("lot"), Lot.stopped_at, Lot.stopped_why,
               Reduction.low30_minor, Reduction.kind.label("reduction_kind"))
        .outerjoin(Lot, Lot.id == Variant.lot_id)
        .outerjoin(Reduction, and_(Reduction.variant_id == Variant.id,
                                   Reduction.to_at.is_(None)))
        .where(Variant.product_id == this, or_(Variant.active, Lot.stopped_at.is_not(None)))
        .order_by(Variant.position, Variant.id),
        select(Particular).where(Particular.product_id == this).order_by(Particular.id))


def _variant(row: Any, lang: str) -> VariantView:
    per = unit_price(row.price_minor, row.amount, row.unit, row.drained)
    label = (row.label_de if lang == "de" else row.label_en) or row.label_de or row.label_en
    return VariantView(
        row.id, label, row.lot or "", row.price_minor, row.deposit_minor, per[0] if per else None,
        per[1] if per else "", row.on_hand - row.reserved, row.made_to_order, row.lead_days,
        row.sku, row.lot_id, reduced(row.low30_minor, row.reduction_kind, row.price_minor),
        row.stopped_at is not None,
    )


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


def buyable(variant_ids: Collection[int], lang: str) -> Mapping[int, Buyable]:
    """Variants as basket and order need them, by id. Loads: 1 statement for any number."""
    from marketplace.catalog.queries.buying import load

    return load(variant_ids, lang)
