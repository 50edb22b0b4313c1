"""Tables of `touchpoints`: what portals, tests, blogs and the press say of goods and houses."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model
from marketplace.touchpoints.rules import KINDS, MOODS

_ABOUT_HOUSE = text("product_id IS NULL")
_ABOUT_GOODS = text("product_id IS NOT NULL")


class Mention(Model):
    """One text elsewhere about a house, or about one of its products."""

    __tablename__ = "mentions"
    __table_args__ = (
        CheckConstraint("kind IN (" + ",".join(f"'{one}'" for one in KINDS) + ")", name="kind"),
        CheckConstraint("mood IN (" + ",".join(f"'{one}'" for one in MOODS) + ")", name="mood"),
        CheckConstraint("length(excerpt) <= 300", name="excerpt"),
        Index("uq_mentions_house", "url", "producer_id", unique=True,
              sqlite_where=_ABOUT_HOUSE, postgresql_where=_ABOUT_HOUSE),
        Index("uq_mentions_goods", "url", "product_id", unique=True,
              sqlite_where=_ABOUT_GOODS, postgresql_where=_ABOUT_GOODS),
        Index("ix_mentions_producer_id", "producer_id", "published_on"),
        Index("ix_mentions_product_id", "product_id", "published_on"),
        Index("ix_mentions_checked_at", "checked_at"),
    )

    id: Mapped[Key]
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    url: Mapped[str] = mapped_column(String(300))
    source: Mapped[str] = mapped_column(String(80))
    published_on: Mapped[date]
    kind: Mapped[str] = mapped_column(String(8))
    mood: Mapped[str] = mapped_column(String(8))
    excerpt: Mapped[str] = mapped_column(String(300), default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    checked_at: Mapped[datetime]
    dead_told_at: Mapped[datetime | None]
    dead: Mapped[bool] = mapped_column(default=False)
