"""A producer's orders and documents of a month as files for its books."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Response, request, stream_with_context, url_for
from flask_babel import gettext as _

from marketplace.foundation.errors import NotFound
from marketplace.orders.queries.exporting import COLUMNS, csv_lines, month_rows, months_of
from marketplace.orders.views import pages
from marketplace.producers.actions import demand
from marketplace.producers.queries import Role, role_at
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, machine
from marketplace.web.formats import month as month_words
from marketplace.web.languages import current_lang


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
    rows = month_rows(what, role.producer_id, year, month)
    given = Response(stream_with_context(csv_lines(COLUMNS[what], rows, current_lang())),
                     mimetype="text/csv")
    name = f"{role.slug}-{what}-{year}-{month:02d}.csv"
    given.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    given.headers["Cache-Control"] = "private, no-store"
    return given


def _house() -> Role:
    role = role_at(person_id(), request.args.get("producer", ""))
    demand(role, "read_orders")
    return role
