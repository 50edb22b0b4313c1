"""What the market advanced to buyers for refunds whose producer could not cover them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Model


class Advance(Model):
    """A producer's debt for one refund; minor units.

    `back_minor`: what came back, or is kept of transfers that are on their way.
    """

    __tablename__ = "advances"
    __table_args__ = (
        CheckConstraint("minor > 0 AND 0 <= back_minor AND back_minor <= minor", name="minor"),
        Index("ix_advances_open", "producer_id", "mode", sqlite_where=text("back_minor < minor"),
              postgresql_where=text("back_minor < minor")),
    )

    refund_id: Mapped[int] = mapped_column(ForeignKey("refunds.id"), primary_key=True)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    mode: Mapped[str] = mapped_column(String(4))
    minor: Mapped[int]
    back_minor: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
