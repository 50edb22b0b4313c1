"""The ledger: every amount leaves one account for another; rows are never changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class LedgerMove(Model):
    """`minor` goes from one account to another; `batch` is the key of the fact, told once."""

    __tablename__ = "ledger_moves"
    __table_args__ = (
        UniqueConstraint("batch", "position"),
        CheckConstraint("minor > 0", name="minor"),
        CheckConstraint("from_account <> to_account", name="accounts"),
        Index("ix_ledger_moves_from", "from_account", "at"),
        Index("ix_ledger_moves_to", "to_account", "at"),
        Index("ix_ledger_moves_seller_order_id", "seller_order_id"),
        Index("ix_ledger_moves_reference", "reference"),
    )

    id: Mapped[Key]
    batch: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    at: Mapped[datetime]
    from_account: Mapped[str] = mapped_column(String(40))
    to_account: Mapped[str] = mapped_column(String(40))
    minor: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    seller_order_id: Mapped[int | None] = mapped_column(ForeignKey("seller_orders.id"))
    reason: Mapped[str] = mapped_column(String(16))
    reference: Mapped[str] = mapped_column(String(80), default="")
