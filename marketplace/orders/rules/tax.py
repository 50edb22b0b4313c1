"""VAT of a document: which rate, how much is inside, what a correction changes. Pure; minor units.

Source: UStG §§ 3c, 12, 14, 19, 24; UStAE 3.10, 10.1 (sending follows the goods).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from marketplace.foundation.errors import MarketError
from marketplace.foundation.money import allocate, vat_inside

SELLER_STATUSES = ("regular", "small", "flat_rate")
EU = frozenset((
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT",
    "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"))


class NoRate(MarketError):
    """The table of rates says nothing for this case; nobody guesses."""


@dataclass(frozen=True, slots=True)
class TaxRow:
    """A row of the table: the rate of a category in a country for sellers of a status.

    `note` is a sentence the document has to carry, e.g. for small businesses.
    """

    status: str
    country: str
    category: str
    bp: int
    note: str
    valid_from: date
    valid_to: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """The rate in force, the country it belongs to, and what the document has to say."""

    bp: int
    country: str
    note: str


@dataclass(frozen=True, slots=True)
class RateSum:
    """What of a document belongs to one rate; gross = net + VAT."""

    bp: int
    gross_minor: int
    vat_minor: int

    @property
    def net_minor(self) -> int:
        """Without VAT."""
        return self.gross_minor - self.vat_minor


def decide(
    rows: Iterable[TaxRow], status: str, origin: str, target: str, category: str, day: date,
    destination: bool = False,
) -> Decided:
    """The rate for goods of `category` sent from `origin` to `target` on a day.

    `destination`: the seller is above the EU threshold or declares through the one-stop shop, so
    the target's rate applies inside the EU; small businesses and flat-rate farmers keep their own
    country's rule. Raises NoRate where the table has no row.
    """
    row = in_force(rows, status, origin, target, category, day, destination)
    return Decided(row.bp, row.country, row.note)


def in_force(
    rows: Iterable[TaxRow], status: str, origin: str, target: str, category: str, day: date,
    destination: bool = False,
) -> TaxRow:
    """The row that decides; as `decide`."""
    abroad = destination and status == "regular" and target != origin and target in EU
    country = target if abroad else origin
    found = [row for row in rows if (row.status, row.country) == (status, country)
             and row.category in (category, "*") and row.valid_from <= day
             and (row.valid_to is None or day <= row.valid_to)]
    if not found:
        raise NoRate(f"no rate for {status}, {country}, {category} on {day}")
    return max(found, key=lambda one: (one.category != "*", one.valid_from))


def shipping_by_rate(goods: Mapping[int, int], shipping_minor: int) -> dict[int, int]:
    """Sending allocated over the rates by gross goods; 6.90 over 54.00 at 19 % and 31.00 at 7 %
    gives 4.38 and 2.52. The higher rate takes a tied cent.
    """
    rates = sorted(goods, reverse=True)
    parts = allocate(shipping_minor, [goods[bp] for bp in rates]) if rates else []
    return dict(zip(rates, parts, strict=True))


def sums_by_rate(
    lines: Sequence[tuple[int, int]], shipping_minor: int = 0, vat_free: bool = False
) -> tuple[RateSum, ...]:
    """VAT of a document from (gross, rate) of its lines and its sending, highest rate first.

    VAT is worked out once per rate. `vat_free`: the seller charges none and none is shown.
    """
    goods: dict[int, int] = {}
    for gross, bp in lines:
        goods[bp] = goods.get(bp, 0) + gross
    sent = shipping_by_rate(goods, shipping_minor)
    return tuple(RateSum(bp, goods[bp] + sent[bp],
                         0 if vat_free else vat_inside(goods[bp] + sent[bp], bp))
                 for bp in sorted(goods, reverse=True))


def correction(before: Sequence[RateSum], kept: Sequence[RateSum]) -> tuple[RateSum, ...]:
    """What a correction takes away so that all documents sum to the VAT of what is kept.

    Rates that change nothing are left out; amounts are negative.
    """
    left = {row.bp: row for row in kept}
    changes = []
    for row in before:
        now = left.get(row.bp, RateSum(row.bp, 0, 0))
        if (now.gross_minor, now.vat_minor) != (row.gross_minor, row.vat_minor):
            changes.append(RateSum(row.bp, now.gross_minor - row.gross_minor,
                                   now.vat_minor - row.vat_minor))
    return tuple(changes)
