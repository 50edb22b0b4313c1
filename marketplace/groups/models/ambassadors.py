"""People who speak for a house, one of its goods or a group."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class Ambassador(Model):
    """Somebody speaks for one thing, with what they have from it; both sides agreed or will."""

    __tablename__ = "ambassadors"
    __table_args__ = (
        CheckConstraint("state IN ('asked','offered','active','ended')", name="state"),
        CheckConstraint(
            "(CASE WHEN producer_id IS NULL THEN 0 ELSE 1 END) "
            "+ (CASE WHEN product_id IS NULL THEN 0 ELSE 1 END) "
            "+ (CASE WHEN group_id IS NULL THEN 0 ELSE 1 END) = 1", name="one_thing"),
        Index("ix_ambassadors_person_id", "person_id", "state"),
        Index("ix_ambassadors_producer_id", "producer_id"),
        Index("ix_ambassadors_product_id", "product_id"),
        Index("ix_ambassadors_group_id", "group_id"),
    )

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    producer_id: Mapped[int | None] = mapped_column(ForeignKey("producers.id"))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"))
    state: Mapped[str] = mapped_column(String(8))
    benefit: Mapped[str] = mapped_column(String(80), default="")
    words: Mapped[str] = mapped_column(String(280), default="")
    asked_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    since: Mapped[datetime | None]
    until: Mapped[datetime | None]
