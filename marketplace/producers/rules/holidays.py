"""Public holidays by region. Pure; the dates come from the maintained library `holidays`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

WITH_PARTS = ("DE", "AT", "CH")
"""Countries whose public holidays differ by a part that people know by name."""


@lru_cache(64)
def public_holidays(region: str, year: int, lang: str = "de") -> Mapping[date, str]:
    """The public holidays of a year with their names; none for an empty or unknown region.

    A region is a country (DE) or a part of one (DE-RP), codes as in ISO 3166-2. The name is in
    the language asked for where the library has it, else in that of the country.
    """
    import holidays

    country, _dash, part = region.partition("-")
    known = holidays.list_supported_countries(include_aliases=False).get(country)
    if known is None or (part and part not in known):
        return {}
    spoken = holidays.country_holidays(country).supported_languages
    wanted = next((one for one in spoken if one.split("_")[0] == lang), None)
    found = holidays.country_holidays(country, subdiv=part or None, years=[year], language=wanted)
    return dict(sorted(found.items()))


def holidays_between(region: str, begin: date, end: date) -> frozenset[date]:
    """The public holidays from one day to another, both included."""
    return frozenset(day for year in range(begin.year, end.year + 1)
                     for day in public_holidays(region, year) if begin <= day <= end)


@lru_cache(32)
def parts_of(country: str) -> Sequence[tuple[str, str]]:
    """Regions of a country with the names its people use, by name; none where it has no parts."""
    if country not in WITH_PARTS:
        return ()
    import holidays

    named: dict[str, str] = {}
    for name, code in holidays.country_holidays(country).subdivisions_aliases.items():
        if len(code) <= 2:
            named.setdefault(code, name)
    return sorted(((f"{country}-{code}", name) for code, name in named.items()),
                  key=lambda row: row[1])


def is_region(region: str, country: str) -> bool:
    """Whether a region is the whole country or one of its parts; an empty one is none at all."""
    return region in ("", country) or region in {code for code, _name in parts_of(country)}
