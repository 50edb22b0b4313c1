"""What sending costs: zones and rates of each producer."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class ShippingZone(Model):
    """Countries a producer sends to under the same rates."""

    __tablename__ = "shipping_zones"
    __table_args__ = (Index("ix_shipping_zones_producer_id", "producer_id"),)

    id: Mapped[Key]
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    countries: Mapped[list[Any]] = mapped_column(JSON)
    postcodes: Mapped[list[Any]] = mapped_column(JSON, default=list)


class ShippingRate(Model):
    """A price in a zone, by method and basis; `from_x` <= x <= `to_x`; minor units."""

    __tablename__ = "shipping_rates"
    __table_args__ = (
        CheckConstraint("method IN ('parcel','pickup','own')", name="method"),
        CheckConstraint("basis IN ('flat','units','weight_g','goods_minor')", name="basis"),
        CheckConstraint("handover_age IN (0, 16, 18)", name="handover_age"),
        Index("ix_shipping_rates_zone_id", "zone_id"),
    )

    id: Mapped[Key]
    zone_id: Mapped[int] = mapped_column(ForeignKey("shipping_zones.id"))
    method: Mapped[str] = mapped_column(String(8), default="parcel")
    basis: Mapped[str] = mapped_column(String(12), default="flat")
    from_x: Mapped[int] = mapped_column(default=0)
    to_x: Mapped[int | None]
    minor: Mapped[int]
    free_from_minor: Mapped[int | None]
    handover_age: Mapped[int] = mapped_column(default=0)
    days_min: Mapped[int] = mapped_column(default=1)
    days_max: Mapped[int] = mapped_column(default=4)


class ReturnAddress(Model):
    """Where a producer's goods come back to, if not to the seller's own address."""

    __tablename__ = "return_addresses"

    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    street: Mapped[str] = mapped_column(String(120))
    extra: Mapped[str] = mapped_column(String(120), default="")
    postcode: Mapped[str] = mapped_column(String(12))
    city: Mapped[str] = mapped_column(String(80))
    country: Mapped[str] = mapped_column(String(2))
