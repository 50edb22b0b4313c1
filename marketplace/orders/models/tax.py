"""Rates of VAT: which in which country, for which sellers and goods, since when."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class TaxRate(Model):
    """A rate of a category (or "*") in a country for sellers of a status; periods never overlap.

    `note` is the key of a sentence the document has to carry; `source` the law.
    """

    __tablename__ = "tax_rates"
    __table_args__ = (
        UniqueConstraint("status", "country", "category", "valid_from"),
        CheckConstraint("status IN ('regular','small','flat_rate')", name="status"),
        CheckConstraint("bp BETWEEN 0 AND 5000", name="bp"),
        CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", name="order"),
    )

    id: Mapped[Key]
    status: Mapped[str] = mapped_column(String(10))
    country: Mapped[str] = mapped_column(String(2))
    category: Mapped[str] = mapped_column(String(12))
    bp: Mapped[int]
    note: Mapped[str] = mapped_column(String(20), default="")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(200), default="")
