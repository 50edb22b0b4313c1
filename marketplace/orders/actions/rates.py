"""Shipping tables of producers."""

from __future__ import annotations

from collections.abc import Sequence

from marketplace.foundation.database import db
from marketplace.orders.models import ShippingRate, ShippingZone


def add_flat_rate(
    producer_id: int, countries: Sequence[str], minor: int, free_from_minor: int | None = None,
    handover_age: int = 18,
) -> None:
    """One price for a parcel to these countries. Changes shipping_zones, shipping_rates."""
    zone = ShippingZone(producer_id=producer_id, countries=list(countries))
    db.session.add(zone)
    db.session.flush()
    db.session.add(ShippingRate(zone_id=zone.id, method="parcel", basis="flat", minor=minor,
                                free_from_minor=free_from_minor, handover_age=handover_age))
    db.session.flush()
