"""Table of what proves a producer's words: who says so, under which number, until when."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class Evidence(Model):
    """Somebody else's confirmation, in words and with a number; shown while checked and valid."""

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint("kind IN ('organic','origin','animal','working_conditions','craft',"
                        "'other')", name="kind"),
        UniqueConstraint("producer_id", "kind", "issuer", "number"),
        Index("ix_evidence_until", "until"),
    )

    id: Mapped[Key]
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    kind: Mapped[str] = mapped_column(String(20))
    issuer: Mapped[str] = mapped_column(String(120))
    number: Mapped[str] = mapped_column(String(60))
    until: Mapped[date]
    public_url: Mapped[str | None] = mapped_column(String(300))
    document: Mapped[str | None] = mapped_column(String(80))
    document_type: Mapped[str] = mapped_column(String(4), server_default=text("''"), default="")
    handed_in_at: Mapped[datetime]
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    checked_at: Mapped[datetime | None]
    back_words: Mapped[str] = mapped_column(String(300), default="")
    warned_at: Mapped[datetime | None]
    expired_at: Mapped[datetime | None]
