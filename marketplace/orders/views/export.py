"""A producer's orders and documents of a month as files for its books."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any

from flask import Response, request, stream_with_context, url_for
from flask_babel import gettext as _

from marketplace.catalog.rules.cells import written
from marketplace.foundation.errors import NotFound
from marketplace.orders.queries.exporting import COLUMNS, month_rows, months_of
from marketplace.orders.views import pages
from marketplace.producers.actions import demand
from marketplace.producers.queries import Role, role_at
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, machine
from marketplace.web.formats import month as month_words
from marketplace.web.languages import current_lang

CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class ExportPage:
    """Months, newest first, each with its files."""

    producer: str
    studio_url: str
    months: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    goods_url: str
    help_url: str


@pages.get("/studio/export/orders")
@signed_in
def export() -> Response:
    """Which months there are."""
    role = _house()
    names = {"orders": _("Orders"), "lines": _("Lines of orders"), "documents": _("Documents")}
    months = [(month_words(date(year, month, 1)), [
        (words, url_for("orders.export_csv", what=what, year=year, month=month,
                        producer=role.slug)) for what, words in names.items()])
        for year, month in months_of(role.producer_id)]
    return answer("orders/export.html", ExportPage(
        role.name, url_for("dialogue.studio", producer=role.slug), months,
        url_for("catalog.export", producer=role.slug),
        url_for("dialogue.new", about="/studio/export/orders")))


@pages.get("/studio/export/<any(orders, lines, documents):what>-<int:year>-<int:month>.csv")
@machine
@signed_in
def export_csv(what: str, year: int, month: int) -> Response:
    """One month as CSV, in the way that Excel in this language expects."""
    role = _house()
    if not (2000 <= year <= 2200 and 1 <= month <= 12):
        raise NotFound(_("There is nothing at this address."))
    given = Response(stream_with_context(_file(role, what, year, month)), mimetype="text/csv")
    name = f"{role.slug}-{what}-{year}-{month:02d}.csv"
    given.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    given.headers["Cache-Control"] = "private, no-store"
    return given


def _house() -> Role:
    role = role_at(person_id(), request.args.get("producer", ""))
    demand(role, "read_orders")
    return role


def _file(role: Role, what: str, year: int, month: int) -> Iterator[str]:
    """Line by line; text that a program could take for a formula gets an apostrophe."""
    german = current_lang() == "de"
    out = StringIO()
    table = csv.writer(out, delimiter=";" if german else ",", lineterminator="\r\n")
    out.write("\ufeff")
    names = COLUMNS[what]
    table.writerow([name.removesuffix("_minor") for name in names])
    for cells in month_rows(what, role.producer_id, year, month):
        table.writerow([_cell(name, value, german)
                        for name, value in zip(names, cells, strict=True)])
        if out.tell() > CHUNK:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def _cell(name: str, value: Any, german: bool) -> str:
    """Amounts with two digits behind the mark; words never as a formula."""
    if not isinstance(value, int):
        return written(str(value))
    if not name.endswith("_minor"):
        return str(value)
    sign = "-" if value < 0 else ""
    return f"{sign}{abs(value) // 100}{',' if german else '.'}{abs(value) % 100:02d}"
