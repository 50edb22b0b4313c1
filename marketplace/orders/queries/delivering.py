"""Whether something can be had in a country, and when it leaves: before anybody has to ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from marketplace.catalog.queries.choosing import BuyableOn, buyable_on
from marketplace.orders.queries.zones import zones_of


def delivered_on(variant_id: int, country: str, on: date, swiss: bool = False
                 ) -> BuyableOn | None:
    """As `buyable_on`, with the producer's zones: `why` is "no_delivery" where no parcel goes.

    Loads: at most 8 statements.
    """
    found = buyable_on(variant_id, country, on, swiss)
    if found is None or found.why:
        return found
    reached = {land for zone in zones_of(found.producer_id) for land in zone.countries}
    if country.upper() in reached:
        return found
    return replace(found, why="no_delivery", dispatch_on=None)
