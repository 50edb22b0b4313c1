"""Where a producer sends to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.foundation.kept import kept
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


def served(producer_id: int) -> Sequence[str]:
    """Countries a producer sends to, kept for a minute. Loads: 1 statement, or none."""
    return kept(("served", producer_id), lambda: tuple(dict.fromkeys(
        code for zone in zones_of(producer_id) for code in zone.countries)))


def served_anywhere() -> Sequence[str]:
    """Countries any producer sends to, kept for a minute. Loads: 1 statement, or none."""
    return kept("served", lambda: tuple(sorted({
        code for codes in db.session.scalars(select(ShippingZone.countries)) for code in codes})))
