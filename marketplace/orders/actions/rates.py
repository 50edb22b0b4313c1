"""Shipping tables of producers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from babel import Locale
from flask_babel import gettext as _
from sqlalchemy import delete

from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.foundation.events import announce
from marketplace.orders.events import RatesChanged
from marketplace.orders.models import ShippingRate, ShippingZone
from marketplace.orders.queries.zones import zones_of


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


def add_zone(
    producer_id: int, countries: Sequence[str], minor: int, free_from_minor: int | None,
) -> None:
    """Send to more countries. Raises Invalid for unknown ones and those already served."""
    codes = list(dict.fromkeys(code.strip().upper() for code in countries if code.strip()))
    served = {code for zone in zones_of(producer_id) for code in zone.countries}
    unknown = [code for code in codes if not re.fullmatch(r"[A-Z]{2}", code, re.ASCII)
               or code not in Locale("en").territories]
    if not codes or unknown:
        raise Invalid({"countries": _("By their two letters, such as: DE, AT")})
    if served & set(codes):
        raise Invalid({"countries": _("You send to %(code)s already. Please take that line out "
                                      "first.", code=", ".join(sorted(served & set(codes))))})
    add_flat_rate(producer_id, codes, minor, free_from_minor)


def take_zone_out(producer_id: int, zone_id: int) -> None:
    """Send there no longer. Raises NotFound. Changes shipping_zones, shipping_rates; announces."""
    zone = db.session.get(ShippingZone, zone_id)
    if zone is None or zone.producer_id != producer_id:
        raise NotFound(_("There is nothing at this address."))
    db.session.execute(delete(ShippingRate).where(ShippingRate.zone_id == zone_id))
    db.session.delete(zone)
    db.session.flush()
    announce(RatesChanged(producer_id))
