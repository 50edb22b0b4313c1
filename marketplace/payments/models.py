"""Tables of `payments`: attempts to pay, their parts per seller, bank accounts, notices."""

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
    made_at: Mapped[datetime]


class PaymentPart(Model):
    """What of a payment is for one seller; minor units."""

    __tablename__ = "payment_parts"

    payment_id: Mapped[int] = mapped_column(ForeignKey("payments.id"), primary_key=True)
    seller_order_id: Mapped[int] = mapped_column(ForeignKey("seller_orders.id"), primary_key=True)
    goods_minor: Mapped[int]
    deposit_minor: Mapped[int]
    shipping_minor: Mapped[int]


class PaymentNotice(Model):
    """A message of a payment service, taken once (the inbox)."""

    __tablename__ = "payment_notices"

    source: Mapped[str] = mapped_column(String(16), primary_key=True)
    event_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[str] = mapped_column(String(24))
    reference: Mapped[str] = mapped_column(String(80))
    order_number: Mapped[str] = mapped_column(String(8))
    minor: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    received_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(16))


class BankAccount(Model):
    """Where a producer's money goes; the open row is in force, orders copy it."""

    __tablename__ = "bank_accounts"
    __table_args__ = (
        Index("uq_bank_accounts_open", "producer_id", unique=True,
              sqlite_where=text("replaced_at IS NULL"),
              postgresql_where=text("replaced_at IS NULL")),
    )

    id: Mapped[Key]
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    holder: Mapped[str] = mapped_column(String(70))
    iban: Mapped[str] = mapped_column(String(34))
    valid_from: Mapped[datetime]
    replaced_at: Mapped[datetime | None]
