"""Where a producer sends to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.orders.models import ShippingRate, ShippingZone


@dataclass(frozen=True, slots=True)
class Zone:
    """Countries with the price of their cheapest parcel, in minor units."""

    id: int
    countries: Sequence[str]
    minor: int
    free_from_minor: int | None


def zones_of(producer_id: int) -> Sequence[Zone]:
    """All zones of a producer, each once. Loads: 1 statement."""
    rows = db.session.execute(
        select(ShippingZone.id, ShippingZone.countries, ShippingRate.minor,
               ShippingRate.free_from_minor)
        .join(ShippingRate, ShippingRate.zone_id == ShippingZone.id)
        .where(ShippingZone.producer_id == producer_id)
        .order_by(ShippingZone.id, ShippingRate.minor.desc(), ShippingRate.id))
    return list({row[0]: Zone(row[0], row[1], row[2], row[3]) for row in rows}.values())
