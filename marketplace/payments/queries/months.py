"""A producer's statement of a month: what stood, what came and went, what stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, case, func, or_, select

from marketplace.foundation import clock
from marketplace.foundation.database import db, read
from marketplace.orders.models import Document, SellerOrder
from marketplace.orders.queries.exporting import month_range
from marketplace.payments.models import LedgerMove
from marketplace.payments.rules import ledger
from marketplace.payments.rules.months import Row, Told, rows_of

COMMISSION = ("commission", "commission_back")


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a producer; closing = opening + all rows."""

    opening_minor: int
    rows: Sequence[Row]
    closing_minor: int


def statement(producer_id: int, year: int, month: int) -> Month:
    """A producer's month. Loads: 2 statements."""
    begin, end = month_range(year, month)
    account = f"producer:{producer_id}"
    mine = or_(LedgerMove.to_account == account, LedgerMove.from_account == account)
    kept = and_(SellerOrder.producer_id == producer_id, LedgerMove.reason.in_(COMMISSION),
                or_(LedgerMove.to_account == ledger.COMMISSION,
                    LedgerMove.from_account == ledger.COMMISSION))
    moves = read(
        select(LedgerMove.at, LedgerMove.reason, LedgerMove.minor, LedgerMove.to_account,
               SellerOrder.number)
        .outerjoin(SellerOrder, SellerOrder.id == LedgerMove.seller_order_id)
        .where(or_(mine, kept), LedgerMove.at >= begin, LedgerMove.at < end)
        .order_by(LedgerMove.at, LedgerMove.id))
    rows = rows_of(Told(row[0], row[1], row[2], row[3] == account, row[4] or "") for row in moves)
    opening = int(db.session.scalar(
        select(func.coalesce(func.sum(case((LedgerMove.to_account == account, LedgerMove.minor),
                                           else_=-LedgerMove.minor)), 0))
        .where(mine, LedgerMove.at < begin)) or 0)
    return Month(opening, rows, opening + sum(row.minor for row in rows))


def statement_months(producer_id: int) -> Sequence[tuple[int, int]]:
    """Months since a producer's first move, newest first. Loads: 1 statement."""
    account = f"producer:{producer_id}"
    first = db.session.scalar(select(func.min(LedgerMove.at)).where(
        or_(LedgerMove.to_account == account, LedgerMove.from_account == account)))
    if first is None:
        return []
    start, today = clock.in_zone(first), clock.today()
    last = today.year * 12 + today.month - 1
    return [((last - back) // 12, (last - back) % 12 + 1)
            for back in range(last - start.year * 12 - start.month + 2)]


def commission_invoices(producer_id: int) -> Sequence[tuple[int, str, date, int]]:
    """Id, number, day and sum of the marketplace's invoices, newest first. Loads: 1 statement."""
    rows = read(select(Document.id, Document.number, Document.issued_on, Document.total_minor)
                .where(Document.producer_id == producer_id)
                .order_by(Document.id.desc()).limit(60))
    return [(row[0], row[1], row[2], row[3]) for row in rows]
