"""Withdrawals: the declaration, its lines, and what follows until the money is back."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class Withdrawal(Model):
    """A declaration of withdrawal, as it was sent; never refused, never deleted."""

    __tablename__ = "withdrawals"
    __table_args__ = (
        CheckConstraint(
            "state IN ('declared','unassigned','awaiting_goods','refund_due','refunded',"
            "'closed','objected')", name="state"),
        CheckConstraint("objection IN ('late','excluded','not_ours')", name="objection"),
        Index("ix_withdrawals_seller_order_id", "seller_order_id"),
        Index("ix_withdrawals_state", "state", "refund_by"),
        Index("uq_withdrawals_same_key", "same_key", unique=True),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(12), unique=True)
    seller_order_id: Mapped[int | None] = mapped_column(ForeignKey("seller_orders.id"))
    order_words: Mapped[str] = mapped_column(String(500))
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    text: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(16), default="declared")
    after_deadline: Mapped[bool] = mapped_column(default=False)
    declared_at: Mapped[datetime]
    refund_by: Mapped[date | None]
    lang: Mapped[str | None] = mapped_column(String(2))
    same_key: Mapped[str | None] = mapped_column(String(64))
    shipping_minor: Mapped[int | None]
    proof: Mapped[str | None] = mapped_column(String(300))
    proof_file: Mapped[str | None] = mapped_column(String(80))
    proof_at: Mapped[datetime | None]
    goods_at: Mapped[datetime | None]
    objection: Mapped[str | None] = mapped_column(String(10))
    objection_words: Mapped[str | None] = mapped_column(String(500))
    answered_by: Mapped[str | None] = mapped_column(String(60))
    assigned_by: Mapped[str | None] = mapped_column(String(60))
    refund_id: Mapped[int | None] = mapped_column(ForeignKey("refunds.id"))
    paper_file: Mapped[str | None] = mapped_column(String(80))
    paper_sha256: Mapped[str | None] = mapped_column(String(64))


class WithdrawalLine(Model):
    """How many pieces of a line somebody withdraws from, and what they come to; minor units."""

    __tablename__ = "withdrawal_lines"
    __table_args__ = (CheckConstraint("qty > 0", name="qty"),)

    withdrawal_id: Mapped[int] = mapped_column(ForeignKey("withdrawals.id"), primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("order_lines.id"), primary_key=True)
    qty: Mapped[int]
    minor: Mapped[int]
    goods_minor: Mapped[int]
