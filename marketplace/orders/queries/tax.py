"""Rates of VAT in force, and which one holds for a line."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import select

from marketplace.catalog.models import Product
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.kept import forget_one, kept
from marketplace.orders.models import TaxRate
from marketplace.orders.rules.tax import Decided, NoRate, TaxRow, decide, in_force
from marketplace.producers.queries.legal import TaxFacts

KEY = "tax_rates"


def tax_rows() -> Sequence[TaxRow]:
    """The whole table, kept for a minute. Loads: 1 statement, or none."""
    return kept(KEY, rates_in_table)


def rates_in_table() -> tuple[TaxRow, ...]:
    """The whole table as it stands, by country. Loads: 1 statement."""
    return tuple(TaxRow(r.status, r.country, r.category, r.bp, r.note, r.valid_from, r.valid_to,
                        r.source)
                 for r in db.session.scalars(
                     select(TaxRate).order_by(TaxRate.country, TaxRate.status, TaxRate.category,
                                              TaxRate.valid_from)
                     .execution_options(populate_existing=True)))


def rates_changed() -> None:
    """Read the table anew at the next look of this process."""
    forget_one(KEY)


def declares_abroad(numbers: Mapping[tuple[str, str], str]) -> bool:
    """Whether a seller declares where the buyer lives: it has a number of the one-stop shop."""
    return any(kind == "oss" for _country, kind in numbers)


def decided(facts: TaxFacts, target: str, category: str, on: date | None = None) -> Decided:
    """The rate of a seller's goods sent to a country. Raises NoRate. Loads: as `tax_rows`."""
    return decide(tax_rows(), facts.vat_status, facts.ships_from, target, category,
                  on or clock.today(), declares_abroad(facts.numbers))


def rate_known(status: str, country: str, category: str) -> bool:
    """Whether the table has a rate for goods at home. Loads: as `tax_rows`."""
    try:
        decide(tax_rows(), status, country, country, category, clock.today())
    except NoRate:
        return False
    return True


def rates_missing(status: str, home: str, target: str, categories: Collection[str],
                  numbers: Mapping[tuple[str, str], str]) -> bool:
    """Whether a rate lacks for any of these categories sent there. Loads: as `tax_rows`."""
    facts = TaxFacts(status, home, "", "", "", numbers)
    try:
        for category in categories:
            decided(facts, target, category)
    except NoRate:
        return True
    return False


def own_categories(producer_id: int) -> Sequence[str]:
    """Tax categories of a producer's goods; the usual one where there are none. Loads: 1."""
    found = db.session.scalars(
        select(Product.tax_category).where(Product.producer_id == producer_id,
                                           Product.state.not_in(("withdrawn", "stopped")))
        .distinct().order_by(Product.tax_category.desc())).all()
    return found or ["standard"]


def rate_for(facts: TaxFacts, target: str, category: str) -> TaxRow | None:
    """The row of the table that holds, or none. Loads: as `tax_rows`."""
    try:
        return in_force(tax_rows(), facts.vat_status, facts.ships_from, target, category,
                        clock.today(), declares_abroad(facts.numbers))
    except NoRate:
        return None
