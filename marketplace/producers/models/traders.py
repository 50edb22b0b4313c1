"""Tables of what the law asks of a trader, who read it, and the steps of opening."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class Trader(Model):
    """What the law asks of a trader; one to one with its producer."""

    __tablename__ = "traders"
    __table_args__ = (
        CheckConstraint("state IN ('open','handed_in','checked','stopped')", name="state"),
        CheckConstraint("vat_status IN ('regular','small','flat_rate')", name="vat_status"),
    )

    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"), primary_key=True)
    is_trader: Mapped[bool] = mapped_column(default=True)
    legal_name: Mapped[str] = mapped_column(String(120), default="")
    representative: Mapped[str] = mapped_column(String(120), default="")
    street: Mapped[str] = mapped_column(String(120), default="")
    postcode: Mapped[str] = mapped_column(String(12), default="")
    city: Mapped[str] = mapped_column(String(80), default="")
    country: Mapped[str] = mapped_column(String(2), default="DE")
    e_mail: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(24), default="")
    register: Mapped[str] = mapped_column(String(80), default="")
    register_no: Mapped[str] = mapped_column(String(40), default="")
    vat_id: Mapped[str | None] = mapped_column(String(20))
    vat_status: Mapped[str] = mapped_column(String(10), default="regular")
    self_certified_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(10), default="open")
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    checked_at: Mapped[datetime | None]
    legal_form: Mapped[str] = mapped_column(String(12), default="")
    tax_no: Mapped[str] = mapped_column(String(20), default="")
    tin: Mapped[str] = mapped_column(String(20), default="")
    birth_date: Mapped[date | None]
    authority: Mapped[str] = mapped_column(String(160), default="")
    id_way: Mapped[str] = mapped_column(String(10), default="")
    handed_in_at: Mapped[datetime | None]
    back_words: Mapped[str] = mapped_column(String(300), default="")
    tax_asked_on: Mapped[date | None]
    tax_reminders: Mapped[int] = mapped_column(default=0)


class TraderVersion(Model):
    """Trader data as they were handed over once; append-only, gone with the trader's row."""

    __tablename__ = "trader_versions"
    __table_args__ = (UniqueConstraint("producer_id", "version"),)

    id: Mapped[Key]
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    version: Mapped[int]
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class Sighting(Model):
    """Somebody who runs the market read a producer's trader data."""

    __tablename__ = "sightings"
    __table_args__ = (Index("ix_sightings_producer_id", "producer_id", "at"),)

    id: Mapped[Key]
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class StepDone(Model):
    """A step of opening that is done."""

    __tablename__ = "checklist"
    __table_args__ = (CheckConstraint("step BETWEEN 1 AND 9", name="step"),)

    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"), primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    done_at: Mapped[datetime]


class Registration(Model):
    """A number the law asks for before goods go to a country, or of a kind of goods."""

    __tablename__ = "registrations"
    __table_args__ = (
        UniqueConstraint("producer_id", "country", "kind"),
        CheckConstraint("kind IN ('packaging','oss','excise','organic_control','food')",
                        name="kind"),
    )

    id: Mapped[Key]
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    country: Mapped[str] = mapped_column(String(2))
    kind: Mapped[str] = mapped_column(String(16))
    number: Mapped[str] = mapped_column(String(40))
    confirmed_at: Mapped[datetime]
    until: Mapped[date | None]
