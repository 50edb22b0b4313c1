"""Where a producer sends to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.foundation.kept import kept
from marketplace.orders.models import ReturnAddress, ShippingRate, ShippingZone
from marketplace.orders.rules.zones import PostRange, RateRow, ZoneArea


@dataclass(frozen=True, slots=True)
class Zone:
    """Countries, postcodes in them (none: all of them), and their rows by id."""

    id: int
    countries: Sequence[str]
    ranges: Sequence[PostRange]
    rates: Sequence[tuple[int, RateRow]]


def zone_area(zone: ShippingZone) -> ZoneArea:
    """A zone as rules see it."""
    return ZoneArea(zone.id, zone.countries, [(one[0], one[1]) for one in zone.postcodes])


def zones_of(producer_id: int) -> Sequence[Zone]:
    """All zones of a producer with their rows. Loads: 1 statement."""
    found: dict[int, Zone] = {}
    rows: dict[int, list[tuple[int, RateRow]]] = {}
    for zone, row in db.session.execute(
            select(ShippingZone, ShippingRate)
            .outerjoin(ShippingRate, ShippingRate.zone_id == ShippingZone.id)
            .where(ShippingZone.producer_id == producer_id)
            .order_by(ShippingZone.id, ShippingRate.method, ShippingRate.from_x, ShippingRate.id)):
        area = zone_area(zone)
        own = rows.setdefault(zone.id, [])
        found.setdefault(zone.id, Zone(zone.id, area.countries, area.ranges, own))
        if row is not None:
            own.append((row.id, RateRow(
                row.method, row.basis, row.from_x, row.to_x, row.minor, row.free_from_minor,
                row.handover_age, row.days_min, row.days_max)))
    return list(found.values())


def served(producer_id: int) -> Sequence[str]:
    """Countries a producer sends to, kept for a minute. Loads: 1 statement, or none."""
    return kept(("served", producer_id), lambda: tuple(dict.fromkeys(
        code for zone in zones_of(producer_id) if zone.rates for code in zone.countries)))


def served_anywhere() -> Sequence[str]:
    """Countries any producer sends to, kept for a minute. Loads: 1 statement, or none."""
    return kept("served", lambda: tuple(sorted({
        code for codes in db.session.scalars(select(ShippingZone.countries)) for code in codes})))


def return_address(producer_id: int) -> ReturnAddress | None:
    """Where a producer wants its goods back, None for its own address. Loads: 1 statement."""
    return db.session.scalar(select(ReturnAddress).where(
        ReturnAddress.producer_id == producer_id).execution_options(populate_existing=True))
