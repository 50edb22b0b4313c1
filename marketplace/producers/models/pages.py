"""Tables of the public page: texts, faces, promises, hours, followers, figures."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model

STATES = ("draft", "open", "selling", "paused", "suspended", "ended")


class Producer(Model):
    """A producer as visitors see it."""

    __tablename__ = "producers"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft','open','selling','paused','suspended','ended')", name="state"
        ),
        CheckConstraint("voices_mail IN ('none','daily','weekly')", name="voices_mail"),
        Index("ix_producers_state", "state", "subject_id"),
    )

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"))
    region: Mapped[str] = mapped_column(String(80))
    country: Mapped[str] = mapped_column(String(2))
    place: Mapped[str] = mapped_column(String(80))
    teaser_de: Mapped[str] = mapped_column(String(200), default="")
    teaser_en: Mapped[str] = mapped_column(String(200), default="")
    header_picture: Mapped[str | None] = mapped_column(String(80))
    palette: Mapped[list[Any]] = mapped_column(JSON, default=list)
    state: Mapped[str] = mapped_column(String(10), default="draft")
    paused_until: Mapped[date | None]
    paused_words: Mapped[str | None] = mapped_column(String(200))
    time_zone: Mapped[str] = mapped_column(String(40), default="Europe/Berlin")
    holiday_region: Mapped[str] = mapped_column(String(8), default="")
    opened_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    follower_count: Mapped[int] = mapped_column(default=0)
    website: Mapped[str | None] = mapped_column(String(200))
    share_shown: Mapped[bool] = mapped_column(default=False)
    arbitration: Mapped[bool] = mapped_column(default=False)
    press_contact: Mapped[str] = mapped_column(String(200), default="")
    voices_mail: Mapped[str] = mapped_column(String(8), default="none")
    voices_mailed_on: Mapped[date | None]
    steps_reminded: Mapped[int] = mapped_column(server_default=text("0"), default=0)
    takes_wishes: Mapped[bool] = mapped_column(server_default=true(), default=True)


class ProducerText(Model):
    """A version of one part of a producer's words; append-only."""

    __tablename__ = "producer_texts"
    __table_args__ = (UniqueConstraint("producer_id", "lang", "part", "version"),)

    id: Mapped[Key]
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    lang: Mapped[str] = mapped_column(String(2))
    part: Mapped[str] = mapped_column(String(10))
    version: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class Face(Model):
    """A person of the producer, shown with words and consent."""

    __tablename__ = "faces"
    __table_args__ = (Index("ix_faces_producer_id", "producer_id"),)

    id: Mapped[Key]
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    name: Mapped[str] = mapped_column(String(60))
    role_de: Mapped[str] = mapped_column(String(80), default="")
    role_en: Mapped[str] = mapped_column(String(80), default="")
    picture_file: Mapped[str | None] = mapped_column(String(80))
    picture_seed: Mapped[int] = mapped_column(default=0)
    words_de: Mapped[str] = mapped_column(String(300), default="")
    words_en: Mapped[str] = mapped_column(String(300), default="")
    consent_at: Mapped[datetime | None]


class Promise(Model):
    """What a producer promises, by kind; a new value opens a new row."""

    __tablename__ = "promises"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('answer_hours','dispatch_days','returns_days','repair_years',"
            "'satisfaction_days')", name="kind"),
        Index("uq_promises_open", "producer_id", "kind", unique=True,
              sqlite_where=text("to_at IS NULL"), postgresql_where=text("to_at IS NULL")),
    )

    id: Mapped[Key]
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    kind: Mapped[str] = mapped_column(String(20))
    value: Mapped[int]
    from_at: Mapped[datetime]
    to_at: Mapped[datetime | None]


class ServiceHours(Model):
    """Open minutes of one weekday in the producer's zone; no producer means the platform."""

    __tablename__ = "service_hours"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("0 <= opens_minute AND opens_minute < closes_minute", name="order"),
        Index("ix_service_hours_producer_id", "producer_id"),
    )

    id: Mapped[Key]
    producer_id: Mapped[int | None] = mapped_column(ForeignKey("producers.id"))
    weekday: Mapped[int]
    opens_minute: Mapped[int]
    closes_minute: Mapped[int]


class ClosedDay(Model):
    """A day on which nobody answers; no producer means the platform."""

    __tablename__ = "closed_days"
    __table_args__ = (UniqueConstraint("producer_id", "day"),)

    id: Mapped[Key]
    producer_id: Mapped[int | None] = mapped_column(ForeignKey("producers.id"))
    day: Mapped[date]
    words: Mapped[str] = mapped_column(String(80), default="")


class Pause(Model):
    """Days on which a producer takes no orders; they count in no promise."""

    __tablename__ = "pauses"
    __table_args__ = (
        CheckConstraint("from_on <= until_on", name="order"),
        Index("ix_pauses_producer_id", "producer_id", "until_on"),
    )

    id: Mapped[Key]
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    from_on: Mapped[date]
    until_on: Mapped[date]


class ProducerFollow(Model):
    """A person follows a producer."""

    __tablename__ = "producer_follows"
    __table_args__ = (Index("ix_producer_follows_producer_id", "producer_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"), primary_key=True)
    at: Mapped[datetime]


class SeenItem(Model):
    """A voice somebody of the producer has opened."""

    __tablename__ = "seen_items"

    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"), primary_key=True)
    ref_kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    ref_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class ProducerFact(Model):
    """A figure about a producer with its period; written by jobs of later rooms only."""

    __tablename__ = "producer_facts"
    __table_args__ = (
        CheckConstraint(
            "fact IN ('answered','first_answer_median','first_answer_p90','solved',"
            "'critical_answered','dispatch_kept','came_back','verdict_k','verdict_n')",
            name="fact"),
        CheckConstraint("n >= 0 AND (k IS NULL OR k BETWEEN 0 AND n)", name="counts"),
    )

    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"), primary_key=True)
    fact: Mapped[str] = mapped_column(String(20), primary_key=True)
    to_on: Mapped[date] = mapped_column(primary_key=True)
    from_on: Mapped[date]
    k: Mapped[int | None]
    n: Mapped[int]
    value: Mapped[float | None]
    low: Mapped[float | None]
    high: Mapped[float | None]
    computed_at: Mapped[datetime]
