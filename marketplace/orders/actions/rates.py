"""Shipping tables of producers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from babel import Locale
from flask_babel import gettext as _
from sqlalchemy import delete

from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.foundation.events import announce
from marketplace.orders.events import RatesChanged
from marketplace.orders.models import ReturnAddress, ShippingRate, ShippingZone
from marketplace.orders.queries.zones import zones_of
from marketplace.orders.rules.zones import RateRow, ZoneArea, clash, fault_of, read_ranges

RETURN_FIELDS = {"name": 120, "street": 120, "extra": 120, "postcode": 12, "city": 80,
                 "country": 2}
"""Fields of a return address and their lengths."""
SHOWN = 20
"""Faults of a file that are told at once."""


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
    announce(RatesChanged(producer_id))


def keep_return_address(producer_id: int, said: Mapping[str, str]) -> None:
    """Goods come back to this address from now on; with no field filled, to the seller's own.

    Raises Invalid per field. Changes return_addresses.
    """
    typed = {name: said.get(name, "").strip()[:most] for name, most in RETURN_FIELDS.items()}
    db.session.execute(delete(ReturnAddress).where(ReturnAddress.producer_id == producer_id))
    if not any(words for name, words in typed.items() if name != "country"):
        return
    faults = {name: _("Please fill this in.") for name, words in typed.items()
              if name != "extra" and len(words) < 2}
    code = typed["country"].upper()
    if "country" not in faults and code not in Locale("en").territories:
        faults["country"] = _("By its two letters, such as: DE")
    if faults:
        raise Invalid({f"r_{name}": words for name, words in faults.items()})
    db.session.add(ReturnAddress(producer_id=producer_id, **{**typed, "country": code}))
    db.session.flush()


def add_zone(producer_id: int, countries: Sequence[str], postcodes: str, rate: RateRow) -> None:
    """Send to more countries, or to some postcodes of them at rates of their own.

    Raises Invalid for unknown countries, unreadable postcodes, and where another zone fits as
    narrowly. Changes shipping_zones, shipping_rates; announces RatesChanged.
    """
    codes = list(dict.fromkeys(code.strip().upper() for code in countries if code.strip()))
    unknown = [code for code in codes if not re.fullmatch(r"[A-Z]{2}", code, re.ASCII)
               or code not in Locale("en").territories]
    if not codes or unknown:
        raise Invalid({"countries": _("By their two letters, such as: DE, AT")})
    try:
        ranges = read_ranges(postcodes)
    except ValueError as fault:
        raise Invalid({"postcodes": _("%(words)s is no range of postcodes; such as: 27498, "
                                      "25980-25999", words=str(fault)[:40])}) from fault
    area = ZoneArea(0, codes, ranges)
    for zone in zones_of(producer_id):
        met = clash(area, ZoneArea(zone.id, zone.countries, zone.ranges))
        if met:
            raise Invalid({"postcodes" if ranges else "countries": _(
                "You have such a zone for %(code)s already. Please take it out first, or name "
                "narrower postcodes.", code=met)})
    _fits(rate, [])
    row = ShippingZone(producer_id=producer_id, countries=codes,
                       postcodes=[list(one) for one in ranges])
    db.session.add(row)
    db.session.flush()
    _write(row.id, rate)
    announce(RatesChanged(producer_id))


def add_rate(producer_id: int, zone_id: int, rate: RateRow) -> None:
    """One more row of a zone. Raises NotFound, Invalid. Changes shipping_rates; announces."""
    zone = next((one for one in zones_of(producer_id) if one.id == zone_id), None)
    if zone is None:
        raise NotFound(_("There is nothing at this address."))
    _fits(rate, [row for _id, row in zone.rates])
    _write(zone_id, rate)
    announce(RatesChanged(producer_id))


TableLine = tuple[int, Sequence[str], str, Callable[[], RateRow]]
"""A row of a file: its number, countries, postcodes, and what reads the rest (raises Invalid)."""


def take_table(producer_id: int, lines: Sequence[TableLine]) -> None:
    """Every row of a file beside those that hold, in the zone of its place or in a new one.

    Raises Invalid with a sentence for each row that cannot be taken, by its number; then nothing
    is saved. Changes shipping_zones, shipping_rates; announces RatesChanged.
    """
    faults: dict[str, str] = {}
    for number, countries, postcodes, read in lines:
        try:
            _take_line(producer_id, countries, postcodes, read())
        except Invalid as fault:
            said = " ".join(fault.faults.values()) or fault.sentence
            faults[f"row {number}"] = _("Row %(row)s: %(what)s", row=number, what=said)
    if faults:
        raise Invalid(dict(list(faults.items())[:SHOWN]))


def _take_line(producer_id: int, countries: Sequence[str], postcodes: str, rate: RateRow) -> None:
    codes = {code.strip().upper() for code in countries if code.strip()}
    try:
        ranges = [tuple(one) for one in read_ranges(postcodes)]
    except ValueError:
        ranges = []
    for zone in zones_of(producer_id):
        same = set(zone.countries) == codes and [tuple(one) for one in zone.ranges] == ranges
        if same and (ranges or not postcodes.strip()):
            add_rate(producer_id, zone.id, rate)
            return
    add_zone(producer_id, countries, postcodes, rate)


def _fits(rate: RateRow, others: Sequence[RateRow]) -> None:
    fault = fault_of(rate, others)
    if fault:
        raise Invalid({
            "order": {"to_x": _("Less than where it begins.")},
            "days": {"days_max": _("Less than the first day.")},
            "basis": {"basis": _("This zone counts that way of sending by something else. Please "
                                 "take those rows out first.")},
            "overlap": {"from_x": _("Another row of this zone holds for some of that.")},
        }[fault])


def _write(zone_id: int, rate: RateRow) -> None:
    db.session.add(ShippingRate(
        zone_id=zone_id, method=rate.method, basis=rate.basis, from_x=rate.from_x, to_x=rate.to_x,
        minor=rate.minor, free_from_minor=rate.free_from_minor, handover_age=rate.handover_age,
        days_min=rate.days_min, days_max=rate.days_max))
    db.session.flush()


def take_rate_out(producer_id: int, rate_id: int) -> None:
    """A row holds no longer; the last one takes its zone along.

    Raises NotFound. Changes shipping_rates, shipping_zones; announces RatesChanged.
    """
    for zone in zones_of(producer_id):
        ids = [number for number, _row in zone.rates]
        if rate_id in ids:
            if len(ids) == 1:
                take_zone_out(producer_id, zone.id)
                return
            db.session.execute(delete(ShippingRate).where(ShippingRate.id == rate_id))
            announce(RatesChanged(producer_id))
            return
    raise NotFound(_("There is nothing at this address."))


def take_zone_out(producer_id: int, zone_id: int) -> None:
    """Send there no longer. Raises NotFound. Changes shipping_zones, shipping_rates; announces."""
    zone = db.session.get(ShippingZone, zone_id)
    if zone is None or zone.producer_id != producer_id:
        raise NotFound(_("There is nothing at this address."))
    db.session.execute(delete(ShippingRate).where(ShippingRate.zone_id == zone_id))
    db.session.delete(zone)
    db.session.flush()
    announce(RatesChanged(producer_id))
