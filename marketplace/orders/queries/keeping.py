"""Whether what is kept is true: series without gap, files unchanged, goods held for somebody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256

from sqlalchemy import and_, extract, func, select

from marketplace.catalog.models import Variant
from marketplace.foundation.database import read
from marketplace.orders.models import Document, NumberSeries, Reservation


def gaps() -> Sequence[tuple[str, int, int, int]]:
    """Series that have not as many documents as numbers: issuer, year, documents, last number.

    What a seller numbered itself is not counted. Loads: 1 statement.
    """
    ours = Document.snapshot["own"].as_boolean().is_(None)
    count = func.count(Document.id)
    rows = read(
        select(NumberSeries.issuer, NumberSeries.year, count, NumberSeries.next - 1)
        .outerjoin(Document, and_(
            Document.issuer == NumberSeries.issuer, Document.mode == NumberSeries.mode,
            extract("year", Document.issued_on) == NumberSeries.year, ours))
        .group_by(NumberSeries.issuer, NumberSeries.mode, NumberSeries.year, NumberSeries.next)
        .having(count != NumberSeries.next - 1)
        .order_by(NumberSeries.issuer, NumberSeries.year))
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def wrong_stock(limit: int) -> Sequence[tuple[str, int, int]]:
    """Variants whose reserved pieces are not those held for orders: SKU, reserved, held.

    Loads: 1 statement.
    """
    held = (select(Reservation.variant_id, func.sum(Reservation.qty).label("qty"))
            .where(Reservation.state == "held").group_by(Reservation.variant_id).subquery())
    qty = func.coalesce(held.c.qty, 0)
    rows = read(select(Variant.sku, Variant.reserved, qty)
                .outerjoin(held, held.c.variant_id == Variant.id)
                .where(Variant.reserved != qty).order_by(Variant.id).limit(limit))
    return [(row[0], row[1], row[2]) for row in rows]


def changed_papers(opened: Callable[[str], bytes], limit: int) -> Iterator[tuple[str, str]]:
    """Number and file of those of the newest PDFs that are missing or not what was kept.

    Loads: 1 statement.
    """
    for number, file, checksum in read(
            select(Document.number, Document.pdf_file, Document.pdf_sha256)
            .where(Document.pdf_file.is_not(None)).order_by(Document.id.desc()).limit(limit)):
        try:
            same = sha256(opened(file)).hexdigest() == checksum
        except OSError:
            same = False
        if not same:
            yield number, file
