"""Sellers of a year with what is reported of them: from the book, the orders and their data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select

from marketplace.foundation import clock
from marketplace.foundation.database import read
from marketplace.orders.models import Order, SellerOrder
from marketplace.orders.queries.exporting import month_range
from marketplace.payments.models import BankAccount, LedgerMove
from marketplace.payments.queries.commission import earned
from marketplace.payments.rules.reporting import Quarter, lacking, quarter_of, reported, year_of
from marketplace.producers.models import Producer, Trader

FACTS = ("legal_name", "legal_form", "birth_date", "street", "postcode", "city", "country", "tin",
         "tax_no", "vat_id", "register", "register_no")
COLUMNS = ("year", "producer", *FACTS, "holder", "iban",
           *(f"q{n}_{what}" for n in range(1, 5)
             for what in ("consideration_minor", "fees_minor", "contracts")),
           "consideration_minor", "fees_minor", "contracts")


@dataclass(frozen=True, slots=True)
class SellerYear:
    """A seller's year: its data as text by name, four quarters, and whether it is in the file."""

    producer_id: int
    slug: str
    name: str
    facts: Mapping[str, str]
    quarters: Sequence[Quarter]

    @property
    def year(self) -> Quarter:
        """All four quarters."""
        return year_of(self.quarters)

    @property
    def reported(self) -> bool:
        """Whether it is in the file."""
        return reported(self.year.contracts, self.year.consideration_minor)

    @property
    def lacks(self) -> Sequence[str]:
        """Names of data that are missing."""
        return lacking(dict(self.facts))

    def cells(self, number: int) -> list[Any]:
        """The row of the file for this year, as `COLUMNS` says."""
        sums = [one for row in [*self.quarters, self.year] for one in (
            row.consideration_minor, row.fees_minor, row.contracts)]
        return [number, self.slug, *(self.facts[name] for name in FACTS), self.facts["holder"],
                self.facts["iban"], *sums]


def seller_years(year: int, mode: str, producer_id: int | None = None) -> Sequence[SellerYear]:
    """Everybody who got something in a year, in orders of this mode. Loads: 23 statements."""
    begins = [month_range(year, month)[0] for month in (1, 4, 7, 10)]
    ends = [*begins[1:], month_range(year, 12)[1]]
    quarters: dict[int, list[list[int]]] = {}

    def add(maker: int, quarter: int, place: int, count: int) -> None:
        if producer_id in (None, maker):
            quarters.setdefault(maker, [[0, 0, 0] for _ in begins])[quarter][place] += count

    for number, (begin, end) in enumerate(zip(begins, ends, strict=True)):
        for maker, minor in _got(begin, end, mode):
            add(maker, number, 0, minor)
        for (maker, of_mode), sums in earned(begin, end).items():
            if of_mode == mode:
                add(maker, number, 1, sums.total_minor)
    for maker, at in _contracts(begins[0], ends[-1], mode):
        add(maker, quarter_of(clock.in_zone(at).month), 2, 1)
    facts = _facts(list(quarters))
    return [SellerYear(maker, facts[maker]["slug"], facts[maker]["name"], facts[maker],
                       [Quarter(*row) for row in rows])
            for maker, rows in sorted(quarters.items())]


def _got(begin: datetime, end: datetime, mode: str) -> list[tuple[int, int]]:
    """What each account of a producer gained or lost."""
    found: dict[int, int] = {}
    for sign, account in ((1, LedgerMove.to_account), (-1, LedgerMove.from_account)):
        for name, minor in read(
                select(account, func.sum(LedgerMove.minor))
                .outerjoin(SellerOrder, SellerOrder.id == LedgerMove.seller_order_id)
                .outerjoin(Order, Order.id == SellerOrder.order_id)
                .where(account.like("producer:%"), LedgerMove.at >= begin, LedgerMove.at < end,
                       or_(Order.mode == mode, Order.id.is_(None)))
                .group_by(account)):
            maker = int(name.partition(":")[2])
            found[maker] = found.get(maker, 0) + sign * int(minor)
    return list(found.items())


def _contracts(begin: datetime, end: datetime, mode: str) -> Sequence[tuple[int, datetime]]:
    """Parts that were first paid in a span and not given back whole: producer and moment."""
    first = (select(LedgerMove.seller_order_id, func.min(LedgerMove.at).label("at"))
             .where(LedgerMove.reason == "paid").group_by(LedgerMove.seller_order_id).subquery())
    rows = read(
        select(SellerOrder.producer_id, first.c.at)
        .join(first, first.c.seller_order_id == SellerOrder.id)
        .join(Order, Order.id == SellerOrder.order_id)
        .where(Order.mode == mode, first.c.at >= begin, first.c.at < end,
               SellerOrder.paid_minor > SellerOrder.refunded_minor))
    return [(row[0], row[1]) for row in rows]


def _facts(ids: list[int]) -> dict[int, dict[str, str]]:
    """Data of sellers as text."""
    columns = [getattr(Trader, name) for name in FACTS]
    found = {}
    for row in read(
            select(Producer.id, Producer.slug, Producer.name, BankAccount.holder,
                   BankAccount.iban, *columns)
            .outerjoin(Trader, Trader.producer_id == Producer.id)
            .outerjoin(BankAccount, (BankAccount.producer_id == Producer.id)
                       & BankAccount.replaced_at.is_(None))
            .where(Producer.id.in_(ids))):
        said = {name: "" if cell is None else str(cell) for name, cell in zip(
            ("slug", "name", "holder", "iban", *FACTS), row[1:], strict=True)}
        found[row[0]] = said
    return found


def first_year() -> int | None:
    """The year of the book's first move. Loads: 1 statement."""
    rows = read(select(func.min(LedgerMove.at)))
    return clock.in_zone(rows[0][0]).year if rows[0][0] else None
