"""What a producer sees of their own goods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from marketplace.catalog.models import (
    Lot,
    Particular,
    Picture,
    Product,
    ProductOccasion,
    ProductText,
)
from marketplace.catalog.queries.readiness import Gathered, gathered, obstacles
from marketplace.catalog.rules.grace import GRACE
from marketplace.foundation import clock
from marketplace.foundation.database import db


@dataclass(frozen=True, slots=True)
class OwnProduct:
    """A row of the studio's list; prices in minor units.

    missing: field -> sentence. `due` is the day by which something missing has to stand there.
    """

    id: int
    slug: str
    state: str
    title: str
    category_id: int
    missing: Mapping[str, str]
    due: date | None
    variants: Sequence[OwnVariant]
    held: bool


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
    active: bool = True
    made_to_order: bool = False
    lot_id: int | None = None
    reduced: bool = False

    @property
    def available(self) -> int:
        """What can still be ordered."""
        return self.on_hand - self.reserved


@dataclass(frozen=True, slots=True)
class OwnLot:
    """A lot as its producer sees it."""

    id: int
    label: str
    kind: str
    state: str
    made_on: date | None
    best_before: date | None
    stopped_at: datetime | None
    stopped_why: str


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
    code: str
    withdrawal: str
    guarantee_years: int | None
    guarantee_words: str
    withdrawn_why: str
    gaps_since: datetime | None
    published_at: datetime | None
    lots: Sequence[OwnLot]
    gathered: Gathered

    @property
    def title(self) -> str:
        """A name to call it by in the studio."""
        return next((text[0] for text in self.texts.values() if text[0]), self.slug)


def own_products(producer_id: int, lang: str, offset: int, limit: int
                 ) -> tuple[Sequence[OwnProduct], int]:
    """A producer's goods, drafts first, and how many there are. Loads: 4 statements."""
    counted = db.session.execute(
        select(Product.id, func.count().over().label("total"))
        .where(Product.producer_id == producer_id)
        .order_by(Product.state != "draft", Product.last_change_at.desc(), Product.id)
        .offset(offset).limit(limit)).all()
    ids = [row.id for row in counted]
    found = gathered(ids, clock.today())
    other = "en" if lang == "de" else "de"
    rows = []
    for product_id in ids:
        one = found[product_id]
        product, texts = one.product, one.texts
        rows.append(OwnProduct(
            product_id, product.slug, product.state,
            texts[lang]["title"] or texts[other]["title"] or product.slug, product.category_id,
            {} if product.state in ("withdrawn", "stopped") else obstacles(one),
            clock.in_zone(product.gaps_since + GRACE).date() if product.gaps_since else None,
            _variants(one.all_variants, lang), product.held_state is not None))
    return rows, counted[0].total if counted else _count(producer_id)


def _count(producer_id: int) -> int:
    return db.session.scalar(select(func.count()).where(Product.producer_id == producer_id)) or 0


def _variants(rows: Sequence[Any], lang: str) -> list[OwnVariant]:
    """Rows of variants as their producer sees them, those on offer first."""
    found = []
    for row in sorted(rows, key=lambda row: (not row.active, row.position, row.id)):
        label = (row.label_de or row.label_en) if lang == "de" else (row.label_en or row.label_de)
        found.append(OwnVariant(
            row.id, row.sku, label, row.price_minor, row.on_hand, row.reserved, row.amount,
            row.unit, row.active, row.made_to_order, row.lot_id, row.struck is not None))
    return found


def draft(product_id: int, lang: str) -> Draft | None:
    """One product for its form. Loads: 9 statements."""
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
    one = gathered([product_id], clock.today())[product_id]
    pictures = db.session.scalars(select(Picture).where(
        Picture.product_id == product_id).order_by(Picture.position, Picture.id)).all()
    return Draft(
        row.id, row.producer_id, row.category_id, row.slug, row.state, row.version, texts,
        {"de": row.not_for_de, "en": row.not_for_en}, row.place_of_making, facts, occasions,
        _variants(one.all_variants, lang), pictures, row.code, row.withdrawal,
        row.guarantee_years, row.guarantee_words, row.withdrawn_why or "", row.gaps_since,
        row.published_at, lots_of(product_id), one)


def lots_of(product_id: int) -> Sequence[OwnLot]:
    """Vintages, batches and editions, newest first. Loads: 1 statement."""
    return [OwnLot(row.id, row.label, row.kind, row.state, row.made_on, row.best_before,
                   row.stopped_at, row.stopped_why) for row in db.session.scalars(
        select(Lot).where(Lot.product_id == product_id)
        .order_by(Lot.sequence.desc(), Lot.id.desc()).limit(100))]


def lot_facts(lot_id: int, lang: str) -> dict[str, Any]:
    """What a lot says for itself, in a language or another one. Loads: 1 statement."""
    return said_in(lang, db.session.scalars(
        select(Particular).where(Particular.lot_id == lot_id).order_by(Particular.id)).all())


def said_in(lang: str, rows: Sequence[Particular]) -> dict[str, Any]:
    """Values by key: in this language, for both, or in the other one where nothing else is said."""
    found: dict[str, Any] = {}
    for row in sorted(rows, key=lambda row: row.lang in (None, lang)):
        if row.lang in (None, lang) or row.key not in found:
            found[row.key] = row.value
    return found


def siblings(producer_id: int, product_id: int, lang: str) -> Sequence[tuple[int, str]]:
    """Other goods of a house on sale, by title. Loads: 1 statement."""
    titles: dict[int, str] = {}
    for row in db.session.execute(
            select(Product.id, ProductText.title, ProductText.lang)
            .join(ProductText, ProductText.product_id == Product.id)
            .where(Product.producer_id == producer_id, Product.id != product_id,
                   Product.state == "published").order_by(Product.id).limit(1_000)):
        if row.lang == lang or row.id not in titles:
            titles[row.id] = row.title
    return sorted(titles.items(), key=lambda one: one[1].lower())
