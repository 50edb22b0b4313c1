"""The panel: questions to members who want to be asked, what they voted and what was decided."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model
from marketplace.touchpoints.rules import DECISIONS, PANEL_STATES


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN (" + ",".join(f"'{one}'" for one in values) + ")"


class Panel(Model):
    """One question to the panel in both languages; after its last day the market decides."""

    __tablename__ = "panels"
    __table_args__ = (
        CheckConstraint(_one_of("state", PANEL_STATES), name="state"),
        CheckConstraint(_one_of("decision", DECISIONS), name="decision"),
        CheckConstraint("state <> 'decided' OR (decision IS NOT NULL AND reason_de <> '' "
                        "AND reason_en <> '')", name="reason"),
        Index("ix_panels_state", "state", "closes_on"),
    )

    id: Mapped[Key]
    title_de: Mapped[str] = mapped_column(String(120))
    title_en: Mapped[str] = mapped_column(String(120))
    words_de: Mapped[str] = mapped_column(String(1000))
    words_en: Mapped[str] = mapped_column(String(1000))
    about_de: Mapped[str] = mapped_column(String(80))
    about_en: Mapped[str] = mapped_column(String(80))
    link: Mapped[str] = mapped_column(String(200), default="")
    """A page of this site that shows what it is about."""
    closes_on: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(8), default="draft")
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]
    decision: Mapped[str | None] = mapped_column(String(8))
    reason_de: Mapped[str] = mapped_column(String(1000), default="")
    reason_en: Mapped[str] = mapped_column(String(1000), default="")
    decided_at: Mapped[datetime | None]


class PanelMember(Model):
    """Somebody who agreed to be asked; the yes itself is a consent."""

    __tablename__ = "panel_members"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    joined_at: Mapped[datetime]


class PanelVote(Model):
    """A vote from 0 to 10 with words; others read the words under its number."""

    __tablename__ = "panel_votes"
    __table_args__ = (
        CheckConstraint("score BETWEEN 0 AND 10", name="score"),
        CheckConstraint("standing IN ('visible','hidden')", name="standing"),
        UniqueConstraint("panel_id", "person_id"), UniqueConstraint("panel_id", "number"),
        Index("ix_panel_votes_person_id", "person_id"),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(12), unique=True)
    panel_id: Mapped[int] = mapped_column(ForeignKey("panels.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Who voted; nobody once they left and let their votes stand."""
    number: Mapped[int]
    score: Mapped[int] = mapped_column(SmallInteger)
    words: Mapped[str] = mapped_column(String(500), default="")
    at: Mapped[datetime]
    standing: Mapped[str] = mapped_column(String(8), default="visible")
