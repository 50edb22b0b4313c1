"""What the marketplace takes of every sale, since when."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class FeeRule(Model):
    """The commission from a day on, the same for every house; never changed."""

    __tablename__ = "fee_rules"
    __table_args__ = (
        CheckConstraint("0 <= commission_bp AND commission_bp <= 5000", name="commission_bp"),
    )

    id: Mapped[Key]
    commission_bp: Mapped[int]
    valid_from: Mapped[date] = mapped_column(unique=True)
    announced_on: Mapped[date]
    announced_at: Mapped[datetime]
    announced_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    why: Mapped[str] = mapped_column(String(300), default="")
