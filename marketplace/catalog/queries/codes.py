"""Goods by the codes that stand on them, and what a label must say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from marketplace.catalog.models import Particular, Product, ProductText, Variant
from marketplace.catalog.queries.cards import PUBLIC
from marketplace.catalog.queries.shelves import shelves
from marketplace.catalog.queries.studio import said_in
from marketplace.catalog.rules.codes import short_code, typed_gtin
from marketplace.catalog.rules.templates import fields_of
from marketplace.foundation.database import db, read

ON_LABEL = ("ingredients", "nutrition", "allergens", "recycling")
"""What an electronic label says, in this order (Reg. (EU) 2021/2117)."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A product that has a page, by its short code."""

    id: int
    slug: str
    code: str
    producer_slug: str


@dataclass(frozen=True, slots=True)
class LabelSection:
    """A label in one language: the name, and (what, words or (name, amount) rows)."""

    lang: str
    title: str
    facts: Sequence[tuple[str, str, Sequence[tuple[str, str]]]]


@dataclass(frozen=True, slots=True)
class LabelGoods:
    """A product as labels are printed for it."""

    id: int
    code: str
    title: str


def coded(typed: str) -> Coded | None:
    """The product of a short code, if it has a page. Loads: at most 1 statement."""
    from marketplace.producers.models import Producer

    code, _confusing = short_code(typed)
    if not code:
        return None
    row = db.session.execute(
        select(Product.id, Product.slug, Product.code, Producer.slug)
        .join(Producer, Producer.id == Product.producer_id)
        .where(Product.code == code, Product.state.in_(PUBLIC))).first()
    return None if row is None else Coded(*row)


def slug_of_code(words: str) -> str | None:
    """Where the product of a typed or scanned GTIN or short code is. Loads: at most 1 statement.

    Of several with one GTIN the one that can be had, then the oldest.
    """
    gtin, (code, _confusing) = typed_gtin(words), short_code(words)
    if gtin:
        return db.session.scalar(
            select(Product.slug).join(Variant, Variant.product_id == Product.id)
            .where(Variant.gtin.in_(_spellings(gtin)), Variant.active, Product.state.in_(PUBLIC))
            .order_by(Product.state != "published", Product.in_stock.desc(), Product.id).limit(1))
    if code:
        return db.session.scalar(select(Product.slug).where(Product.code == code,
                                                            Product.state.in_(PUBLIC)))
    return None


def _spellings(gtin: str) -> list[str]:
    """A GTIN with and without the zeros before it: a UPC is an EAN that begins with 0."""
    bare = gtin.lstrip("0")
    return sorted({gtin, *(bare.zfill(length) for length in (8, 12, 13, 14)
                           if length >= len(bare))})


def label_sections(product_id: int) -> Sequence[LabelSection]:
    """What the electronic label says, in German and English. Loads: 3 statements."""
    row = read(select(Product.category_id).where(Product.id == product_id))[0]
    titles = {one.lang: one.title for one in read(
        select(ProductText.lang, ProductText.title).where(ProductText.product_id == product_id))}
    facts = read(select(Particular).where(Particular.product_id == product_id,
                                          Particular.key.in_(ON_LABEL)).order_by(Particular.id))
    shelf = shelves().get(row.category_id)
    names = {field.key: field for field in fields_of(shelf.template if shelf else "")}
    sections = []
    for lang in ("de", "en"):
        said = said_in(lang, facts)
        title = titles.get(lang) or next(iter(titles.values()), "")
        rows = [(names[key].de if lang == "de" else names[key].en, *_said(said[key]))
                for key in ON_LABEL if key in said and key in names]
        sections.append(LabelSection(lang, title, rows))
    return sections


def _said(value: Any) -> tuple[str, Sequence[tuple[str, str]]]:
    """Words, or rows of name and amount."""
    if isinstance(value, dict):
        return "", [(str(name), str(part)) for name, part in value.items()]
    if isinstance(value, list):
        return ", ".join(map(str, value)), ()
    return str(value), ()


def label_goods(producer_id: int, lang: str, limit: int = 1_000) -> Sequence[LabelGoods]:
    """A producer's goods that a label can point to, by name. Loads: 1 statement."""
    own, other = aliased(ProductText), aliased(ProductText)
    title = func.coalesce(own.title, other.title, Product.slug)
    return [LabelGoods(*row) for row in read(
        select(Product.id, Product.code, title.label("title"))
        .outerjoin(own, and_(own.product_id == Product.id, own.lang == lang))
        .outerjoin(other, and_(other.product_id == Product.id, other.lang != lang))
        .where(Product.producer_id == producer_id, Product.state.in_(("published", "paused")))
        .order_by(title, Product.id).limit(limit))]


def code_of(product_id: int) -> str:
    """A product's short code. Loads: 1 statement."""
    return db.session.scalar(select(Product.code).where(Product.id == product_id)) or ""


def elsewhere_of(product_id: int) -> str:
    """Where the producer's own shop has it; "" if nowhere. Loads: 1 statement."""
    return db.session.scalar(select(Product.elsewhere_url).where(Product.id == product_id)) or ""


def gtins_of(product_id: int) -> Mapping[str, str]:
    """A product's barcodes by its own numbers. Loads: 1 statement."""
    return {row.sku: row.gtin for row in read(
        select(Variant.sku, Variant.gtin).where(Variant.product_id == product_id, Variant.active,
                                                Variant.gtin.is_not(None)))}
