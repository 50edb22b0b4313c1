"""Attempts to pay, their parts per seller, what providers told, refunds on their way."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model

STATES = ("new", "open", "processing", "paid", "failed", "closed", "review")


class Payment(Model):
    """One attempt to pay one order; at most one of an order is under way."""

    __tablename__ = "payments"
    __table_args__ = (
        UniqueConstraint("order_id", "attempt"),
        UniqueConstraint("method", "reference"),
        CheckConstraint("state IN ('new','open','processing','paid','failed','closed','review')",
                        name="state"),
        Index("uq_payments_under_way", "order_id", unique=True,
              sqlite_where=text("state IN ('new','open','processing')"),
              postgresql_where=text("state IN ('new','open','processing')")),
    )

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    attempt: Mapped[int]
    key: Mapped[str] = mapped_column(String(40), unique=True)
    method: Mapped[str] = mapped_column(String(16))
    mode: Mapped[str] = mapped_column(String(4))
    state: Mapped[str] = mapped_column(String(12), default="new")
    total_minor: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    reference: Mapped[str | None] = mapped_column(String(80))
    page_url: Mapped[str | None] = mapped_column(String(300))
    page_until: Mapped[datetime | None]
    charge: Mapped[str | None] = mapped_column(String(80))
    fee_minor: Mapped[int | None]
    asked: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None]
    alerted_at: Mapped[datetime | None]
    made_at: Mapped[datetime]


class PaymentPart(Model):
    """What of a payment is for one seller, and what was handed over of it; minor units.

    `netted_minor`: what is kept of the transfer for advances.
    """

    __tablename__ = "payment_parts"
    __table_args__ = (
        CheckConstraint("transfer_state IN ('none','due','sent','refused')",
                        name="transfer_state"),
        CheckConstraint("0 <= taken_back_minor AND taken_back_minor <= transfer_minor",
                        name="taken_back"),
    )

    payment_id: Mapped[int] = mapped_column(ForeignKey("payments.id"), primary_key=True)
    seller_order_id: Mapped[int] = mapped_column(ForeignKey("seller_orders.id"), primary_key=True)
    goods_minor: Mapped[int]
    deposit_minor: Mapped[int]
    shipping_minor: Mapped[int]
    commission_minor: Mapped[int] = mapped_column(default=0)
    transfer_minor: Mapped[int] = mapped_column(default=0)
    transfer_reference: Mapped[str | None] = mapped_column(String(80))
    transfer_state: Mapped[str] = mapped_column(String(8), default="none")
    transfer_trouble: Mapped[str] = mapped_column(String(120), default="")
    refused_since: Mapped[datetime | None]
    taken_back_minor: Mapped[int] = mapped_column(default=0)
    netted_minor: Mapped[int] = mapped_column(default=0, server_default=text("0"))


class PaymentNotice(Model):
    """A message of a payment service, taken once (the inbox); its body is not kept."""

    __tablename__ = "payment_notices"

    source: Mapped[str] = mapped_column(String(16), primary_key=True)
    event_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[str] = mapped_column(String(24))
    mode: Mapped[str] = mapped_column(String(4), default="live")
    site: Mapped[str] = mapped_column(String(120), default="")
    reference: Mapped[str] = mapped_column(String(80))
    order_number: Mapped[str] = mapped_column(String(8))
    attempt: Mapped[int] = mapped_column(default=0)
    minor: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    body_hash: Mapped[str] = mapped_column(String(64), default="")
    said_at: Mapped[datetime | None]
    received_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(16))
    settled_at: Mapped[datetime | None]


class RefundRun(Model):
    """The way of one refund at a provider: take back from the seller, then give to the buyer.

    With a dispute the buyer has it from the bank: it is only taken back.
    """

    __tablename__ = "refund_runs"
    __table_args__ = (
        CheckConstraint("step IN ('take_back','refund','sent','done','person')", name="step"),
        Index("ix_refund_runs_next_at", "next_at"),
    )

    refund_id: Mapped[int] = mapped_column(ForeignKey("refunds.id"), primary_key=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payments.id"))
    step: Mapped[str] = mapped_column(String(10), default="take_back")
    commission_back_minor: Mapped[int] = mapped_column(default=0)
    advanced_minor: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    take_back_reference: Mapped[str | None] = mapped_column(String(80))
    refund_reference: Mapped[str | None] = mapped_column(String(80))
    tries: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None]
    trouble: Mapped[str] = mapped_column(String(120), default="")
    began_at: Mapped[datetime]
    dispute_id: Mapped[int | None] = mapped_column(ForeignKey("disputes.id"))
