"""What was said of a product before, who had a part in it, what proves it, what was half typed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class ProductVersion(Model):
    """Title, line and the claims found in a product's words, as they stood from a moment on.

    Append-only; one row for each change of a language.
    """

    __tablename__ = "product_versions"
    __table_args__ = (UniqueConstraint("product_id", "lang", "version"),)

    id: Mapped[Key]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    lang: Mapped[str] = mapped_column(String(2))
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(80))
    teaser: Mapped[str] = mapped_column(String(160), default="")
    claims: Mapped[list[Any]] = mapped_column(JSON, default=list)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class ProductCredit(Model):
    """Somebody had a part in a product; named on its page once they agreed."""

    __tablename__ = "product_credits"
    __table_args__ = (
        UniqueConstraint("product_id", "person_id", "why"),
        CheckConstraint("why IN ('idea','bundle','design')", name="why"),
        Index("ix_product_credits_person_id", "person_id"),
    )

    id: Mapped[Key]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    why: Mapped[str] = mapped_column(String(8))
    made_at: Mapped[datetime]
    consent_at: Mapped[datetime | None]


class ProductEvidence(Model):
    """A confirmation of the producer that concerns this product."""

    __tablename__ = "product_evidence"

    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), primary_key=True)


class TypedForm(Model):
    """What somebody typed into a form of the studio when their login had ended; kept for a day."""

    __tablename__ = "typed_forms"

    id: Mapped[Key]
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    path: Mapped[str] = mapped_column(String(200))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime]


class OfficialFile(Model):
    """A file of an authority that is printed as it is, known by its checksum."""

    __tablename__ = "official_files"

    key: Mapped[str] = mapped_column(String(20), primary_key=True)
    file: Mapped[str] = mapped_column(String(80))
    sha256: Mapped[str] = mapped_column(String(64))
    width: Mapped[int]
    height: Mapped[int]
    source: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
