"""What others may see of a person, and the person's own book of addresses."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model

STATES = ("active", "closing", "closed", "suspended", "erased")


class Subject(Model):
    """A field in which one can have taste and judgement: wine, fashion, ..."""

    __tablename__ = "subjects"

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name_de: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)


class Person(Model):
    """A public person. No e-mail and no secret stands here."""

    __tablename__ = "people"
    __table_args__ = (
        CheckConstraint("state IN ('active','closing','closed','suspended','erased')",
                        name="state"),
        CheckConstraint("trust_level BETWEEN 0 AND 3", name="trust_level"),
        Index("ix_people_state", "state"),
    )

    id: Mapped[Key]
    handle: Mapped[str] = mapped_column(String(30))
    handle_folded: Mapped[str] = mapped_column(String(30), unique=True)
    display_name: Mapped[str | None] = mapped_column(String(40))
    about: Mapped[str | None] = mapped_column(Text)
    region: Mapped[str | None] = mapped_column(String(80))
    picture_file: Mapped[str | None] = mapped_column(String(80))
    picture_seed: Mapped[int]
    lang: Mapped[str] = mapped_column(String(2), default="de")
    time_zone: Mapped[str] = mapped_column(String(40), default="Europe/Berlin")
    joined_on: Mapped[date]
    joined_at: Mapped[datetime | None]
    languages: Mapped[str | None] = mapped_column(String(80))
    handle_changed_on: Mapped[date | None]
    not_now: Mapped[str] = mapped_column(String(60), server_default=text("''"), default="")
    age_class: Mapped[str] = mapped_column(String(8), default="unknown")
    trust_level: Mapped[int] = mapped_column(default=0)
    trust_since: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(10), default="active")
    is_moderator: Mapped[bool] = mapped_column(default=False)
    is_operator: Mapped[bool] = mapped_column(default=False)
    page_indexed: Mapped[bool] = mapped_column(default=False)
    suggestions_on: Mapped[bool] = mapped_column(default=True)
    counted: Mapped[bool] = mapped_column(default=True)
    theme: Mapped[str] = mapped_column(String(5), default="auto")


class HiddenProfile(Model):
    """What a profile said until a decision took it away; kept for the person and an appeal."""

    __tablename__ = "hidden_profiles"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    display_name: Mapped[str | None] = mapped_column(String(40))
    about: Mapped[str | None] = mapped_column(Text)
    region: Mapped[str | None] = mapped_column(String(80))
    languages: Mapped[str | None] = mapped_column(String(80))
    picture_file: Mapped[str | None] = mapped_column(String(80))
    at: Mapped[datetime]


class OldHandle(Model):
    """A former handle that still leads to its person."""

    __tablename__ = "old_handles"

    handle_folded: Mapped[str] = mapped_column(String(30), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    until: Mapped[date]


class Visibility(Model):
    """Who may see one field of a profile; only rows that differ from the default."""

    __tablename__ = "visibility"
    __table_args__ = (
        CheckConstraint("level IN ('everyone','members','followed','me')", name="level"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    field: Mapped[str] = mapped_column(String(24), primary_key=True)
    level: Mapped[str] = mapped_column(String(10))


class Address(Model):
    """An entry of a person's address book; placed orders keep copies."""

    __tablename__ = "addresses"
    __table_args__ = (Index("ix_addresses_person_id", "person_id"),)

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    label: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(80))
    lines: Mapped[str] = mapped_column(String(200))
    postcode: Mapped[str] = mapped_column(String(12))
    city: Mapped[str] = mapped_column(String(80))
    country: Mapped[str] = mapped_column(String(2))
    phone: Mapped[str | None] = mapped_column(String(20))
    is_default: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]
