"""The order, its part for each producer, and its lines: copies of everything agreed to."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model

SELLER_STATES = ("awaiting_payment", "paid", "preparing", "dispatched", "delivered",
                 "cancelled", "expired")


class Order(Model):
    """What one person ordered in one step; amounts in minor units.

    `network_key`: a keyed hash of the network it came from, kept for a day.
    """

    __tablename__ = "orders"
    __table_args__ = (
        CheckConstraint("mode IN ('live','test','demo')", name="mode"),
        Index("ix_orders_buyer", "buyer_id", "placed_at"),
        Index("ix_orders_buyer_key", "buyer_key"),
        Index("ix_orders_not_erased", "placed_at", sqlite_where=text("erased_at IS NULL"),
              postgresql_where=text("erased_at IS NULL")),
    )

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(String(8), unique=True)
    attempt_key: Mapped[str] = mapped_column(String(40), unique=True)
    buyer_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    buyer_key: Mapped[str] = mapped_column(String(64))
    email: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(2))
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    ship_to: Mapped[dict[str, Any]] = mapped_column(JSON)
    bill_to: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    method: Mapped[str] = mapped_column(String(16))
    mode: Mapped[str] = mapped_column(String(4))
    guest_secret_hash: Mapped[str | None] = mapped_column(String(64))
    review_consent: Mapped[bool] = mapped_column(default=False)
    goods_minor: Mapped[int] = mapped_column(default=0)
    deposit_minor: Mapped[int] = mapped_column(default=0)
    shipping_minor: Mapped[int] = mapped_column(default=0)
    total_minor: Mapped[int] = mapped_column(default=0)
    placed_at: Mapped[datetime]
    network_key: Mapped[str | None] = mapped_column(String(32), index=True)
    look_until: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]


class SellerOrder(Model):
    """The contract with one producer.

    `age_check`: method, class and moment of a check, no birth date; `instruction_version`: which
    words on withdrawal the buyer saw before ordering.
    """

    __tablename__ = "seller_orders"
    __table_args__ = (
        UniqueConstraint("order_id", "producer_id"),
        CheckConstraint(
            "state IN ('awaiting_payment','paid','preparing','dispatched','delivered',"
            "'cancelled','expired')", name="state"),
        CheckConstraint("0 <= refunded_minor AND refunded_minor <= paid_minor", name="refunded"),
        Index("ix_seller_orders_producer", "producer_id", "state", "promised_on"),
        Index("ix_seller_orders_to_send", "promised_on",
              sqlite_where=text("state IN ('paid','preparing')"),
              postgresql_where=text("state IN ('paid','preparing')")),
    )

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String(12), unique=True)
    reference: Mapped[str] = mapped_column(String(25), unique=True)
    state: Mapped[str] = mapped_column(String(16), default="awaiting_payment")
    goods_minor: Mapped[int]
    discount_minor: Mapped[int] = mapped_column(default=0)
    deposit_minor: Mapped[int] = mapped_column(default=0)
    shipping_minor: Mapped[int]
    total_minor: Mapped[int]
    paid_minor: Mapped[int] = mapped_column(default=0)
    refunded_minor: Mapped[int] = mapped_column(default=0)
    commission_bp: Mapped[int] = mapped_column(default=0)
    refunded_goods_minor: Mapped[int] = mapped_column(default=0)
    seller: Mapped[dict[str, Any]] = mapped_column(JSON)
    bank: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    delivery_method: Mapped[str] = mapped_column(String(10), default="parcel")
    hold: Mapped[str] = mapped_column(String(10), default="", server_default=text("''"))
    age_class: Mapped[int] = mapped_column(default=0)
    promise_days: Mapped[int] = mapped_column(default=3)
    satisfaction_days: Mapped[int | None]
    promised_on: Mapped[date | None]
    paid_at: Mapped[datetime | None]
    dispatched_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    due_on: Mapped[date | None]
    withdraw_until: Mapped[date | None]
    delivery_note: Mapped[str] = mapped_column(String(140), server_default=text("''"), default="")
    age_check: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    instruction_version: Mapped[str] = mapped_column(
        String(20), server_default=text("''"), default="")
    not_before: Mapped[date | None]
    vanished_at: Mapped[datetime | None]


class OrderLine(Model):
    """One variant in one contract, with where it came from."""

    __tablename__ = "order_lines"
    __table_args__ = (
        UniqueConstraint("seller_order_id", "position"),
        CheckConstraint("qty > 0", name="qty"),
        CheckConstraint("cancelled + dispatched <= qty", name="dispatched"),
        CheckConstraint("delivered <= dispatched", name="delivered"),
        CheckConstraint("withdrawn <= qty - cancelled", name="withdrawn"),
        CheckConstraint("returned <= dispatched", name="returned"),
        CheckConstraint("refunded_minor <= total_minor + deposit_minor", name="refunded"),
        Index("ix_order_lines_product", "product_id", "lot_id"),
        Index("ix_order_lines_source", "source_kind", "source_ref"),
        Index("ix_order_lines_asked", "seller_order_id", sqlite_where=text("set_asked = 'open'"),
              postgresql_where=text("set_asked = 'open'")),
    )

    id: Mapped[Key]
    seller_order_id: Mapped[int] = mapped_column(ForeignKey("seller_orders.id"))
    position: Mapped[int]
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lots.id"))
    title: Mapped[str] = mapped_column(String(200))
    essentials: Mapped[str] = mapped_column(Text, default="")
    picture_file: Mapped[str | None] = mapped_column(String(80))
    qty: Mapped[int]
    unit_minor: Mapped[int]
    discount_minor: Mapped[int] = mapped_column(default=0)
    deposit_minor: Mapped[int] = mapped_column(default=0)
    total_minor: Mapped[int]
    base_price: Mapped[str] = mapped_column(String(40), default="")
    tax_category: Mapped[str] = mapped_column(String(12), default="standard")
    tax_bp: Mapped[int] = mapped_column(default=1900)
    tax_country: Mapped[str] = mapped_column(String(2), default="")
    tax_note: Mapped[str] = mapped_column(String(20), default="")
    age_class: Mapped[int] = mapped_column(default=0)
    withdrawable: Mapped[bool] = mapped_column(default=True)
    withdrawal: Mapped[str] = mapped_column(String(16), default="yes")
    set_key: Mapped[str | None] = mapped_column(String(40))
    set_ref: Mapped[str | None] = mapped_column(String(120))
    substitute_for: Mapped[int | None] = mapped_column(ForeignKey("variants.id"))
    source_kind: Mapped[str] = mapped_column(String(16), default="direct")
    source_ref: Mapped[str | None] = mapped_column(String(60))
    source_chain: Mapped[list[Any]] = mapped_column(JSON, default=list)
    cancelled: Mapped[int] = mapped_column(default=0)
    dispatched: Mapped[int] = mapped_column(default=0)
    delivered: Mapped[int] = mapped_column(default=0)
    withdrawn: Mapped[int] = mapped_column(default=0)
    returned: Mapped[int] = mapped_column(default=0)
    set_asked: Mapped[str | None] = mapped_column(String(6))
    arrived_at: Mapped[datetime | None]
    refunded_minor: Mapped[int] = mapped_column(default=0)


class Reservation(Model):
    """Pieces kept for a line until it is paid and sent; state changes only from `held`."""

    __tablename__ = "reservations"
    __table_args__ = (
        CheckConstraint("state IN ('held','used','freed')", name="state"),
        Index("ix_reservations_state", "state", "until"),
        Index("ix_reservations_line_id", "line_id"),
    )

    id: Mapped[Key]
    line_id: Mapped[int] = mapped_column(ForeignKey("order_lines.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"))
    qty: Mapped[int]
    state: Mapped[str] = mapped_column(String(6), default="held")
    until: Mapped[datetime]
