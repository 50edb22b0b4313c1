"""What a producer's bank told of our orders: files taken, and the entries that are about us."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class StatementFile(Model):
    """A file that was taken, with how many entries of each kind stood in it; its text is not kept.

    `columns`: what the columns of a CSV were taken for, to be offered with the next file.
    """

    __tablename__ = "statement_files"
    __table_args__ = (UniqueConstraint("producer_id", "sha256"),)

    id: Mapped[Key]
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(120), default="")
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    columns: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    by_name: Mapped[str] = mapped_column(String(80), default="")
    made_at: Mapped[datetime]


class StatementEntry(Model):
    """One entry that is about an order or a refund of ours; signed minor units.

    No name, account or text of the payer is kept. `counted_at`: when its money was counted.
    """

    __tablename__ = "statement_entries"
    __table_args__ = (
        UniqueConstraint("producer_id", "entry_key"),
        CheckConstraint("state IN ('matched','part','over','late','revived','by_hand',"
                        "'returned','refunded')", name="state"),
        Index("ix_statement_entries_file", "file_id", "counted_at"),
    )

    id: Mapped[Key]
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    file_id: Mapped[int] = mapped_column(ForeignKey("statement_files.id"))
    entry_key: Mapped[str] = mapped_column(String(64))
    booked_on: Mapped[date]
    minor: Mapped[int]
    state: Mapped[str] = mapped_column(String(10))
    confirmed: Mapped[bool] = mapped_column(default=False)
    seller_order_id: Mapped[int | None] = mapped_column(ForeignKey("seller_orders.id"))
    refund_id: Mapped[int | None] = mapped_column(ForeignKey("refunds.id"))
    counted_at: Mapped[datetime | None]
