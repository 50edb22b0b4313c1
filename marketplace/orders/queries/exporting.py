"""A producer's orders, lines and documents of a month, row by row for a file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from marketplace.catalog.rules.cells import written
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.orders.models import Document, Order, OrderLine, SellerOrder

AT_ONCE = 500
CHUNK = 1 << 16
Cells = Sequence[Any]
"""Whole numbers in a column named `_minor` are amounts."""
COLUMNS = {
    "orders": ("number", "mode", "placed_on", "state", "method", "goods_minor", "deposit_minor",
               "shipping_minor", "total_minor", "paid_minor", "refunded_minor", "currency",
               "paid_on", "sent_on", "delivered_on", "name", "street", "extra", "postcode",
               "city", "country"),
    "lines": ("number", "position", "placed_on", "title", "qty", "cancelled", "unit_minor",
              "discount_minor", "deposit_minor", "total_minor", "currency", "vat_percent",
              "vat_country"),
    "documents": ("number", "kind", "mode", "issued_on", "supplied_on", "order", "corrects",
                  "buyer", "country", "vat_percent", "net_minor", "vat_minor", "gross_minor",
                  "document_total_minor", "currency"),
}


def month_range(year: int, month: int) -> tuple[datetime, datetime]:
    """A month as the clocks of the market see it: from, and before."""
    zone = ZoneInfo("Europe/Berlin")
    after = (year + month // 12, month % 12 + 1)
    return datetime(year, month, 1, tzinfo=zone), datetime(*after, 1, tzinfo=zone)


def months_of(producer_id: int) -> list[tuple[int, int]]:
    """Months from a producer's first order to this one, newest first. Loads: 1 statement."""
    first = db.session.scalar(
        select(func.min(Order.placed_at)).join(SellerOrder, SellerOrder.order_id == Order.id)
        .where(SellerOrder.producer_id == producer_id))
    if first is None:
        return []
    start, today = clock.in_zone(first), clock.today()
    count = (today.year - start.year) * 12 + today.month - start.month
    last = today.year * 12 + today.month - 1
    return [((last - back) // 12, (last - back) % 12 + 1) for back in range(count + 1)]


def month_rows(what: str, producer_id: int, year: int, month: int) -> Iterator[Cells]:
    """The rows of one of `COLUMNS`. Loads: one statement for each five hundred."""
    rows = {"orders": _orders, "lines": _lines, "documents": _documents}[what]
    last = 0
    while found := rows(producer_id, year, month, last):
        last = found[-1][0]
        for _number, cells in found:
            yield from cells


Found = list[tuple[int, list[Cells]]]


def _parts(producer_id: int, year: int, month: int, last: int, *columns: Any) -> Any:
    begin, end = month_range(year, month)
    return db.session.execute(
        select(*columns).join(Order, Order.id == SellerOrder.order_id)
        .where(SellerOrder.producer_id == producer_id, Order.placed_at >= begin,
               Order.placed_at < end, SellerOrder.id > last)
        .order_by(SellerOrder.id).limit(AT_ONCE))


def _day(at: datetime | None) -> str:
    return clock.in_zone(at).date().isoformat() if at else ""


def _orders(producer_id: int, year: int, month: int, last: int) -> Found:
    found: Found = []
    for part, order in _parts(producer_id, year, month, last, SellerOrder, Order):
        ship = order.ship_to
        found.append((part.id, [(
            part.number, order.mode, _day(order.placed_at), part.state, order.method,
            part.goods_minor, part.deposit_minor, part.shipping_minor, part.total_minor,
            part.paid_minor, part.refunded_minor, order.currency, _day(part.paid_at),
            _day(part.dispatched_at), _day(part.delivered_at),
            *(str(ship.get(name) or "") for name in ("name", "street", "extra", "postcode",
                                                     "city", "country")))]))
    return found


def _lines(producer_id: int, year: int, month: int, last: int) -> Found:
    parts = {row.id: row for row in _parts(
        producer_id, year, month, last, SellerOrder.id, SellerOrder.number, Order.placed_at,
        Order.currency)}
    found: dict[int, list[Cells]] = {number: [] for number in parts}
    for line in db.session.scalars(
            select(OrderLine).where(OrderLine.seller_order_id.in_(list(parts)))
            .order_by(OrderLine.seller_order_id, OrderLine.position)):
        part = parts[line.seller_order_id]
        found[part.id].append((
            part.number, line.position, _day(part.placed_at), line.title, line.qty,
            line.cancelled, line.unit_minor, line.discount_minor, line.deposit_minor,
            line.total_minor, part.currency, _percent(line.tax_bp), line.tax_country))
    return list(found.items())


def _percent(bp: int) -> str:
    return f"{bp / 100:g}"


def _documents(producer_id: int, year: int, month: int, last: int) -> Found:
    first = date(year, month, 1)
    after = date(year + month // 12, month % 12 + 1, 1)
    rows = db.session.scalars(
        select(Document).where(
            Document.issuer == f"producer:{producer_id}", Document.issued_on >= first,
            Document.issued_on < after, Document.id > last)
        .order_by(Document.id).limit(AT_ONCE))
    return [(row.id, _by_rate(row)) for row in rows]


def _by_rate(row: Document) -> list[Cells]:
    """A document as one row for each rate; one that the seller wrote has only its total."""
    said = row.snapshot
    head = (row.number, row.kind, row.mode, row.issued_on.isoformat(),
            row.supplied_on.isoformat() if row.supplied_on else "", said.get("part", ""),
            said.get("corrects", {}).get("number", ""), said.get("buyer", {}).get("name", ""),
            said.get("buyer", {}).get("country", ""))
    tail = (row.total_minor, row.currency)
    if not row.rates:
        return [(*head, "", "", "", "", *tail)]
    return [(*head, _percent(one["bp"]), one["gross_minor"] - one["vat_minor"], one["vat_minor"],
             one["gross_minor"], *tail) for one in row.rates]


def csv_lines(names: Sequence[str], rows: Iterable[Sequence[Any]], lang: str) -> Iterator[str]:
    """Rows as a CSV file in the way that Excel in this language expects, piece by piece.

    Columns that end in `_minor` are amounts; text that a program could take for a formula gets an
    apostrophe.
    """
    german, out = lang == "de", StringIO()
    table = csv.writer(out, delimiter=";" if german else ",", lineterminator="\r\n")
    out.write("\ufeff")
    table.writerow([name.removesuffix("_minor") for name in names])
    for cells in rows:
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
