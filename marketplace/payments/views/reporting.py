"""The year that is reported of each seller: the operator's file, and the seller's own copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, current_app, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.errors import NotFound
from marketplace.foundation.events import OperatorActed, announce
from marketplace.orders.queries.exporting import csv_lines
from marketplace.payments.queries.reporting import COLUMNS, SellerYear, first_year, seller_years
from marketplace.payments.views import pages
from marketplace.payments.views.houses import house_of
from marketplace.producers.actions.traders import look
from marketplace.web.access import operators_only, person_id, signed_in
from marketplace.web.answers import answer, machine
from marketplace.web.formats import money
from marketplace.web.forms import whole
from marketplace.web.languages import current_lang
from marketplace.web.shapes import Tab

QuarterRow = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One seller in the file: quarters as words, and what is missing."""

    name: str
    url: str
    total: str
    contracts: str
    fees: str
    lacks: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A year: who is in the file, and how many are not."""

    tabs: Sequence[Tab]
    rows: Sequence[ReportRow]
    exempt_words: str
    file_url: str
    help_url: str


@dataclass(frozen=True, slots=True)
class YearPage:
    """A seller's copy: the data and the quarters as they are reported."""

    producer: str
    year: int
    said: str
    facts: Sequence[tuple[str, str]]
    quarters: Sequence[QuarterRow]
    lacks: str
    legal_url: str
    csv_url: str
    back_url: str
    help_url: str


def fact_words() -> dict[str, str]:
    """Data of a seller by name."""
    return {"legal_name": _("Name"), "birth_date": _("Day of birth"), "street": _("Street"),
            "postcode": _("Postcode"), "city": _("Town"), "country": _("Country"),
            "tin": _("Tax identification number"), "tax_no": _("Tax number"),
            "vat_id": _("VAT number"), "register": _("Register"),
            "register_no": _("Number in it"), "holder": _("Account of"), "iban": _("IBAN")}


def _mode() -> str:
    return "demo" if current_app.config["ZURUF"].demo else "live"


def _years() -> list[int]:
    """Years with something in the book, newest first."""
    last = clock.today().year
    return list(range(last, (first_year() or last) - 1, -1))


def _lacks(row: SellerYear) -> str:
    words = fact_words()
    return ", ".join(words[name] for name in row.lacks)


@pages.get("/operator/tax-report")
@operators_only
def tax_report() -> Response:
    """Who is in the file of a year, without the data themselves."""
    years = _years()
    year = whole(request.args, "year", years[-1], years[0], years[0])
    found = seller_years(year, _mode())
    exempt = sum(not row.reported for row in found)
    return answer("payments/tax_report.html", ReportPage(
        [(str(one), url_for("payments.tax_report", year=one), one == year, None)
         for one in years],
        [ReportRow(row.name, f"/producers/{row.slug}",
                   money(row.year.consideration_minor), str(row.year.contracts),
                   money(row.year.fees_minor), _lacks(row)) for row in found if row.reported],
        ngettext("%(num)s seller is exempt: fewer than 30 contracts and less than 2,000 euros.",
                 "%(num)s sellers are exempt: fewer than 30 contracts and less than 2,000 euros.",
                 exempt), url_for("payments.tax_report_file", year=year),
        url_for("dialogue.new", about="/operator/tax-report")))


@pages.post("/operator/tax-report/<int:year>")
@operators_only
def tax_report_file(year: int) -> Response:
    """The file of a year; who opened it stands beside the data of each seller."""
    if year not in _years():
        raise NotFound(_("There is nothing at this address."))
    found = [row for row in seller_years(year, _mode()) if row.reported]
    with committing():
        for row in found:
            look(row.producer_id, person_id())
        announce(OperatorActed(person_id(), "tax_report", "year", year, ""))
    return _file(found, year)


def _own(year: int) -> tuple[str, SellerYear]:
    """The house of the person and its year. Raises NotFound where nothing came."""
    role = house_of("see")
    found = seller_years(year, _mode(), role.producer_id) if 2000 <= year <= 2999 else ()
    if not found:
        raise NotFound(_("There is nothing at this address."))
    return role.slug, found[0]


@pages.get("/studio/payments/years/<int:year>")
@signed_in
def year(year: int) -> Response:
    """What is reported of this house for a year, or that it is exempt."""
    slug, row = _own(year)
    words = fact_words()
    said = _("This is what the marketplace reports of you to the tax authority.") \
        if row.reported else _("You are exempt: fewer than 30 contracts and less than 2,000 "
                               "euros. Nothing is reported.")
    return answer("payments/year.html", YearPage(
        row.name, year, said,
        [(words[name], row.facts[name]) for name in words if row.facts[name]],
        [(_("Quarter %(n)s", n=n), money(one.consideration_minor), money(one.fees_minor),
          str(one.contracts)) for n, one in enumerate(row.quarters, start=1)]
        + [(_("Year"), money(row.year.consideration_minor), money(row.year.fees_minor),
            str(row.year.contracts))], _lacks(row),
        url_for("producers.legal", producer=slug),
        url_for("payments.year_csv", year=year, producer=slug),
        url_for("payments.studio", producer=slug),
        url_for("dialogue.new", about="/studio/payments")))


@pages.get("/studio/payments/years/<int:year>.csv")
@machine
@signed_in
def year_csv(year: int) -> Response:
    """The same row as in the file."""
    return _file([_own(year)[1]], year)


def _file(rows: Sequence[SellerYear], year: int) -> Response:
    lines = csv_lines(COLUMNS, [row.cells(year) for row in rows], current_lang())
    given = Response("".join(lines), mimetype="text/csv")
    given.headers["Content-Disposition"] = f'attachment; filename="dac7-{year}.csv"'
    given.headers["Cache-Control"] = "private, no-store"
    return given
