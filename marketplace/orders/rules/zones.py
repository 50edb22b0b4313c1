"""Which zone of a shipping table a postcode belongs to, and what may not stand in one. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

PostRange = tuple[str, str]
"""First and last postcode, of the same length, in capitals and without blanks."""
EVERYWHERE = float("inf")
MOST_RANGES, LONGEST = 50, 10


@dataclass(frozen=True, slots=True)
class ZoneArea:
    """Countries, and the postcodes in them; no ranges: the whole countries."""

    id: int
    countries: Sequence[str]
    ranges: Sequence[PostRange] = ()


@dataclass(frozen=True, slots=True)
class RateRow:
    """A row of a zone as it is typed; minor units, grams, pieces, days."""

    method: str
    basis: str
    from_x: int
    to_x: int | None
    minor: int
    free_from_minor: int | None = None
    handover_age: int = 18
    days_min: int = 1
    days_max: int = 4


def rate_cells(row: RateRow) -> tuple[str, ...]:
    """A row as a file of the table holds it, from `method` on."""
    def size(n: int | None) -> str:
        if n is None or row.basis == "flat":
            return ""
        return _price(n) if row.basis == "goods_minor" else str(n)

    free = "" if row.free_from_minor is None else _price(row.free_from_minor)
    return (row.method, row.basis, size(row.from_x), size(row.to_x), _price(row.minor), free,
            str(row.handover_age), str(row.days_min), str(row.days_max))


def _price(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02}"


def bare(postcode: str) -> str:
    """A postcode as it is compared."""
    return re.sub(r"[^0-9A-Z]", "", postcode.upper())


def read_ranges(typed: str) -> list[PostRange]:
    """Ranges such as "27498, 25980-25999". Raises ValueError with the part that is none."""
    found = []
    for words in filter(None, (one.strip() for one in re.split(r"[,;\n]", typed))):
        first, dash, last = words.partition("-")
        pair = (bare(first), bare(last) if dash else bare(first))
        if not pair[0] or len(pair[0]) != len(pair[1]) or pair[0] > pair[1] \
                or len(pair[0]) > LONGEST:
            raise ValueError(words)
        found.append(pair)
    if len(found) > MOST_RANGES:
        raise ValueError(str(len(found)))
    return found


def width(found: PostRange) -> int:
    """How many postcodes a range may hold."""
    base = 10 if (found[0] + found[1]).isdigit() else 36
    return int(found[1], base) - int(found[0], base) + 1


def narrowness(zone: ZoneArea, country: str, postcode: str) -> float | None:
    """How wide the narrowest range of a zone around a postcode is; None if it is outside.

    Where the postcode is not known yet only zones of whole countries fit.
    """
    if country not in zone.countries:
        return None
    if not zone.ranges:
        return EVERYWHERE
    code = bare(postcode)
    fits = [width(one) for one in zone.ranges
            if len(one[0]) == len(code) and one[0] <= code <= one[1]]
    return min(fits) if fits else None


def zones_for(zones: Iterable[ZoneArea], country: str, postcode: str) -> list[int]:
    """The ids of the zones that hold for a postcode: the narrowest (orders 3.13)."""
    found = {zone.id: fit for zone in zones
             if (fit := narrowness(zone, country, postcode)) is not None}
    return [zone for zone, fit in found.items() if fit == min(found.values())]


def clash(one: ZoneArea, other: ZoneArea) -> str:
    """A country where two zones fit a postcode equally narrowly; "" if there is none."""
    for country in sorted(set(one.countries) & set(other.countries)):
        if not one.ranges and not other.ranges:
            return country
        for a in one.ranges:
            if any(len(a[0]) == len(b[0]) and a[0] <= b[1] and b[0] <= a[1]
                   and width(a) == width(b) for b in other.ranges):
                return country
    return ""


def fault_of(row: RateRow, others: Iterable[RateRow]) -> str:
    """Why a row cannot stand beside others of its zone: order, basis, overlap, days; or "".

    One basis for each method of a zone, and no quantity in two rows of it.
    """
    if row.to_x is not None and row.to_x < row.from_x:
        return "order"
    if not 0 <= row.days_min <= row.days_max:
        return "days"
    for other in others:
        if other.method != row.method:
            continue
        if other.basis != row.basis:
            return "basis"
        if row.basis == "flat" or _meet(row, other):
            return "overlap"
    return ""


def _meet(one: RateRow, other: RateRow) -> bool:
    return (one.to_x is None or other.from_x <= one.to_x) and (
        other.to_x is None or one.from_x <= other.to_x)


def faults_in(rows: Sequence[RateRow]) -> Mapping[int, str]:
    """What is wrong in the rows of one zone, by their place from 0."""
    found = {number: fault_of(row, rows[:number]) for number, row in enumerate(rows)}
    return {number: fault for number, fault in found.items() if fault}
