"""Tables of `insights`: figures per product, made anew each night; threads in a rush."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class ProductFigure(Model):
    """What is known of one product over a window of days; throw-away."""

    __tablename__ = "product_figures"

    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    window: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    orders: Mapped[int] = mapped_column(default=0)
    units: Mapped[int] = mapped_column(default=0)
    turnover_minor: Mapped[int] = mapped_column(default=0)
    buyers: Mapped[int] = mapped_column(default=0)
    k: Mapped[int] = mapped_column(default=0)
    n: Mapped[int] = mapped_column(default=0)
    low: Mapped[float | None]
    high: Mapped[float | None]
    q10: Mapped[float] = mapped_column(default=0.0)
    cell: Mapped[str] = mapped_column(String(12), default="open")
    proposal: Mapped[str] = mapped_column(String(16), default="keep")
    made_at: Mapped[datetime]


class Alert(Model):
    """A thread in which far more happened within an hour than it, and others, are used to."""

    __tablename__ = "alerts"
    __table_args__ = (CheckConstraint("measure IN ('reads','reactions')", name="measure"),
                      Index("ix_alerts_thread_id", "thread_id", "at"))

    id: Mapped[Key]
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"))
    measure: Mapped[str] = mapped_column(String(10))
    seen: Mapped[int]
    alert_from: Mapped[int]
    at: Mapped[datetime]
