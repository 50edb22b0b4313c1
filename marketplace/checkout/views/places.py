"""Countries to deliver to and to send bills to."""

from __future__ import annotations

from marketplace.orders.queries.zones import served_anywhere
from marketplace.orders.rules.tax import EU
from marketplace.web.formats import country_name
from marketplace.web.market import ships_to_switzerland

USUAL = ("DE", "AT", "CH")
BILLED = sorted(EU | {"CH", "GB", "IS", "LI", "NO"})


def delivery_countries() -> list[tuple[str, str]]:
    """Germany, Austria, Switzerland, and wherever else a producer sends to."""
    more = sorted(((code, country_name(code)) for code in served_anywhere() if code not in USUAL),
                  key=lambda pair: pair[1])
    return [*((code, country_name(code)) for code in USUAL), *more]


def bill_countries() -> list[tuple[str, str]]:
    """Where a buyer may live: those of deliveries first, then all of Europe by name."""
    first = delivery_countries()
    known = {code for code, _name in first}
    return [*first, *sorted(((code, country_name(code)) for code in BILLED if code not in known),
                            key=lambda pair: pair[1])]


def is_open(code: str) -> bool:
    """Whether the market lets goods go to a country at all: Switzerland is a switch."""
    return code != "CH" or ships_to_switzerland()


def is_delivered_to(code: str) -> bool:
    """Whether somebody may choose to have goods sent to this country."""
    return code in dict(delivery_countries())
