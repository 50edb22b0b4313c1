"""The table of VAT rates, kept by the people who run the market."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import Response, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.adapters.tables import TableFault, opened
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.foundation.events import OperatorActed, announce
from marketplace.orders.actions.taxing import import_rates
from marketplace.orders.queries.sheets import note_words, rate_words
from marketplace.orders.queries.tax import rates_in_table
from marketplace.orders.views import pages
from marketplace.orders.views.taxes import category_words, status_words
from marketplace.web.access import operators_only, person_id
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import country_name, day

MOST_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class TableRow:
    """One rate, in words."""

    country: str
    status: str
    category: str
    rate: str
    note: str
    when: str
    source: str


@dataclass(frozen=True, slots=True)
class TablePage:
    """All rates, and a form for a file."""

    rows: Sequence[TableRow]
    url: str
    faults: Mapping[str, str]
    columns: str


@pages.get("/operator/tax-rates")
@operators_only
def tax_table() -> Response:
    """Every rate with its dates and its source."""
    return _page({}, 200)


@pages.post("/operator/tax-rates", endpoint="tax_table_post")
@operators_only
def tax_table_post() -> Response:
    """Take in a file of rates: all of it or nothing."""
    sent = request.files.get("file")
    body = sent.read(MOST_BYTES + 1) if sent else b""
    try:
        if not body or len(body) > MOST_BYTES:
            raise Invalid({"file": _("Please choose a CSV file of at most 1 MB.")})
        rows = rows_of(body)
        with committing():
            new, ended = import_rates(rows)
            if new:
                announce(OperatorActed(person_id(), "tax_rates.import", "tax_rate", 0,
                                       (sent.filename or "" if sent else "")[:200]))
    except Invalid as fault:
        return _page({"file": " ".join(fault.faults.values())}, 422)
    words = ngettext("%(num)s new rate.", "%(num)s new rates.", new)
    if ended:
        words += " " + ngettext("%(num)s older one ends the day before.",
                                "%(num)s older ones end the day before.", ended)
    flash(words, "good")
    return see_other(url_for("orders.tax_table"))


def rows_of(body: bytes) -> list[tuple[int, Mapping[str, str]]]:
    """The rows of a file by the names of its columns. Raises Invalid."""
    with tempfile.NamedTemporaryFile(prefix="zuruf-rates-", suffix=".csv") as file:
        file.write(body)
        file.flush()
        try:
            with opened(Path(file.name)) as bundle:
                names = [name.strip().lower() for name in bundle.table.header]
                return [(number, dict(zip(names, cells, strict=False)))
                        for number, cells in bundle.table.rows]
        except TableFault as fault:
            raise Invalid({"file": _("This file cannot be read as a table.")}) from fault


def _page(faults: Mapping[str, str], status: int) -> Response:
    rows = [TableRow(
        country_name(row.country), status_words(row.status), category_words(row.category),
        rate_words(row.bp), note_words(row.note) if row.note else "",
        _("%(begin)s to %(end)s", begin=day(row.valid_from), end=day(row.valid_to))
        if row.valid_to else _("since %(day)s", day=day(row.valid_from)), row.source)
        for row in rates_in_table()]
    return answer("orders/tax_table.html", TablePage(
        rows, url_for("orders.tax_table_post"), faults,
        "status; country; category; percent; valid_from; valid_to; note; source"), status)
