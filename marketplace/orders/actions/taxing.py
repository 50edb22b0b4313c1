"""Changing the table of VAT rates, and who writes a producer's invoices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask_babel import gettext as _
from sqlalchemy import select, update

from marketplace.foundation.database import after_commit, db
from marketplace.foundation.errors import Invalid
from marketplace.orders.models import Billing, TaxRate
from marketplace.orders.queries.tax import rates_changed, rates_in_table
from marketplace.orders.rules.documents import PREFIX
from marketplace.orders.rules.rates import merge, read_rates

SHOWN = 20


def import_rates(rows: Iterable[tuple[int, Mapping[str, str]]]) -> tuple[int, int]:
    """Take in rates from a file's rows; how many are new, and how many end sooner for them.

    Rows that stand there already change nothing. Orders keep the rate they were placed with.
    Raises Invalid naming rows and columns; then nothing is saved. Changes tax_rates.
    """
    good, faults = read_rates(rows)
    if faults:
        raise Invalid({f"row {one.row}, {one.column}": _(
            "Row %(row)s, column %(column)s: “%(found)s” cannot be read.", row=one.row,
            column=one.column, found=one.found) for one in faults[:SHOWN]})
    if not good:
        raise Invalid({"file": _("There is no row in this file.")})
    merged = merge(rates_in_table(), good)
    if merged.overlaps:
        raise Invalid({f"row {number}": _(
            "Row %(row)s overlaps with a rate that stands there already.", row=number)
            for number in merged.overlaps[:SHOWN]})
    for row, last in merged.ended:
        db.session.execute(
            update(TaxRate)
            .where(TaxRate.status == row.status, TaxRate.country == row.country,
                   TaxRate.category == row.category, TaxRate.valid_from == row.valid_from)
            .values(valid_to=last).execution_options(synchronize_session=False))
    db.session.flush()
    db.session.add_all(TaxRate(
        status=row.status, country=row.country, category=row.category, bp=row.bp, note=row.note,
        valid_from=row.valid_from, valid_to=row.valid_to, source=row.source)
        for row in merged.new)
    db.session.flush()
    after_commit(rates_changed)
    return len(merged.new), len(merged.ended)


def keep_billing(producer_id: int, invoices: str, prefix: str) -> None:
    """Who writes invoices, and what numbers begin with; the count of the year goes on.

    Raises Invalid. Changes billing.
    """
    faults = {}
    if invoices not in ("platform", "own"):
        faults["invoices"] = _("Please choose one of the list.")
    prefix = prefix.strip().upper()
    if prefix and not PREFIX.fullmatch(prefix):
        faults["prefix"] = _("Up to ten letters and digits, such as WK.")
    if prefix in ("DEMO", "TEST"):
        faults["prefix"] = _("Numbers of trials begin like this; please choose another.")
    if faults:
        raise Invalid(faults)
    row = db.session.scalar(select(Billing).where(Billing.producer_id == producer_id)
                            .execution_options(populate_existing=True))
    if row is None:
        row = Billing(producer_id=producer_id)
        db.session.add(row)
    row.invoices, row.prefix = invoices, prefix
    db.session.flush()
