"""What is bought: variants with price and stock, the lots they come from, the price history."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class Lot(Model):
    """A vintage, batch or edition."""

    __tablename__ = "lots"
    __table_args__ = (
        UniqueConstraint("product_id", "label"),
        CheckConstraint("kind IN ('vintage','batch','edition')", name="kind"),
        CheckConstraint("state IN ('coming','current','past')", name="state"),
    )

    id: Mapped[Key]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    label: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(8))
    made_on: Mapped[date | None]
    sequence: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(8), default="current")
    best_before: Mapped[date | None]
    stopped_at: Mapped[datetime | None]
    stopped_why: Mapped[str] = mapped_column(String(300), server_default=text("''"), default="")


class SafetyStop(Model):
    """A product, or one lot of it, nobody may buy for safety: who said so, who lifted it, why."""

    __tablename__ = "safety_stops"
    __table_args__ = (Index("ix_safety_stops_product", "product_id", "lot_id"),
                      Index("ix_safety_stops_lifted", "lifted_at", "at"))

    id: Mapped[Key]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lots.id"))
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    why: Mapped[str] = mapped_column(String(300))
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    lifted_why: Mapped[str] = mapped_column(String(300), default="")


class Variant(Model):
    """One thing that can be put into a basket. Prices in minor units, amounts in `unit`."""

    __tablename__ = "variants"
    __table_args__ = (
        UniqueConstraint("producer_id", "sku"),
        CheckConstraint("price_minor > 0", name="price"),
        CheckConstraint(
            "made_to_order OR (0 <= reserved AND reserved <= on_hand)", name="stock"),
        CheckConstraint("unit IN ('ml','g','cm','cm2','piece')", name="unit"),
        Index("ix_variants_product", "product_id", "position"),
        Index("ix_variants_gtin", "gtin"),
    )

    id: Mapped[Key]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lots.id"))
    label_de: Mapped[str] = mapped_column(String(80), default="")
    label_en: Mapped[str] = mapped_column(String(80), default="")
    options: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    sku: Mapped[str] = mapped_column(String(40))
    gtin: Mapped[str | None] = mapped_column(String(14))
    price_minor: Mapped[int]
    deposit_minor: Mapped[int] = mapped_column(default=0)
    amount: Mapped[int] = mapped_column(default=1)
    unit: Mapped[str] = mapped_column(String(6), default="piece")
    drained: Mapped[int | None]
    weight_g: Mapped[int] = mapped_column(default=0)
    on_hand: Mapped[int] = mapped_column(default=0)
    reserved: Mapped[int] = mapped_column(default=0)
    made_to_order: Mapped[bool] = mapped_column(default=False)
    lead_days: Mapped[int | None]
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    low_at: Mapped[int | None]
    low_told_at: Mapped[datetime | None]


class Price(Model):
    """A price and when it was in force; one open row per variant."""

    __tablename__ = "prices"
    __table_args__ = (
        Index("ix_prices_variant", "variant_id", "from_at"),
        Index("uq_prices_open", "variant_id", unique=True,
              sqlite_where=text("to_at IS NULL"), postgresql_where=text("to_at IS NULL")),
    )

    id: Mapped[Key]
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"))
    price_minor: Mapped[int]
    from_at: Mapped[datetime]
    to_at: Mapped[datetime | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Reduction(Model):
    """The only thing from which a struck price may be printed (30-day rule)."""

    __tablename__ = "reductions"
    __table_args__ = (
        CheckConstraint("kind IN ('plain','perishable')", name="kind"),
        CheckConstraint("kind <> 'plain' OR new_minor < low30_minor", name="lower"),
        Index("ix_reductions_variant_id", "variant_id"),
        Index("uq_reductions_open", "variant_id", unique=True,
              sqlite_where=text("to_at IS NULL"), postgresql_where=text("to_at IS NULL")),
    )

    id: Mapped[Key]
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"))
    before_minor: Mapped[int]
    low30_minor: Mapped[int]
    new_minor: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10), default="plain")
    from_at: Mapped[datetime]
    to_at: Mapped[datetime | None]


class StockMark(Model):
    """When a variant became available or ran out."""

    __tablename__ = "stock_marks"
    __table_args__ = (Index("ix_stock_marks_variant", "variant_id", "at"),)

    id: Mapped[Key]
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"))
    at: Mapped[datetime]
    available: Mapped[bool]
