"""Tables of `journal`: single entries with pseudonyms, view counts, keys of pseudonyms."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, LargeBinary, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class JournalEntry(Model):
    """One thing that happened; append-only."""

    __tablename__ = "journal_entries"
    __table_args__ = (
        Index("ix_journal_entries_type_at", "type", "at"),
        Index("ix_journal_entries_object", "object_kind", "object_id", "at"),
        Index("ix_journal_entries_actor_at", "actor", "at"),
    )

    id: Mapped[Key]
    at: Mapped[datetime]
    type: Mapped[int] = mapped_column(SmallInteger)
    actor: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    object_kind: Mapped[str | None] = mapped_column(String(16))
    object_id: Mapped[int | None]
    via_kind: Mapped[str | None] = mapped_column(String(16))
    via_id: Mapped[str | None] = mapped_column(String(40))
    extra: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class JournalCount(Model):
    """How often something was seen in an hour."""

    __tablename__ = "journal_counts"
    __table_args__ = (Index("ix_journal_counts_hour", "type", "hour"),)

    type: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    object_kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    object_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hour: Mapped[datetime] = mapped_column(primary_key=True)
    n: Mapped[int]


class JournalDay(Model):
    """Totals of one day, kept without limit; replaced as a whole when a day is folded again."""

    __tablename__ = "journal_days"

    type: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    object_kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    object_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(primary_key=True)
    via_kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    n: Mapped[int]
    actors: Mapped[int]


class JournalKey(Model):
    """The secret behind the pseudonyms of one period; emptied when destroyed."""

    __tablename__ = "journal_keys"
    __table_args__ = (UniqueConstraint("scope", "period"),)

    id: Mapped[Key]
    scope: Mapped[str] = mapped_column(String(8))
    period: Mapped[str] = mapped_column(String(12))
    secret: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    opened_at: Mapped[datetime]
    destroyed_at: Mapped[datetime | None]
