"""What stands on invoices and corrections: numbers, shares of each rate, how long they are kept.

Pure; minor units. All documents of a part together always come to what was kept of it, and their
VAT to the VAT of that. Source: UStG §§ 14, 14b, 17; UStAE 3.10, 10.1; BAO § 132; OR Art. 958f.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from marketplace.foundation.money import allocate, vat_inside
from marketplace.orders.rules.tax import shipping_by_rate

COUNTED = ("cancel", "withdrawal", "complaint", "dispute")
"""Refunds that lower the price; what came too much or too late was never a part of it."""
VAT_FREE = frozenset(("small", "small_at"))
"""Notes of sellers who charge no VAT and show none."""
NOTES = ("", "small", "small_at", "flat", "flat_at")
YEARS = {"DE": 8, "AT": 7, "CH": 10}
PREFIX = re.compile(r"[A-Z0-9]{1,10}")
OWN_NUMBER = re.compile(r"[\w./ -]{1,40}")


@dataclass(frozen=True, slots=True)
class Share:
    """What of a document belongs to one rate; `sending_minor` is a part of the gross."""

    bp: int
    gross_minor: int
    vat_minor: int
    sending_minor: int = 0

    @property
    def net_minor(self) -> int:
        """Without VAT."""
        return self.gross_minor - self.vat_minor


def invoiced(lines: Sequence[tuple[int, int]], sending_minor: int, vat_free: bool = False
             ) -> tuple[Share, ...]:
    """Shares of an invoice from (gross, rate) of its lines and its sending, highest rate first.

    Sending follows the goods. `vat_free`: the seller charges none and none is shown.
    """
    goods: dict[int, int] = {}
    for gross, bp in lines:
        goods[bp] = goods.get(bp, 0) + gross
    sent = shipping_by_rate(goods, sending_minor)
    return tuple(_share(bp, goods[bp] + sent[bp], sent[bp], vat_free)
                 for bp in sorted(goods, reverse=True))


def _share(bp: int, gross: int, sending: int, vat_free: bool) -> Share:
    return Share(bp, gross, 0 if vat_free else vat_inside(gross, bp), sending)


def standing(documents: Iterable[Sequence[Share]]) -> tuple[Share, ...]:
    """What all documents of a part come to together, by rate."""
    found: dict[int, tuple[int, int, int]] = {}
    for shares in documents:
        for one in shares:
            gross, vat, sending = found.get(one.bp, (0, 0, 0))
            found[one.bp] = (gross + one.gross_minor, vat + one.vat_minor,
                             sending + one.sending_minor)
    return tuple(Share(bp, *found[bp]) for bp in sorted(found, reverse=True))


def corrected(before: Sequence[Share], goods: Mapping[int, int], sending_minor: int,
              rest_minor: int = 0, vat_free: bool = False) -> tuple[Share, ...]:
    """What a refund takes away of what was documented; amounts are negative.

    `goods`: gross of pieces given back by rate; `sending_minor` is taken where sending was
    documented; `rest_minor`, a price reduction of the whole, falls on all rates in proportion.
    What a rate cannot give any more is taken from the others. Rates that change nothing are left
    out.
    """
    left = {one.bp: [one.gross_minor - one.sending_minor, one.sending_minor] for one in before}
    short = rest_minor
    for bp, minor in sorted(goods.items(), reverse=True):
        given = min(minor, left[bp][0] if bp in left else 0)
        short += minor - given
        if bp in left:
            left[bp][0] -= given
    sent = min(sending_minor, sum(pair[1] for pair in left.values()))
    short += sending_minor - sent
    _spread(left, sent, 1)
    _spread_over_all(left, short)
    changes = []
    for one in before:
        rest, sending = left[one.bp]
        now = _share(one.bp, rest + sending, sending, vat_free)
        if now != one:
            changes.append(Share(one.bp, now.gross_minor - one.gross_minor,
                                 now.vat_minor - one.vat_minor,
                                 now.sending_minor - one.sending_minor))
    return tuple(changes)


def _spread(left: dict[int, list[int]], minor: int, column: int) -> None:
    """Take `minor` from one column of all rates in proportion; the higher rate a tied cent."""
    rates = sorted(left, reverse=True)
    if minor and rates:
        parts = allocate(minor, [left[bp][column] for bp in rates])
        for bp, part in zip(rates, parts, strict=True):
            left[bp][column] -= part


def _spread_over_all(left: dict[int, list[int]], minor: int) -> None:
    """Take from goods in proportion, then from sending; never more than there is."""
    for column in (0, 1):
        taken = min(minor, sum(pair[column] for pair in left.values()))
        _spread(left, taken, column)
        minor -= taken


def number_of(prefix: str, mode: str, year: int, place: int) -> str:
    """WK-2026-00001; trials begin with DEMO- or TEST-, so that nobody takes them for real."""
    start = "" if mode == "live" else f"{mode.upper()}-"
    return f"{start}{prefix}-{year}-{place:05d}"


def prefix_of(name: str) -> str:
    """What numbers of a producer begin with unless it says otherwise: initials, or three letters.

    "Weingut Kaltbach" gives WK, "Nordgarn" gives NOR.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper()
    words = re.findall(r"[A-Z0-9]+", plain)
    if len(words) > 1:
        return "".join(word[0] for word in words[:4])
    return (words[0] if words else "R")[:3]


def kept_until(issued_on: date, country: str) -> date:
    """The last day a document is kept: the end of its year and the years of the seller's law.

    Germany 8, Austria 7, Switzerland 10; elsewhere ten, the longest of these.
    """
    return date(issued_on.year + YEARS.get(country, 10), 12, 31)


UNPAID_DAYS = 90
"""An order that came to nothing is somebody's for so long (orders 3.12)."""


def may_forget(placed_on: date, country: str, paid: bool, today: date) -> bool:
    """Whether nothing of a buyer has to be kept any more for an order without a document."""
    last = kept_until(placed_on, country) if paid else placed_on + timedelta(days=UNPAID_DAYS)
    return today > last
