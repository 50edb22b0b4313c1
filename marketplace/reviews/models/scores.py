"""Kept counts and scores, and the parameters that were in force."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class Score(Model):
    """The counts of one product, or of one of its lots; rebuilt nightly from `ratings`."""

    __tablename__ = "scores"
    __table_args__ = (
        Index("uq_scores_product", "product_id", unique=True,
              sqlite_where=text("lot_id IS NULL"), postgresql_where=text("lot_id IS NULL")),
        Index("uq_scores_lot", "product_id", "lot_id", unique=True,
              sqlite_where=text("lot_id IS NOT NULL"),
              postgresql_where=text("lot_id IS NOT NULL")),
    )

    id: Mapped[Key]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lots.id"))
    k: Mapped[int] = mapped_column(default=0)
    n: Mapped[int] = mapped_column(default=0)
    buyers: Mapped[int] = mapped_column(default=0)
    stars_n: Mapped[int] = mapped_column(default=0)
    stars_sum: Mapped[int] = mapped_column(default=0)
    stars_1: Mapped[int] = mapped_column(default=0)
    stars_2: Mapped[int] = mapped_column(default=0)
    stars_3: Mapped[int] = mapped_column(default=0)
    stars_4: Mapped[int] = mapped_column(default=0)
    stars_5: Mapped[int] = mapped_column(default=0)
    value_yes: Mapped[int] = mapped_column(default=0)
    value_n: Mapped[int] = mapped_column(default=0)
    delight_d: Mapped[int] = mapped_column(default=0)
    delight_o: Mapped[int] = mapped_column(default=0)
    delight_b: Mapped[int] = mapped_column(default=0)
    kw: Mapped[float] = mapped_column(default=0.0)
    nw: Mapped[float] = mapped_column(default=0.0)
    decayed_on: Mapped[date | None]
    mu: Mapped[float] = mapped_column(default=0.8)
    m: Mapped[float] = mapped_column(default=10.0)
    mean: Mapped[float] = mapped_column(default=0.8)
    q10: Mapped[float] = mapped_column(default=0.6316)
    first_at: Mapped[datetime | None]
    last_at: Mapped[datetime | None]
    invited_k: Mapped[int] = mapped_column(server_default=text("0"), default=0)
    invited_n: Mapped[int] = mapped_column(server_default=text("0"), default=0)
    spont_k: Mapped[int] = mapped_column(server_default=text("0"), default=0)
    spont_n: Mapped[int] = mapped_column(server_default=text("0"), default=0)
    drift: Mapped[str | None] = mapped_column(String(6))


class GroupScore(Model):
    """The counted answers of a group's members to one product."""

    __tablename__ = "group_scores"
    __table_args__ = (Index("ix_group_scores_product_id", "product_id"),)

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    k: Mapped[int] = mapped_column(default=0)
    n: Mapped[int] = mapped_column(default=0)


class ScoreDay(Model):
    """The counts of a product at the end of a day on which they changed; kept for 2 years."""

    __tablename__ = "score_days"
    __table_args__ = (Index("ix_score_days_day", "day"),)

    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    k: Mapped[int]
    n: Mapped[int]
    buyers: Mapped[int]


class ScoreDifference(Model):
    """A kept count that the night found wrong and corrected; each is a fault to look into."""

    __tablename__ = "score_differences"
    __table_args__ = (Index("ix_score_differences_found_at", "found_at"),)

    id: Mapped[Key]
    found_at: Mapped[datetime]
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lots.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"))
    name: Mapped[str] = mapped_column(String(12))
    kept: Mapped[float]
    counted: Mapped[float]


class FormulaVersion(Model):
    """The parameters of all formulas from a moment on, with the reason for the change."""

    __tablename__ = "formula_versions"

    id: Mapped[Key]
    valid_from: Mapped[datetime]
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON)
    why_de: Mapped[str] = mapped_column(String(300))
    why_en: Mapped[str] = mapped_column(String(300))
