"""Who has to do with a producer, and signs that an answer was not given freely."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class Relation(Model):
    """A person has to do with a producer; declared by themselves, or found."""

    __tablename__ = "relations"
    __table_args__ = (
        CheckConstraint("kind IN ('employee','family','supplier','competitor','free_sample',"
                        "'discount','ambassador')", name="kind"),
        CheckConstraint("source IN ('declared','found')", name="source"),
        UniqueConstraint("person_id", "producer_id", "kind", "since"),
    )

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    kind: Mapped[str] = mapped_column(String(12))
    benefit: Mapped[str | None] = mapped_column(String(80))
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    source: Mapped[str] = mapped_column(String(8))


class RatingFlag(Model):
    """A sign at one answer, with its evidence; a kind is raised once."""

    __tablename__ = "rating_flags"
    __table_args__ = (
        CheckConstraint("state IN ('open','confirmed','cleared')", name="state"),
        UniqueConstraint("rating_id", "kind"),
        Index("ix_rating_flags_state", "state", "due_at"),
    )

    id: Mapped[Key]
    rating_id: Mapped[int] = mapped_column(ForeignKey("ratings.id"))
    kind: Mapped[str] = mapped_column(String(20))
    points: Mapped[int]
    evidence: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(String(10), default="open")
    raised_at: Mapped[datetime]
    due_at: Mapped[datetime]


class TextPrint(Model):
    """One of the smallest shingle hashes of a version's words, to find copies by."""

    __tablename__ = "text_prints"
    __table_args__ = (Index("ix_text_prints_hash64", "hash64"),)

    rating_version_id: Mapped[int] = mapped_column(
        ForeignKey("rating_versions.id"), primary_key=True)
    hash64: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
