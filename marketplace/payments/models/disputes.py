"""Disputes: a payer's bank takes money back; on whom it falls, and what the houses say to it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model

OPEN = ("open", "answered")


class Dispute(Model):
    """A payer's bank takes money back; open, answered, then won or lost."""

    __tablename__ = "disputes"
    __table_args__ = (
        CheckConstraint("state IN ('open','answered','won','lost')", name="state"),
        Index("ix_disputes_payment_id", "payment_id"),
    )

    id: Mapped[Key]
    payment_id: Mapped[int] = mapped_column(ForeignKey("payments.id"))
    reference: Mapped[str] = mapped_column(String(80), unique=True)
    minor: Mapped[int]
    fee_minor: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(String(60), default="", server_default=text("''"))
    state: Mapped[str] = mapped_column(String(8), default="open")
    opened_at: Mapped[datetime]
    evidence_until: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str] = mapped_column(String(80), default="", server_default=text("''"))
    closed_at: Mapped[datetime | None]


class DisputeShare(Model):
    """What of a disputed amount falls on a seller order; once lost, what commission went back."""

    __tablename__ = "dispute_shares"
    __table_args__ = (CheckConstraint("minor >= 0", name="minor"),)

    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"), primary_key=True)
    seller_order_id: Mapped[int] = mapped_column(ForeignKey("seller_orders.id"), primary_key=True)
    minor: Mapped[int]
    commission_back_minor: Mapped[int] = mapped_column(default=0)


class DisputeFact(Model):
    """What a house says to a dispute of its order."""

    __tablename__ = "dispute_facts"
    __table_args__ = (Index("ix_dispute_facts_dispute_id", "dispute_id"),)

    id: Mapped[Key]
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"))
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    by_name: Mapped[str] = mapped_column(String(80))
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
