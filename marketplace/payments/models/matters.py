"""Money that needs a person: refunds made elsewhere, and corrections of the book."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class ForeignRefund(Model):
    """A refund somebody made at the provider itself; assigned to seller orders by a person."""

    __tablename__ = "foreign_refunds"

    id: Mapped[Key]
    payment_id: Mapped[int] = mapped_column(ForeignKey("payments.id"))
    reference: Mapped[str] = mapped_column(String(80), unique=True)
    minor: Mapped[int]
    found_at: Mapped[datetime]
    assigned_at: Mapped[datetime | None]
    by_name: Mapped[str] = mapped_column(String(80), default="")


class Correction(Model):
    """A move proposed by one person and made by another; minor units."""

    __tablename__ = "corrections"
    __table_args__ = (
        CheckConstraint("minor > 0", name="minor"),
        CheckConstraint("state IN ('waiting','made','dropped')", name="state"),
        CheckConstraint("state <> 'made' OR decided_by <> proposed_by", name="second"),
    )

    id: Mapped[Key]
    from_account: Mapped[str] = mapped_column(String(40))
    to_account: Mapped[str] = mapped_column(String(40))
    minor: Mapped[int]
    why: Mapped[str] = mapped_column(String(300))
    proposed_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    made_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
