"""Tables of how a producer and the marketplace deal: terms, deviations, blocks, pictures."""

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
)
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class MessageBlock(Model):
    """A producer takes no messages of a person; purchases, ratings and reviews go on."""

    __tablename__ = "message_blocks"
    __table_args__ = (UniqueConstraint("producer_id", "person_id"),)

    id: Mapped[Key]
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str] = mapped_column(String(300))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class Terms(Model):
    """What the marketplace agrees with producers, announced at least fifteen days ahead."""

    __tablename__ = "terms"
    __table_args__ = (
        CheckConstraint("valid_from >= date(announced_on, '+15 days')", name="notice")
        .ddl_if(dialect="sqlite"),
        CheckConstraint("valid_from >= announced_on + 15", name="notice")
        .ddl_if(dialect="postgresql"),
    )

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    words_de: Mapped[str] = mapped_column(Text)
    words_en: Mapped[str] = mapped_column(Text)
    announced_on: Mapped[date]
    announced_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    valid_from: Mapped[date]


class Deviation(Model):
    """Something that holds for one producer only, with its reason; printed on `/fees`."""

    __tablename__ = "exceptions"
    __table_args__ = (
        CheckConstraint("to_on IS NULL OR from_on <= to_on", name="order"),
        Index("ix_exceptions_producer_id", "producer_id"),
    )

    id: Mapped[Key]
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    what: Mapped[str] = mapped_column(String(200))
    why: Mapped[str] = mapped_column(String(300))
    from_on: Mapped[date]
    to_on: Mapped[date | None]


class ProducerMedia(Model):
    """A photograph or film of a producer's place and work, said in words as well."""

    __tablename__ = "producer_media"
    __table_args__ = (
        CheckConstraint("kind IN ('photo','video')", name="kind"),
        CheckConstraint("alt_de <> '' OR alt_en <> ''", name="alt"),
        CheckConstraint("kind <> 'video' OR (transcript IS NOT NULL AND transcript <> '')",
                        name="transcript"),
        Index("ix_producer_media_producer_id", "producer_id", "position"),
    )

    id: Mapped[Key]
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    file: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(8))
    alt_de: Mapped[str] = mapped_column(String(200), default="")
    alt_en: Mapped[str] = mapped_column(String(200), default="")
    transcript: Mapped[str | None] = mapped_column(Text)
    lang: Mapped[str] = mapped_column(String(2), server_default=text("''"), default="")
    still_file: Mapped[str | None] = mapped_column(String(80))
    size_bytes: Mapped[int] = mapped_column(server_default=text("0"), default=0)
    licence: Mapped[str] = mapped_column(String(80), default="")
    credit: Mapped[str] = mapped_column(String(120), server_default=text("''"), default="")
    position: Mapped[int] = mapped_column(default=0)
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)
    tint: Mapped[str] = mapped_column(String(7), default="")
    renditions: Mapped[list[Any]] = mapped_column(JSON, default=list)
    taken_out_at: Mapped[datetime | None]
