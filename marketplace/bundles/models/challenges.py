"""Challenges: a theme, entries nobody knows the authors of, then votes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class Challenge(Model):
    """A theme for bundles, of the market or of one group."""

    __tablename__ = "challenges"
    __table_args__ = (
        CheckConstraint("closes_at > opens_at AND voting_ends_at > closes_at", name="order"),
        CheckConstraint("max_entries BETWEEN 1 AND 3", name="max_entries"),
        CheckConstraint("(prize_what IS NULL) = (prize_by IS NULL)", name="prize"),
        Index("ix_challenges_ended_at", "ended_at", "voting_ends_at"),
    )

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    theme: Mapped[str] = mapped_column(String(80))
    words: Mapped[str] = mapped_column(Text)
    lang: Mapped[str] = mapped_column(String(2))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"))
    opened_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    voting_ends_at: Mapped[datetime]
    max_entries: Mapped[int]
    prize_what: Mapped[str | None] = mapped_column(String(120))
    prize_by: Mapped[str | None] = mapped_column(String(120))
    ended_at: Mapped[datetime | None]
    """When its end was told."""


class ChallengeEntry(Model):
    """A bundle that takes part; its author is named at the end."""

    __tablename__ = "challenge_entries"
    __table_args__ = (UniqueConstraint("challenge_id", "bundle_id"),
                      Index("ix_challenge_entries_bundle_id", "bundle_id"))

    id: Mapped[Key]
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"))
    bundle_id: Mapped[int] = mapped_column(ForeignKey("bundles.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class ChallengeVote(Model):
    """One of at most three voices of a person in a challenge."""

    __tablename__ = "challenge_votes"

    entry_id: Mapped[int] = mapped_column(ForeignKey("challenge_entries.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    at: Mapped[datetime]
