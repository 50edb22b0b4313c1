"""Tables of `search`: the truth every index is rebuilt from, and what was searched."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class SearchDocument(Model):
    """One thing in one index entry; prices in minor units.

    visibility: who may find it (`foundation.findable`); author_id: whose it is, for blocks.
    """

    __tablename__ = "search_documents"
    __table_args__ = (
        UniqueConstraint("kind", "object_id"),
        Index("ix_search_documents_title", "title_folded"),
        Index("ix_search_documents_version", "version"),
        Index("ix_search_documents_author_id", "author_id"),
    )

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(10))
    object_id: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    title_folded: Mapped[str] = mapped_column(String(200))
    maker: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[str] = mapped_column(Text, default="")
    categories: Mapped[list[Any]] = mapped_column(JSON, default=list)
    producer: Mapped[str] = mapped_column(String(60), default="")
    region: Mapped[str] = mapped_column(String(80), default="")
    occasions: Mapped[list[Any]] = mapped_column(JSON, default=list)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    price_minor: Mapped[int | None]
    unit_price_minor: Mapped[int | None]
    available: Mapped[bool] = mapped_column(default=True)
    q10: Mapped[float] = mapped_column(default=0.0)
    newest: Mapped[datetime]
    visibility: Mapped[str] = mapped_column(String(30), default="public")
    author_id: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=0)


class Search(Model):
    """How often words were searched on a day, and what came of it; no person."""

    __tablename__ = "searches"

    day: Mapped[date] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(String(200), primary_key=True)
    lang: Mapped[str] = mapped_column(String(2), primary_key=True)
    n: Mapped[int] = mapped_column(default=0)
    empty: Mapped[int] = mapped_column(default=0)
