"""Files of goods on their way in: checked row by row before anything is saved."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class Import(Model):
    """One file somebody gave us, with its counts."""

    __tablename__ = "imports"
    __table_args__ = (
        CheckConstraint("state IN ('checked','saving','saved','undone')", name="state"),
    )

    id: Mapped[Key]
    producer_id: Mapped[int | None] = mapped_column(ForeignKey("producers.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    file_name: Mapped[str] = mapped_column(String(200))
    file_hash: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(8), default="checked")
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    done: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]


class ImportRow(Model):
    """One row of such a file: what it says, its faults, and what saving it would do."""

    __tablename__ = "import_rows"
    __table_args__ = (
        CheckConstraint("effect IN ('new','changed','same','fault')", name="effect"),
        Index("ix_import_rows_import", "import_id", "number"),
    )

    id: Mapped[Key]
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"))
    number: Mapped[int]
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    faults: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    effect: Mapped[str] = mapped_column(String(8))
