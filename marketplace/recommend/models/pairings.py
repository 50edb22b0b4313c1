"""What goes with what, and who says so."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class Pairing(Model):
    """A product goes with another one, or with an occasion.

    Of two goods the one with the smaller number comes first: a pair is one row, whoever looks.
    """

    __tablename__ = "pairings"
    __table_args__ = (
        CheckConstraint("(other_id IS NULL) <> (occasion_id IS NULL)", name="one_end"),
        CheckConstraint("other_id IS NULL OR product_id < other_id", name="order"),
        UniqueConstraint("product_id", "other_id"),
        UniqueConstraint("product_id", "occasion_id"),
        Index("ix_pairings_other_id", "other_id"),
        Index("ix_pairings_proposer", "proposer_id", "made_at"),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(24), unique=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    other_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    occasion_id: Mapped[int | None] = mapped_column(ForeignKey("occasions.id"))
    proposer_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    up: Mapped[int] = mapped_column(default=0)
    down: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]


class PairingVote(Model):
    """One person's voice: it goes together (1), or it does not (-1)."""

    __tablename__ = "pairing_votes"
    __table_args__ = (
        CheckConstraint("value IN (-1, 1)", name="value"),
        Index("ix_pairing_votes_person_id", "person_id"),
    )

    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairings.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    value: Mapped[int]
    at: Mapped[datetime]
