"""Dates of groups and houses, and who comes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class Date(Model):
    """Something that happens at a time and a place, for a group or a house."""

    __tablename__ = "dates"
    __table_args__ = (
        CheckConstraint("(group_id IS NULL) <> (producer_id IS NULL)", name="whose"),
        CheckConstraint("kind IN ('harvest','fair','tasting','workshop','sale','meeting')",
                        name="kind"),
        CheckConstraint("state IN ('planned','cancelled')", name="state"),
        CheckConstraint("ends_at > starts_at", name="ends_at"),
        CheckConstraint("seats IS NULL OR taken <= seats", name="taken"),
        Index("ix_dates_starts_at", "starts_at"),
        Index("ix_dates_group_id", "group_id", "starts_at"),
        Index("ix_dates_producer_id", "producer_id", "starts_at"),
    )

    id: Mapped[Key]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"))
    producer_id: Mapped[int | None] = mapped_column(ForeignKey("producers.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(120))
    words: Mapped[str] = mapped_column(Text, default="")
    lang: Mapped[str] = mapped_column(String(2))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    time_zone: Mapped[str] = mapped_column(String(40))
    place: Mapped[str] = mapped_column(String(160), default="")
    region: Mapped[str | None] = mapped_column(String(80))
    online: Mapped[bool] = mapped_column(default=False)
    alcohol: Mapped[bool] = mapped_column(default=False)
    seats: Mapped[int | None]
    taken: Mapped[int] = mapped_column(default=0)
    cost_words: Mapped[str] = mapped_column(String(120), default="")
    sign_up: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(10), default="planned")
    version: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime]


class Attendance(Model):
    """Somebody comes, waits for a seat, or has given theirs back."""

    __tablename__ = "attendances"
    __table_args__ = (
        CheckConstraint("state IN ('going','waiting','offered','gone')", name="state"),
        Index("ix_attendances_person_id", "person_id"),
    )

    date_id: Mapped[int] = mapped_column(ForeignKey("dates.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(8))
    shown: Mapped[bool] = mapped_column(default=False)
    remind: Mapped[bool] = mapped_column(default=False)
    reminded: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]
    offered_until: Mapped[datetime | None]
