"""A buyer's answer with its versions, photos and occasions; answers from elsewhere apart."""

from __future__ import annotations

from datetime import datetime
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

from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import Key, Model


class Rating(Model):
    """Would you buy it again? No rating without a purchase."""

    __tablename__ = "ratings"
    __table_args__ = (
        CheckConstraint("person_id IS NULL OR guest_key IS NULL", name="one_author"),
        CheckConstraint("stars IS NULL OR stars BETWEEN 1 AND 5", name="stars"),
        CheckConstraint("delight IS NULL OR delight IN ('disappointed','okay','delighted')",
                        name="delight"),
        CheckConstraint("standing IN ('counts','aside')", name="standing"),
        CheckConstraint("relation IS NULL OR relation IN ('employee','family','supplier',"
                        "'competitor','free_sample','discount','ambassador')", name="relation"),
        CheckConstraint("words_standing IN ('visible','collapsed','hidden','erased')",
                        name="words_standing"),
        Index("uq_ratings_person_lot", "person_id", "product_id", "lot_id", unique=True,
              sqlite_where=text("lot_id IS NOT NULL"),
              postgresql_where=text("lot_id IS NOT NULL")),
        Index("uq_ratings_person", "person_id", "product_id", unique=True,
              sqlite_where=text("lot_id IS NULL"), postgresql_where=text("lot_id IS NULL")),
        Index("uq_ratings_guest_lot", "guest_key", "product_id", "lot_id", unique=True,
              sqlite_where=text("lot_id IS NOT NULL"),
              postgresql_where=text("lot_id IS NOT NULL")),
        Index("uq_ratings_guest", "guest_key", "product_id", unique=True,
              sqlite_where=text("lot_id IS NULL"), postgresql_where=text("lot_id IS NULL")),
        Index("ix_ratings_product", "product_id", "standing", "given_at"),
        Index("ix_ratings_person_given", "person_id", "given_at"),
        Index("ix_ratings_producer", "producer_id", "given_at"),
        Index("ix_ratings_line", "order_line_id"),
        Index("ix_ratings_given", "given_at", "id"),
        Index("ix_ratings_aside_until", "aside_until",
              sqlite_where=text("aside_until IS NOT NULL"),
              postgresql_where=text("aside_until IS NOT NULL")),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(24), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    guest_key: Mapped[str | None] = mapped_column(String(64))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"))
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lots.id"))
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_lines.id"))
    again: Mapped[bool]
    delight: Mapped[str | None] = mapped_column(String(12))
    stars: Mapped[int | None]
    value: Mapped[bool | None]
    shown_as: Mapped[str] = mapped_column(String(6), default="handle")
    lang: Mapped[str] = mapped_column(String(2))
    origin: Mapped[str] = mapped_column(String(12), default="invited")
    standing: Mapped[str] = mapped_column(String(8), default="counts")
    aside_reason: Mapped[str | None] = mapped_column(String(30))
    words_standing: Mapped[str] = mapped_column(String(10), default="visible")
    words_reason: Mapped[str | None] = mapped_column(String(30))
    title: Mapped[str] = mapped_column(String(80), default="")
    words: Mapped[str] = mapped_column(Text, default="")
    to_producer: Mapped[str] = mapped_column(Text, default="")
    helpful_up: Mapped[int] = mapped_column(default=0)
    helpful_down: Mapped[int] = mapped_column(default=0)
    given_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitations.id"))
    relation: Mapped[str | None] = mapped_column(String(12))
    benefit: Mapped[str | None] = mapped_column(String(80))
    aside_until: Mapped[datetime | None]
    counted_at: Mapped[datetime | None]
    told_version: Mapped[int] = mapped_column(server_default=text("0"), default=0)
    told_again: Mapped[bool | None]
    network: Mapped[str | None] = mapped_column(String(32))
    used_for: Mapped[str | None] = mapped_column(String(40))
    draft: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    hidden_to: Mapped[int] = mapped_column(server_default=text("0"), default=0)
    helpful_rank: Mapped[float] = mapped_column(server_default=text("0"), default=0.0)


class RatingVersion(Model):
    """A version of an answer; append-only by trigger."""

    __tablename__ = "rating_versions"
    __table_args__ = (UniqueConstraint("rating_id", "n"),)

    id: Mapped[Key]
    rating_id: Mapped[int] = mapped_column(ForeignKey("ratings.id"))
    n: Mapped[int]
    again: Mapped[bool]
    delight: Mapped[str | None] = mapped_column(String(12))
    stars: Mapped[int | None]
    value: Mapped[bool | None]
    title: Mapped[str] = mapped_column(String(80), default="")
    words: Mapped[str] = mapped_column(Text, default="")
    cause: Mapped[str] = mapped_column(String(12), default="first")
    at: Mapped[datetime]
    salt: Mapped[str] = mapped_column(String(32))
    row_hash: Mapped[str] = mapped_column(String(64))


class RatingPhoto(Model):
    """A buyer's picture of the goods."""

    __tablename__ = "rating_photos"
    __table_args__ = (Index("ix_rating_photos_rating_id", "rating_id"),)

    id: Mapped[Key]
    rating_id: Mapped[int] = mapped_column(ForeignKey("ratings.id"))
    file: Mapped[str] = mapped_column(String(80))
    alt: Mapped[str] = mapped_column(String(200), default="")
    position: Mapped[int] = mapped_column(default=0)
    pair: Mapped[str] = mapped_column(String(6), server_default=text("'none'"), default="none")
    width: Mapped[int]
    height: Mapped[int]
    tint: Mapped[str] = mapped_column(String(7), default="#F1EADF")
    renditions: Mapped[list[object]] = mapped_column(
        JSON, default=list)


class RatingOccasion(Model):
    """What the buyer used it for."""

    __tablename__ = "rating_occasions"

    rating_id: Mapped[int] = mapped_column(ForeignKey("ratings.id"), primary_key=True)
    occasion_id: Mapped[int] = mapped_column(ForeignKey("occasions.id"), primary_key=True)


class ImportedRating(Model):
    """A rating from elsewhere; a table of its own so that no score can meet it."""

    __tablename__ = "imported_ratings"
    __table_args__ = (
        UniqueConstraint("source", "source_ref"),
        Index("uq_imported_ratings_code", "code", unique=True),
        Index("ix_imported_ratings_product_id", "product_id"),
        Index("ix_imported_ratings_person_id", "person_id"),
    )

    id: Mapped[Key]
    source: Mapped[str] = mapped_column(String(60))
    source_ref: Mapped[str] = mapped_column(String(60))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    source_person: Mapped[str] = mapped_column(String(60))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    value: Mapped[float]
    scale: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
    code: Mapped[str | None] = mapped_column(String(24), default=lambda: secret_code(96))
    words_standing: Mapped[str] = mapped_column(String(10), server_default=text("'visible'"),
                                                default="visible")
    words_reason: Mapped[str | None] = mapped_column(String(30))
