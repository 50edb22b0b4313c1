"""A whole shipping table from a file: all of its rows, or none and what is wrong in which row."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Response, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.orders import actions
from marketplace.orders.queries.exporting import csv_lines
from marketplace.orders.queries.zones import zones_of
from marketplace.orders.rules.zones import RateRow, rate_cells
from marketplace.orders.views import pages
from marketplace.orders.views.rates import house, rates_page, row_of
from marketplace.orders.views.tax_table import MOST_BYTES, rows_of
from marketplace.web.access import signed_in
from marketplace.web.answers import machine, see_other
from marketplace.web.languages import current_lang

COLUMNS = ("countries", "postcodes", "method", "basis", "from_x", "to_x", "price", "free_from",
           "handover_age", "days_min", "days_max")
MOST_ROWS = 300


@pages.post("/studio/shipping/file", endpoint="rate_file")
@signed_in
def rate_file() -> Response:
    """Take in the rows of a file beside those that hold; overlaps are refused by their row."""
    role, sent = house(), request.files.get("file")
    body = sent.read(MOST_BYTES + 1) if sent else b""
    try:
        if not body or len(body) > MOST_BYTES:
            raise Invalid({"file": _("Please choose a CSV file of at most 1 MB.")})
        rows = list(rows_of(body))
        if not rows or len(rows) > MOST_ROWS:
            raise Invalid({"file": _("A file with 1 to %(most)s rows, please.", most=MOST_ROWS)})
        with committing():
            actions.take_table(role.producer_id, [
                (number, cells.get("countries", "").split(","), cells.get("postcodes", ""),
                 _read(cells)) for number, cells in rows])
    except Invalid as fault:
        return rates_page({}, fault.faults, 422)
    flash(ngettext("%(num)s row is in the table now.", "%(num)s rows are in the table now.",
                   len(rows)), "good")
    return see_other(url_for("orders.rates", producer=role.slug))


def _read(cells: Mapping[str, str]) -> Callable[[], RateRow]:
    """The row once it is its turn, so that what is wrong is told with its number."""
    return lambda: row_of({name: cells.get(name, "").strip() for name in COLUMNS})


@pages.get("/studio/shipping.csv", endpoint="rate_table")
@machine
@signed_in
def rate_table() -> Response:
    """The table as it holds now, in the form that can be handed in again."""
    role = house()
    rows = [(",".join(zone.countries),
             ", ".join(a if a == b else f"{a}-{b}" for a, b in zone.ranges), *rate_cells(row))
            for zone in zones_of(role.producer_id) for _id, row in zone.rates]
    given = Response(csv_lines(COLUMNS, rows, current_lang()), mimetype="text/csv")
    given.headers["Content-Disposition"] = f'attachment; filename="{role.slug}-shipping.csv"'
    given.headers["Cache-Control"] = "private, no-store"
    return given
