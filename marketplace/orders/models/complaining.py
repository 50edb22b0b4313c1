"""Complaints with everything that was said and offered, and the one tap "something is wrong"."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class Complaint(Model):
    """What a buyer says is not as agreed; how it ended only the buyer says."""

    __tablename__ = "complaints"
    __table_args__ = (
        CheckConstraint("kind IN ('damaged','missing','wrong','faulty','not_described',"
                        "'disappointed')", name="kind"),
        CheckConstraint("wish IN ('replacement','money','repair','other')", name="wish"),
        CheckConstraint("state IN ('open','answered','offered','waiting','accepted','declined',"
                        "'disputed','closed')", name="state"),
        CheckConstraint("offer IN ('replacement','part_refund','full_refund','repair')",
                        name="offer"),
        CheckConstraint("outcome IN ('solved','partly','unsolved')", name="outcome"),
        CheckConstraint("(outcome IS NULL) = (state <> 'closed')", name="closed"),
        Index("ix_complaints_seller_order_id", "seller_order_id"),
        Index("ix_complaints_state", "state", "state_at"),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(12), unique=True)
    seller_order_id: Mapped[int] = mapped_column(ForeignKey("seller_orders.id"))
    kind: Mapped[str] = mapped_column(String(16))
    wish: Mapped[str] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(Text)
    photos: Mapped[list[Any]] = mapped_column(JSON, default=list)
    state: Mapped[str] = mapped_column(String(10), default="open")
    state_at: Mapped[datetime]
    opened_at: Mapped[datetime]
    offer: Mapped[str | None] = mapped_column(String(12))
    offer_minor: Mapped[int | None]
    declines: Mapped[int] = mapped_column(default=0)
    refund_id: Mapped[int | None] = mapped_column(ForeignKey("refunds.id"))
    outcome: Mapped[str | None] = mapped_column(String(10))


class ComplaintLine(Model):
    """How many pieces of a line a complaint is about."""

    __tablename__ = "complaint_lines"
    __table_args__ = (CheckConstraint("qty > 0", name="qty"),)

    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"), primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("order_lines.id"), primary_key=True)
    qty: Mapped[int]


class ComplaintStep(Model):
    """What was said, offered or decided, by whom; append-only."""

    __tablename__ = "complaint_steps"
    __table_args__ = (
        CheckConstraint("actor IN ('buyer','staff','operator','system')", name="actor"),
        CheckConstraint("kind IN ('opened','said','offered','accepted','declined','waiting',"
                        "'disputed','closed')", name="kind"),
        Index("ix_complaint_steps_complaint_id", "complaint_id", "id"),
    )

    id: Mapped[Key]
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"))
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(10))
    name: Mapped[str | None] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(Text, default="")
    offer: Mapped[str | None] = mapped_column(String(12))
    minor: Mapped[int | None]


class Signal(Model):
    """One tap: something is wrong, at this step of the way."""

    __tablename__ = "order_signals"
    __table_args__ = (Index("ix_order_signals_seller_order_id", "seller_order_id", "answered_at"),)

    id: Mapped[Key]
    seller_order_id: Mapped[int] = mapped_column(ForeignKey("seller_orders.id"))
    step: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]
    words: Mapped[str | None] = mapped_column(String(500))
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None] = mapped_column(String(60))
