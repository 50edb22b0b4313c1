"""Who asks for advice, and whom an ask was put to."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class Ask(Model):
    """A person says what they wish for; answers are recommendations that name this row.

    `chips`: what was read from the words, as plain values; `until`: the last day it is open;
    `board_at`, `board_code`: when nobody had answered, and where it stands since then.
    """

    __tablename__ = "asks"
    __table_args__ = (
        CheckConstraint("audience IN ('all','group')", name="audience"),
        CheckConstraint("state IN ('open','closed','withdrawn','hidden')", name="state"),
        CheckConstraint("audience <> 'group' OR group_id IS NOT NULL", name="group"),
        Index("uq_asks_open", "person_id", "wish", "audience", text("coalesce(group_id, 0)"),
              unique=True, sqlite_where=text("state = 'open'"),
              postgresql_where=text("state = 'open'")),
        Index("ix_asks_state", "state", "until", "made_at"),
        Index("ix_asks_person", "person_id", "made_at"),
        Index("ix_asks_group_id", "group_id", "made_at"),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(24), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    wish: Mapped[str] = mapped_column(String(400))
    lang: Mapped[str] = mapped_column(String(2))
    chips: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subjects.id"))
    audience: Mapped[str] = mapped_column(String(8))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"))
    until: Mapped[date]
    state: Mapped[str] = mapped_column(String(10), default="open")
    made_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    board_at: Mapped[datetime | None]
    board_code: Mapped[str | None] = mapped_column(String(24))


class AskRoute(Model):
    """An ask was put to a person who knows, or to a group or producer that it fits.

    `rated`: how many things of the subject the person had rated then; `score`: how well it fits a
    group or producer, in hundredths; `matched`: which of the ask's chips do, by their places;
    `state`: "wrong" where a group or producer said that it does not fit.
    """

    __tablename__ = "ask_routes"
    __table_args__ = (
        CheckConstraint(
            "CASE WHEN person_id IS NULL THEN 0 ELSE 1 END + "
            "CASE WHEN group_id IS NULL THEN 0 ELSE 1 END + "
            "CASE WHEN producer_id IS NULL THEN 0 ELSE 1 END = 1", name="one_target"),
        CheckConstraint("state IN ('asked','wrong')", name="state"),
        Index("uq_ask_routes_person", "ask_id", "person_id", unique=True,
              sqlite_where=text("person_id IS NOT NULL"),
              postgresql_where=text("person_id IS NOT NULL")),
        Index("uq_ask_routes_group", "ask_id", "group_id", unique=True,
              sqlite_where=text("group_id IS NOT NULL"),
              postgresql_where=text("group_id IS NOT NULL")),
        Index("uq_ask_routes_producer", "ask_id", "producer_id", unique=True,
              sqlite_where=text("producer_id IS NOT NULL"),
              postgresql_where=text("producer_id IS NOT NULL")),
        Index("ix_ask_routes_person_id", "person_id", "at"),
        Index("ix_ask_routes_group_id", "group_id", "at"),
        Index("ix_ask_routes_producer_id", "producer_id", "at"),
    )

    id: Mapped[Key]
    ask_id: Mapped[int] = mapped_column(ForeignKey("asks.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"))
    producer_id: Mapped[int | None] = mapped_column(ForeignKey("producers.id"))
    rated: Mapped[int] = mapped_column(default=0)
    score: Mapped[int] = mapped_column(server_default="0", default=0)
    matched: Mapped[list[int] | None] = mapped_column(JSON, default=list)
    state: Mapped[str] = mapped_column(String(8), server_default="asked", default="asked")
    at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
