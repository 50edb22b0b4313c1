"""A producer's statement of a month: as a page, as CSV and on paper."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any

from flask import Response, make_response, url_for
from flask_babel import gettext as _

from marketplace.adapters.paper.contract import PaperDocument, PaperRow
from marketplace.adapters.paper.documents import document_pdf
from marketplace.foundation import clock
from marketplace.foundation.errors import NotFound
from marketplace.payments.queries.months import Month, statement, statement_months
from marketplace.payments.rules.months import Row, sums
from marketplace.payments.views import pages
from marketplace.payments.views.houses import house_of
from marketplace.producers.queries import Role, seller_block
from marketplace.web.access import signed_in
from marketplace.web.answers import answer, machine
from marketplace.web.formats import day, money, plain_money
from marketplace.web.formats import month as month_words
from marketplace.web.languages import current_lang


@dataclass(frozen=True, slots=True)
class MonthPage:
    """One month: sums by kind, then every line."""

    producer: str
    title: str
    sums: Sequence[tuple[str, str]]
    opening: str
    closing: str
    rows: Sequence[tuple[str, str, str, str]]
    csv_url: str
    pdf_url: str
    back_url: str
    help_url: str


def kind_words(kind: str) -> str:
    """What a line of a month is."""
    return {"sale": _("Sales"), "commission": _("Commission"), "refund": _("Refunds"),
            "commission_back": _("Commission given back"), "dispute": _("Disputes"),
            "correction": _("Corrections")}[kind]


def _found(year: int, month: int) -> tuple[Role, Month]:
    """The month of the house in the address. Raises NotFound for one that never was."""
    role = house_of("see")
    if (year, month) not in statement_months(role.producer_id):
        raise NotFound(_("There is nothing at this address."))
    return role, statement(role.producer_id, year, month)


@pages.get("/studio/payments/months/<int:year>-<int:month>")
@signed_in
def month(year: int, month: int) -> Response:
    """What stood, what came and went, what stands."""
    role, found = _found(year, month)
    here: dict[str, Any] = {"year": year, "month": month, "producer": role.slug}
    return answer("payments/month.html", MonthPage(
        role.name, month_words(date(year, month, 1)),
        [(kind_words(kind), money(minor)) for kind, minor in sums(found.rows).items()],
        money(found.opening_minor), money(found.closing_minor),
        [(day(row.at), kind_words(row.kind), row.number, money(row.minor)) for row in found.rows],
        url_for("payments.month_csv", **here), url_for("payments.month_pdf", **here),
        url_for("payments.studio", producer=role.slug),
        url_for("dialogue.new", about="/studio/payments")))


@pages.get("/studio/payments/months/<int:year>-<int:month>.csv")
@machine
@signed_in
def month_csv(year: int, month: int) -> Response:
    """Every line of the month."""
    role, found = _found(year, month)
    out = StringIO()
    out.write("\ufeff")
    table = csv.writer(out, delimiter=";" if current_lang() == "de" else ",",
                       lineterminator="\r\n")
    table.writerow(["day", "kind", "order", "amount", "balance"])
    stands = found.opening_minor
    for row in found.rows:
        stands += row.minor
        table.writerow([clock.in_zone(row.at).date().isoformat(), row.kind, row.number,
                        _plain(row.minor), _plain(stands)])
    given = make_response(out.getvalue())
    return _file(given, "text/csv", role, year, month, "csv")


@pages.get("/studio/payments/months/<int:year>-<int:month>.pdf")
@machine
@signed_in
def month_pdf(year: int, month: int) -> Response:
    """The same on paper."""
    role, found = _found(year, month)
    given = make_response(document_pdf(_paper(role, found, date(year, month, 1))))
    return _file(given, "application/pdf", role, year, month, "pdf")


def _plain(minor: int) -> str:
    return f"-{plain_money(-minor)}" if minor < 0 else plain_money(minor)


def _file(given: Response, kind: str, role: Role, year: int, month: int, ending: str) -> Response:
    given.mimetype = kind
    given.headers["Cache-Control"] = "private, no-store"
    name = f"{role.slug}-{year}-{month:02d}.{ending}"
    given.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return given


def _paper(role: Role, found: Month, first: date) -> PaperDocument:
    seller = seller_block([role.producer_id])[role.producer_id]
    place = f"{seller.get('postcode') or ''} {seller.get('city') or ''}".strip()
    to = [str(line) for line in (seller.get("legal_name"), seller.get("street"), place) if line]
    return PaperDocument(
        lang=current_lang(), title=_("Statement"), number=month_words(first),
        sender=[_("Your account at the marketplace")], to=to,
        facts=[(_("Month"), month_words(first)), (_("Date"), day(clock.today()))],
        lead=_("Everything that came to you or went from you through the marketplace."),
        columns=[_("Date"), _("What for"), _("Order number"), "", _("Amount")],
        rows=[_line(row) for row in found.rows],
        totals=[(_("At the beginning of the month"), money(found.opening_minor)),
                *((kind_words(kind), money(minor)) for kind, minor in sums(found.rows).items()),
                (_("At its end"), money(found.closing_minor))],
        tax_columns=(), taxes=(), notes=(), foot=[to[:1]], issued_on=clock.today(),
        page_words=_("Page"))


def _line(row: Row) -> PaperRow:
    at = clock.in_zone(row.at).date()
    shown = at.strftime("%d.%m.%Y") if current_lang() == "de" else at.isoformat()
    return PaperRow(shown, kind_words(row.kind), "", row.number, "", money(row.minor))
