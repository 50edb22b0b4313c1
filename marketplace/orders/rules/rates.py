"""Reading rates of VAT from a file's cells. Pure; a fault is (code, what the sentence needs)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from marketplace.orders.rules.documents import NOTES
from marketplace.orders.rules.tax import SELLER_STATUSES, TaxRow

COLUMNS = ("status", "country", "category", "percent", "valid_from", "valid_to", "note", "source")
CATEGORIES = ("standard", "reduced", "zero", "*")
MOST_BP = 5_000


@dataclass(frozen=True, slots=True)
class RateFault:
    """What is wrong in a row: its number, the column, and the words that stand there."""

    row: int
    column: str
    found: str


def read_rates(rows: Iterable[tuple[int, Mapping[str, str]]]
               ) -> tuple[list[tuple[int, TaxRow]], list[RateFault]]:
    """Rows of a file as rates by row number, and everything that cannot be taken."""
    good: list[tuple[int, TaxRow]] = []
    faults: list[RateFault] = []
    for number, cells in rows:
        wrong = [RateFault(number, name, cells.get(name, "")[:40])
                 for name in COLUMNS if not _fits(name, cells.get(name, ""))]
        faults += wrong
        if not wrong:
            good.append((number, _row(cells)))
    for number, row in good:
        if row.valid_to is not None and row.valid_to < row.valid_from:
            faults.append(RateFault(number, "valid_to", row.valid_to.isoformat()))
    return good, faults


def _fits(name: str, text: str) -> bool:
    if name == "status":
        return text in SELLER_STATUSES
    if name == "country":
        return re.fullmatch(r"[A-Z]{2}", text, re.ASCII) is not None
    if name == "category":
        return text in CATEGORIES
    if name == "percent":
        return _bp(text) is not None
    if name == "note":
        return text in NOTES
    if name == "source":
        return 0 < len(text) <= 200
    return _day(text) is not None or (name == "valid_to" and not text)


def _bp(text: str) -> int | None:
    """19, 5.5 or 5,5 percent as basis points."""
    try:
        bp = Decimal(text.strip().removesuffix("%").strip().replace(",", ".")) * 100
    except InvalidOperation:
        return None
    fits = bp.is_finite() and bp == bp.to_integral_value() and 0 <= bp <= MOST_BP
    return int(bp) if fits else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _row(cells: Mapping[str, str]) -> TaxRow:
    start, bp = _day(cells["valid_from"]), _bp(cells["percent"])
    assert start is not None and bp is not None
    return TaxRow(cells["status"], cells["country"], cells["category"], bp, cells.get("note", ""),
                  start, _day(cells.get("valid_to", "")), cells["source"])


@dataclass(frozen=True, slots=True)
class Merged:
    """What a file does to a table: rows to add, rows that end sooner, rows that overlap."""

    new: Sequence[TaxRow]
    ended: Sequence[tuple[TaxRow, date]]
    overlaps: Sequence[int]


def merge(known: Iterable[TaxRow], rows: Iterable[tuple[int, TaxRow]]) -> Merged:
    """Put rows of a file into the table.

    What stands there already is left out. A row without an end that begins earlier ends on the day
    before the new one. Anything else that overlaps is refused, by its row number.
    """
    table, new, overlaps = list(known), list[TaxRow](), list[int]()
    ended: dict[TaxRow, date] = {}
    for number, row in sorted(rows, key=lambda pair: (pair[1].valid_from, pair[0])):
        if any(replace(row, source="") == replace(one, source="") for one in table):
            continue
        same = [one for one in table if _key(one) == _key(row)]
        before = [one for one in same if one.valid_to is None and one.valid_from < row.valid_from]
        for one in before:
            shorter = replace(one, valid_to=row.valid_from - timedelta(days=1))
            assert shorter.valid_to is not None
            table[table.index(one)] = shorter
            if one in new:
                new[new.index(one)] = shorter
            else:
                ended[one] = shorter.valid_to
        if any(_meet(one, row) for one in table if _key(one) == _key(row)):
            overlaps.append(number)
            continue
        table.append(row)
        new.append(row)
    return Merged(new, list(ended.items()), overlaps)


def _key(row: TaxRow) -> tuple[str, str, str]:
    return row.status, row.country, row.category


def _meet(one: TaxRow, other: TaxRow) -> bool:
    return (one.valid_to is None or one.valid_to >= other.valid_from) and (
        other.valid_to is None or other.valid_to >= one.valid_from)
