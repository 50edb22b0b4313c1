"""How far a person is trusted to speak, who looked at their data, and how they leave."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class Standing(Model):
    """What opens rights of speech; kept by reactions and made anew by `doctor`.

    `acts_days` holds the last 100 days as hexadecimal bits, the lowest is `acts_until`.
    """

    __tablename__ = "standing"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    threads_read: Mapped[int] = mapped_column(default=0)
    helpers: Mapped[int] = mapped_column(default=0)
    acts_total: Mapped[int] = mapped_column(default=0)
    acts_days: Mapped[str] = mapped_column(String(26), default="0")
    acts_until: Mapped[date]
    orders_delivered: Mapped[int] = mapped_column(default=0)
    answers: Mapped[int] = mapped_column(default=0)
    ideas: Mapped[int] = mapped_column(default=0)
    upheld_at: Mapped[datetime | None]
    sham_at: Mapped[datetime | None]
    below_since: Mapped[date | None]


class Helper(Model):
    """One person found another's words helpful at least once."""

    __tablename__ = "helpers"
    __table_args__ = (Index("ix_helpers_helper_id", "helper_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    helper_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    at: Mapped[datetime]


class PersonSighting(Model):
    """Somebody of the staff opened what is personal; the person can read it."""

    __tablename__ = "person_sightings"
    __table_args__ = (Index("ix_person_sightings_person_id", "person_id", "at"),)

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str] = mapped_column(String(12))
    what: Mapped[str] = mapped_column(String(40))
    why: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]


class Takeout(Model):
    """A person's own data as a file; one is made at a time."""

    __tablename__ = "takeouts"
    __table_args__ = (
        Index("uq_takeouts_open", "person_id", unique=True,
              sqlite_where=text("ready_at IS NULL AND fault IS NULL"),
              postgresql_where=text("ready_at IS NULL AND fault IS NULL")),
    )

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    ready_at: Mapped[datetime | None]
    file: Mapped[str | None] = mapped_column(String(80))
    expires_at: Mapped[datetime | None]
    fault: Mapped[str | None] = mapped_column(String(200))


class Closing(Model):
    """An account on its way out: invisible at once, erased when its day has come."""

    __tablename__ = "closings"
    __table_args__ = (
        CheckConstraint("words_choice IN ('delete','keep')", name="words_choice"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    asked_at: Mapped[datetime]
    erase_at: Mapped[datetime]
    words_choice: Mapped[str] = mapped_column(String(6))
    reason: Mapped[str | None] = mapped_column(String(500))
    by: Mapped[str] = mapped_column(String(10))


class Erasure(Model):
    """Somebody was erased: by a key that says who only to the holder of the secret."""

    __tablename__ = "erasures"

    id: Mapped[Key]
    person_key: Mapped[str] = mapped_column(String(64), unique=True)
    done_at: Mapped[datetime]
    held_until: Mapped[date | None]
