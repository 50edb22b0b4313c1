"""What is given back: refunds and the lines they are for."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model

CAUSES = ("cancel", "withdrawal", "complaint", "overpaid", "late_payment", "dispute")


class Refund(Model):
    """Money that is owed to a buyer by one seller; what moves it is a matter of payments.

    The sum of a part's refunds is guarded by `seller_orders.refunded_minor`.
    """

    __tablename__ = "refunds"
    __table_args__ = (
        CheckConstraint("minor > 0", name="minor"),
        CheckConstraint("cause IN ('cancel','withdrawal','complaint','overpaid','late_payment',"
                        "'dispute')", name="cause"),
        CheckConstraint("state IN ('due','sending','sent','done','failed')", name="state"),
        Index("ix_refunds_seller_order_id", "seller_order_id"),
        Index("ix_refunds_state", "state", "due_on"),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(12), unique=True)
    seller_order_id: Mapped[int] = mapped_column(ForeignKey("seller_orders.id"))
    cause: Mapped[str] = mapped_column(String(12))
    minor: Mapped[int]
    shipping_minor: Mapped[int] = mapped_column(default=0)
    goods_minor: Mapped[int] = mapped_column(default=0)
    method: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(8), default="due")
    words: Mapped[str] = mapped_column(String(300), default="")
    by_name: Mapped[str | None] = mapped_column(String(60))
    due_on: Mapped[date]
    made_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class RefundLine(Model):
    """How many pieces of a line a refund is for, and what they come to; minor units."""

    __tablename__ = "refund_lines"

    refund_id: Mapped[int] = mapped_column(ForeignKey("refunds.id"), primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("order_lines.id"), primary_key=True)
    qty: Mapped[int]
    minor: Mapped[int]
