"""Files of goods on their way in: checked row by row before anything is saved."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class Import(Model):
    """One file somebody gave us: how it is read, how far it is, and what came of it.

    `plan` holds mode (sale or drafts), lang, category, columns (theirs -> ours), header, samples,
    and names of the pictures beside it with their fault or "".
    """

    __tablename__ = "imports"
    __table_args__ = (
        CheckConstraint("state IN ('columns','reading','checked','saving','saved','undoing',"
                        "'undone','broken')", name="state"),
        Index("ix_imports_producer", "producer_id", "made_at"),
    )

    id: Mapped[Key]
    producer_id: Mapped[int | None] = mapped_column(ForeignKey("producers.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    file_name: Mapped[str] = mapped_column(String(200))
    file_hash: Mapped[str] = mapped_column(String(64))
    file: Mapped[str] = mapped_column(String(80), default="")
    pictures_file: Mapped[str] = mapped_column(String(80), default="")
    state: Mapped[str] = mapped_column(String(8), default="checked")
    plan: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
    saved_at: Mapped[datetime | None]


class ImportRow(Model):
    """One row of such a file: what it says, its faults, and what saving it would do.

    `product_key` joins the rows of one product. `changes` maps our names to [old, new]; `undo`
    says, once it is saved, what was made or changed.
    """

    __tablename__ = "import_rows"
    __table_args__ = (
        CheckConstraint("effect IN ('unread','new','changed','same','fault')", name="effect"),
        Index("ix_import_rows_import", "import_id", "number"),
        Index("ix_import_rows_effect", "import_id", "effect", "product_key", "number"),
        Index("ix_import_rows_saved", "import_id", "saved", "product_key", "number"),
        Index("ix_import_rows_product", "import_id", "product_key"),
        Index("ix_import_rows_sku", "import_id", "sku"),
    )

    id: Mapped[Key]
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"))
    number: Mapped[int]
    sku: Mapped[str] = mapped_column(String(60), default="")
    product_key: Mapped[str] = mapped_column(String(120), default="")
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    faults: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    hints: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    changes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    effect: Mapped[str] = mapped_column(String(8))
    saved: Mapped[bool] = mapped_column(default=False)
    undo: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class ImportColumn(Model):
    """What a producer's own column meant the last time; "" for one that is left out."""

    __tablename__ = "import_columns"

    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"), primary_key=True)
    word: Mapped[str] = mapped_column(String(80), primary_key=True)
    ours: Mapped[str] = mapped_column(String(60))
