"""A product, its words, particulars and pictures, and the shelves it stands on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model

STATES = ("draft", "published", "paused", "withdrawn", "stopped")


class Category(Model):
    """A shelf; the top level is the main category."""

    __tablename__ = "categories"
    __table_args__ = (CheckConstraint("age_class IN (0, 16, 18)", name="age_class"),)

    id: Mapped[Key]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name_de: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80))
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"))
    template: Mapped[str] = mapped_column(String(20))
    tax_category: Mapped[str] = mapped_column(String(12), default="standard")
    age_class: Mapped[int] = mapped_column(default=0)
    opinion_after_days: Mapped[int] = mapped_column(default=14)
    rebuy: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)


class Product(Model):
    """What is judged and sold; never deleted once published.

    `held_state`: what its state is without the decision that took it away; meanwhile it is a draft.
    The columns from `main_category_id` on are copies for cards, kept in the same transaction.
    """

    __tablename__ = "products"
    __table_args__ = (
        CheckConstraint("state IN ('draft','published','paused','withdrawn','stopped')",
                        name="state"),
        CheckConstraint(
            "withdrawal IN ('yes','made_to_measure','perishable','sealed_hygiene','en_primeur')",
            name="withdrawal"),
        CheckConstraint("age_class IN (0, 16, 18)", name="age_class"),
        Index("ix_products_category", "category_id", "state"),
        Index("ix_products_main_category", "main_category_id", "state"),
        CheckConstraint("guarantee_years IS NULL OR guarantee_years BETWEEN 1 AND 99",
                        name="guarantee"),
        Index("ix_products_producer", "producer_id", "state"),
    )

    id: Mapped[Key]
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"))
    slug: Mapped[str] = mapped_column(String(90), unique=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    state: Mapped[str] = mapped_column(String(10), default="draft")
    age_class: Mapped[int] = mapped_column(default=0)
    tax_category: Mapped[str] = mapped_column(String(12), default="standard")
    withdrawal: Mapped[str] = mapped_column(String(16), default="yes")
    not_for_de: Mapped[str] = mapped_column(String(300), default="")
    not_for_en: Mapped[str] = mapped_column(String(300), default="")
    place_of_making: Mapped[str] = mapped_column(String(120), default="")
    opinion_after_days: Mapped[int | None]
    published_at: Mapped[datetime | None]
    wanted_at: Mapped[datetime | None]
    held_state: Mapped[str | None] = mapped_column(String(10))
    withdrawn_why: Mapped[str | None] = mapped_column(String(300))
    replaced_by: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    guarantee_years: Mapped[int | None]
    guarantee_words: Mapped[str] = mapped_column(
        String(300), server_default=text("''"), default="")
    gaps_since: Mapped[datetime | None]
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    elsewhere_url: Mapped[str | None] = mapped_column(String(300))
    version: Mapped[int] = mapped_column(default=1)
    main_category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"))
    main_picture_id: Mapped[int | None]
    price_from_minor: Mapped[int | None]
    price_to_minor: Mapped[int | None]
    deposit_minor: Mapped[int] = mapped_column(server_default=text("0"), default=0)
    unit_price_minor: Mapped[int | None]
    unit_price_of: Mapped[str | None] = mapped_column(String(4))
    in_stock: Mapped[bool] = mapped_column(default=False)
    low30_minor: Mapped[int | None]
    reduction_kind: Mapped[str | None] = mapped_column(String(10))
    last_change_at: Mapped[datetime]


class OldSlug(Model):
    """A former address of a product."""

    __tablename__ = "old_slugs"

    slug: Mapped[str] = mapped_column(String(90), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))


class ProductText(Model):
    """The producer's words about a product in one language."""

    __tablename__ = "product_texts"

    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    lang: Mapped[str] = mapped_column(String(2), primary_key=True)
    title: Mapped[str] = mapped_column(String(80))
    teaser: Mapped[str] = mapped_column(String(160), default="")
    story: Mapped[str] = mapped_column(Text, default="")
    use: Mapped[str] = mapped_column(Text, default="")
    care: Mapped[str] = mapped_column(Text, default="")


class Particular(Model):
    """One fact about a product or lot, as the category's template asks for it."""

    __tablename__ = "particulars"
    __table_args__ = (
        UniqueConstraint("product_id", "lot_id", "key", "lang"),
        CheckConstraint("source IN ('producer','checked')", name="source"),
    )

    id: Mapped[Key]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lots.id"))
    key: Mapped[str] = mapped_column(String(40))
    value: Mapped[Any] = mapped_column(JSON)
    lang: Mapped[str | None] = mapped_column(String(2))
    source: Mapped[str] = mapped_column(String(8), default="producer")


class FactValue(Model):
    """The filterable part of a particular."""

    __tablename__ = "fact_values"
    __table_args__ = (Index("ix_fact_values_key", "key", "value_code"),)

    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value_code: Mapped[str] = mapped_column(String(80), primary_key=True)
    number: Mapped[float | None]


class FactWord(Model):
    """What a value is called by which one filters."""

    __tablename__ = "fact_words"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    code: Mapped[str] = mapped_column(String(80), primary_key=True)
    de: Mapped[str] = mapped_column(String(40))
    en: Mapped[str] = mapped_column(String(40))


class Picture(Model):
    """A picture with its licence; the renditions are files named by content hash."""

    __tablename__ = "pictures"
    __table_args__ = (
        CheckConstraint("kind IN ('photo','drawn','spin','model')", name="kind"),
        CheckConstraint("licence IN ('own','producer','cc0','cc-by','cc-by-sa')", name="licence"),
        CheckConstraint("licence NOT IN ('cc-by','cc-by-sa') OR credit IS NOT NULL", name="credit"),
        CheckConstraint("length(alt_de) > 0 OR length(alt_en) > 0", name="alt"),
        Index("ix_pictures_product", "product_id", "position"),
    )

    id: Mapped[Key]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lots.id"))
    position: Mapped[int] = mapped_column(default=0)
    file: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(8), default="photo")
    alt_de: Mapped[str] = mapped_column(String(200), default="")
    alt_en: Mapped[str] = mapped_column(String(200), default="")
    licence: Mapped[str] = mapped_column(String(10), default="producer")
    credit: Mapped[str | None] = mapped_column(String(120))
    width: Mapped[int]
    height: Mapped[int]
    tint: Mapped[str] = mapped_column(String(7), default="#F1EADF")
    renditions: Mapped[list[Any]] = mapped_column(JSON, default=list)
    size_bytes: Mapped[int | None]
    people_agree: Mapped[bool] = mapped_column(server_default=false(), default=False)


class Occasion(Model):
    """What one needs something for; the closed list with the words that mean it."""

    __tablename__ = "occasions"

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name_de: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(60))
    words_de: Mapped[list[Any]] = mapped_column(JSON, default=list)
    words_en: Mapped[list[Any]] = mapped_column(JSON, default=list)
    position: Mapped[int] = mapped_column(default=0)


class ProductOccasion(Model):
    """The producer says: it fits this."""

    __tablename__ = "product_occasions"
    __table_args__ = (Index("ix_product_occasions_occasion_id", "occasion_id"),)

    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    occasion_id: Mapped[int] = mapped_column(ForeignKey("occasions.id"), primary_key=True)
