"""Giving out all goods of a producer as a file that can be taken in again."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from tempfile import TemporaryFile
from typing import Any

from flask import Response, request, send_file, stream_with_context, url_for
from flask_babel import gettext as _

from marketplace.adapters.doors import doors
from marketplace.adapters.tables import written_workbook
from marketplace.catalog.queries.intake import goods_pages
from marketplace.catalog.queries.intake.present import fact_columns, picture_files, picture_name
from marketplace.catalog.rules.exporting import header_of, row_of
from marketplace.catalog.views import pages
from marketplace.catalog.views.frame import own_house
from marketplace.foundation import clock
from marketplace.producers.queries import Role
from marketplace.web.access import signed_in
from marketplace.web.answers import answer
from marketplace.web.formats import plain_money
from marketplace.web.languages import current_lang

BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class ExportPage:
    """The files one can have: (name, what it is for, url)."""

    producer: str
    files: Sequence[tuple[str, str, str]]
    import_url: str
    orders_url: str
    goods_url: str
    help_url: str


@pages.get("/studio/export")
@signed_in
def export() -> Response:
    """All goods as CSV, as a workbook, or with their pictures."""
    role = own_house()
    give = {"csv": _csv, "xlsx": _xlsx, "zip": _zip}.get(request.args.get("format", ""))
    if give is not None:
        return give(role)

    def url(kind: str) -> str:
        return url_for("catalog.export", producer=role.slug, format=kind)

    page = ExportPage(
        role.name,
        [(_("CSV"), _("Opens in Excel and LibreOffice, in the way of your language."), url("csv")),
         (_("Excel workbook"), _("Every cell is text, so that numbers and codes stay as they "
                                 "are."), url("xlsx")),
         (_("ZIP with pictures"), _("The CSV and the pictures as you handed them in."),
          url("zip"))],
        url_for("catalog.import_start", producer=role.slug),
        url_for("orders.export", producer=role.slug), url_for("catalog.goods"),
        url_for("dialogue.new", about="/studio/export"))
    return answer("catalog/export.html", page)


def _rows(role: Role, header: Sequence[str]) -> Iterator[list[str]]:
    last, lots = 0, set[str]()
    for page in goods_pages(role.producer_id):
        for one in page:
            first = one.product.id != last
            last, lot = one.product.id, str(one.values["lot"])
            lots = set() if first else lots
            yield row_of({**one.product.values, **one.values}, header, first, lot not in lots,
                         plain_money)
            lots.add(lot)


def _lines(role: Role) -> Iterator[str]:
    """The file line by line, with the mark that Excel in this language expects."""
    header = header_of(fact_columns(role.producer_id))
    out = StringIO()
    writer = csv.writer(out, delimiter=";" if current_lang() == "de" else ",",
                        lineterminator="\r\n")
    out.write("\ufeff")
    writer.writerow(header)
    for cells in _rows(role, header):
        writer.writerow(cells)
        if out.tell() > 1 << 16:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def _name(role: Role, ending: str) -> str:
    return f"{role.slug}-{clock.today().isoformat()}.{ending}"


def _csv(role: Role) -> Response:
    given = Response(stream_with_context(_lines(role)), mimetype="text/csv")
    given.headers["Content-Disposition"] = f'attachment; filename="{_name(role, "csv")}"'
    return given


def _xlsx(role: Role) -> Response:
    header = header_of(fact_columns(role.producer_id))
    given = Response(written_workbook(header, _rows(role, header)), mimetype=BOOK)
    given.headers["Content-Disposition"] = f'attachment; filename="{_name(role, "xlsx")}"'
    return given


def _zip(role: Role) -> Response:
    out: Any = TemporaryFile(prefix="zuruf-export-")  # noqa: SIM115 - sent after this
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        with packed.open("goods.csv", "w") as table:
            for part in _lines(role):
                table.write(part.encode())
        for file in picture_files(role.producer_id):
            path = doors().storage.path(file)
            if path.is_file():
                packed.write(path, picture_name(file), zipfile.ZIP_STORED)
    out.seek(0)
    return send_file(out, mimetype="application/zip", as_attachment=True,
                     download_name=_name(role, "zip"))
