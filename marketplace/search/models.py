"""Tables of `search`: the truth every index is rebuilt from, what was searched and waited for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
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
    """How often words were searched on a day, and what came of it; no person.

    hits: how many goods the newest of them found; clicks, baskets: what followed.
    """

    __tablename__ = "searches"

    day: Mapped[date] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(String(200), primary_key=True)
    lang: Mapped[str] = mapped_column(String(2), primary_key=True)
    n: Mapped[int] = mapped_column(default=0)
    empty: Mapped[int] = mapped_column(default=0)
    hits: Mapped[int] = mapped_column(server_default=text("0"), default=0)
    clicks: Mapped[int] = mapped_column(server_default=text("0"), default=0)
    baskets: Mapped[int] = mapped_column(server_default=text("0"), default=0)


class SearchPerson(Model):
    """That one pseudonym of the journal searched for words on a day: to count people, never more.

    `member` pseudonyms last a quarter, others a day. empty: nothing was found.
    """

    __tablename__ = "search_people"
    __table_args__ = (Index("ix_search_people_day", "day"),)

    words: Mapped[str] = mapped_column(String(200), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    mark: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    member: Mapped[bool]
    empty: Mapped[bool]


class SearchWatch(Model):
    """A member waits for goods to words that found none; told once."""

    __tablename__ = "search_watches"
    __table_args__ = (UniqueConstraint("person_id", "words"),
                      Index("ix_search_watches_told_at", "told_at"))

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    words: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]
    told_at: Mapped[datetime | None]


class Synonym(Model):
    """Words that an operator says mean the same; a change ends one row and begins another.

    lang: "de", "en", or "" for both. always: used in every search; otherwise only where fewer than
    five goods were found.
    """

    __tablename__ = "synonyms"
    __table_args__ = (Index("ix_synonyms_ended_at", "ended_at"),)

    id: Mapped[Key]
    lang: Mapped[str] = mapped_column(String(2))
    words: Mapped[str] = mapped_column(String(80))
    other: Mapped[str] = mapped_column(String(80))
    both_ways: Mapped[bool]
    always: Mapped[bool]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    ended_at: Mapped[datetime | None]


class SearchRebuild(Model):
    """One making anew of the whole index, and how far it is."""

    __tablename__ = "search_rebuilds"

    id: Mapped[Key]
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    phase: Mapped[str] = mapped_column(String(10), default="waiting")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
