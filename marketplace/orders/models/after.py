"""What happens after the contract: parcels, promises, history."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class OrderWish(Model):
    """A wish that a buyer shows to the house of one part of an order; gone with the wish."""

    __tablename__ = "order_wishes"
    __table_args__ = (Index("ix_order_wishes_wish_id", "wish_id"),)

    seller_order_id: Mapped[int] = mapped_column(ForeignKey("seller_orders.id"), primary_key=True)
    wish_id: Mapped[int] = mapped_column(ForeignKey("wishes.id", ondelete="CASCADE"),
                                         primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class Parcel(Model):
    """Goods on their way."""

    __tablename__ = "parcels"
    __table_args__ = (
        CheckConstraint("state IN ('packed','handed_over','delivered','lost','sent_back')",
                        name="state"),
        Index("ix_parcels_seller_order_id", "seller_order_id"),
        Index("ix_parcels_underway", "handed_over_at",
              sqlite_where=text("state = 'handed_over'"),
              postgresql_where=text("state = 'handed_over'")),
    )

    id: Mapped[Key]
    seller_order_id: Mapped[int] = mapped_column(ForeignKey("seller_orders.id"))
    code: Mapped[str] = mapped_column(String(12), unique=True)
    carrier: Mapped[str] = mapped_column(String(40), default="")
    tracking: Mapped[str] = mapped_column(String(60), default="")
    note: Mapped[str] = mapped_column(String(600), default="")
    state: Mapped[str] = mapped_column(String(12), default="packed")
    handed_over_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    delivered_by: Mapped[str | None] = mapped_column(String(10))
    packed_at: Mapped[datetime | None]
    made_by: Mapped[str | None] = mapped_column(String(60))
    note_picture: Mapped[str | None] = mapped_column(String(80))
    published_at: Mapped[datetime | None]
    handed_to: Mapped[str | None] = mapped_column(String(80))
    age_check: Mapped[str | None] = mapped_column(String(8))
    asked_at: Mapped[datetime | None]


class ParcelLine(Model):
    """How many of a line are in a parcel, from which lot."""

    __tablename__ = "parcel_lines"

    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcels.id"), primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("order_lines.id"), primary_key=True)
    qty: Mapped[int]
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lots.id"))


class DispatchPromise(Model):
    """A date that was promised; append-only."""

    __tablename__ = "dispatch_promises"
    __table_args__ = (UniqueConstraint("seller_order_id", "promised_on"),)

    id: Mapped[Key]
    seller_order_id: Mapped[int] = mapped_column(ForeignKey("seller_orders.id"))
    promised_on: Mapped[date]
    set_at: Mapped[datetime]
    reason: Mapped[str | None] = mapped_column(String(200))
    by_whom: Mapped[str | None] = mapped_column(String(8))
    by_name: Mapped[str | None] = mapped_column(String(60))
    reminded_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]


class OrderHistory(Model):
    """What happened to an order, told once, for the buyer or the staff; append-only."""

    __tablename__ = "order_history"
    __table_args__ = (
        CheckConstraint("actor IN ('buyer','staff','operator','system')", name="actor"),
        Index("ix_order_history_order", "order_id", "at"),
    )

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    seller_order_id: Mapped[int | None] = mapped_column(ForeignKey("seller_orders.id"))
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(24))
    actor: Mapped[str] = mapped_column(String(10))
    actor_name: Mapped[str | None] = mapped_column(String(60))
    args: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    for_buyer: Mapped[bool] = mapped_column(default=True)
