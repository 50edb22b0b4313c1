"""Who follows, trusts, blocks and mutes whom."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Model


class Follow(Model):
    """One person follows another."""

    __tablename__ = "follows"
    __table_args__ = (
        CheckConstraint("follower_id <> followed_id", name="not_oneself"),
        Index("ix_follows_followed_id", "followed_id"),
    )

    follower_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    followed_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    at: Mapped[datetime]


class Trust(Model):
    """One person trusts another's judgement in one subject."""

    __tablename__ = "trusts"
    __table_args__ = (
        CheckConstraint("truster_id <> trusted_id", name="not_oneself"),
        Index("ix_trusts_trusted_id", "trusted_id"),
    )

    truster_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    trusted_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"), primary_key=True)
    at: Mapped[datetime]


class Block(Model):
    """One person wants no contact with another."""

    __tablename__ = "blocks"
    __table_args__ = (
        CheckConstraint("owner_id <> other_id", name="not_oneself"),
        Index("ix_blocks_other_id", "other_id"),
    )

    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    at: Mapped[datetime]


class Mute(Model):
    """One person folds another's words in their own views."""

    __tablename__ = "mutes"
    __table_args__ = (CheckConstraint("owner_id <> other_id", name="not_oneself"),)

    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    at: Mapped[datetime]
