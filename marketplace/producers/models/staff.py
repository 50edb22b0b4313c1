"""Tables of those who act for a producer."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class Staff(Model):
    """A person who acts for a producer, in one role."""

    __tablename__ = "staff"
    __table_args__ = (
        CheckConstraint("role IN ('owner','editor','service','shipping')", name="role"),
        Index("uq_staff_open", "producer_id", "person_id", unique=True,
              sqlite_where=text("until IS NULL"), postgresql_where=text("until IS NULL")),
        Index("ix_staff_person_id", "person_id"),
    )

    id: Mapped[Key]
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str] = mapped_column(String(10))
    shown_name: Mapped[str] = mapped_column(String(40))
    title: Mapped[str | None] = mapped_column(String(60))
    praise_ok: Mapped[bool] = mapped_column(server_default=false(), default=False)
    since: Mapped[date]
    until: Mapped[date | None]


class StaffLink(Model):
    """An invitation to act for a producer: a link that works once, for seven days."""

    __tablename__ = "staff_links"
    __table_args__ = (
        CheckConstraint("role IN ('owner','editor','service','shipping')", name="role"),
        Index("ix_staff_links_producer_id", "producer_id"),
    )

    id: Mapped[Key]
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    role: Mapped[str] = mapped_column(String(10))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    expires_at: Mapped[datetime]
    used_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
