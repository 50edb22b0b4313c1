"""Tables of `bundles`: how many members put two goods together, counted from public bundles."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Model


class PairCount(Model):
    """Two goods that enough different authors put together; the lower id stands first."""

    __tablename__ = "pair_counts"
    __table_args__ = (CheckConstraint("product_id < other_id", name="order"),
                      Index("ix_pair_counts_other_id", "other_id"))

    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    authors: Mapped[int]
