"""What a bank statement is compared with, and the files that were taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from marketplace.foundation.database import db
from marketplace.orders.models import Order, Refund, SellerOrder
from marketplace.payments.models import BankAccount, StatementEntry, StatementFile
from marketplace.payments.rules.matching import Owed
from marketplace.payments.rules.statements import OwedRefund

CHUNK = 500


@dataclass(frozen=True, slots=True)
class FileView:
    """A file that was taken; `waiting` entries are not counted yet."""

    id: int
    producer_id: int
    name: str
    kind: str
    from_on: date | None
    to_on: date | None
    counts: Mapping[str, Any]
    by_name: str
    made_at: datetime
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry of a file and what it is about; signed minor units."""

    booked_on: date
    minor: int
    state: str
    number: str
    counted: bool
    confirmed: bool


def owed_by_transfer(producer_id: int, order_numbers: Iterable[str]) -> dict[str, Owed]:
    """Parts that wait for a transfer, and those of the orders named, by reference.

    Loads: 1 statement, and 1 for each 500 numbers.
    """
    told = select(StatementEntry.id).where(StatementEntry.seller_order_id == SellerOrder.id)
    columns = (SellerOrder.id, SellerOrder.reference, SellerOrder.number, SellerOrder.state,
               SellerOrder.total_minor, SellerOrder.paid_minor, told.exists())
    owing = select(*columns).join(Order, Order.id == SellerOrder.order_id).where(
        SellerOrder.producer_id == producer_id, Order.method == "bank_transfer")
    rows = list(db.session.execute(owing.where(SellerOrder.state == "awaiting_payment")))
    for some in _some(sorted(set(order_numbers))):
        rows += db.session.execute(owing.where(Order.number.in_(some)))
    return {row[1]: Owed(row[0], row[1], row[2], row[3], row[4],
                         max(0, row[4] - row[5]) if row[3] == "awaiting_payment" else 0,
                         0 if row[6] else row[5])
            for row in rows}


def refunds_to_send(producer_id: int) -> dict[str, OwedRefund]:
    """Refunds that a producer sends from their bank, by code. Loads: 1 statement."""
    rows = db.session.execute(
        select(Refund.id, Refund.code, Refund.minor, SellerOrder.number)
        .join(SellerOrder, SellerOrder.id == Refund.seller_order_id)
        .where(SellerOrder.producer_id == producer_id, Refund.method == "bank_transfer",
               Refund.state != "done").order_by(Refund.id))
    return {row[1]: OwedRefund(*row) for row in rows}


def keys_known(producer_id: int, keys: Sequence[str]) -> set[str]:
    """Which of these entries were taken before. Loads: 1 statement for each 500."""
    known: set[str] = set()
    for some in _some(keys):
        known |= set(db.session.scalars(
            select(StatementEntry.entry_key).where(StatementEntry.producer_id == producer_id,
                                                   StatementEntry.entry_key.in_(some))))
    return known


def file_taken(producer_id: int, sha256: str) -> int | None:
    """The number of the file with this content, if it was taken. Loads: 1 statement."""
    return db.session.scalar(select(StatementFile.id).where(
        StatementFile.producer_id == producer_id, StatementFile.sha256 == sha256))


def own_ibans(producer_id: int) -> set[str]:
    """Every account a producer has or had. Loads: 1 statement."""
    return set(db.session.scalars(
        select(BankAccount.iban).where(BankAccount.producer_id == producer_id)))


def columns_before(producer_id: int) -> Mapping[str, str]:
    """What the columns of the last CSV were taken for. Loads: 1 statement."""
    found = db.session.scalar(
        select(StatementFile.columns).where(StatementFile.producer_id == producer_id,
                                            StatementFile.kind == "csv")
        .order_by(StatementFile.id.desc()).limit(1))
    return found or {}


def files_of(producer_id: int, limit: int = 20) -> Sequence[FileView]:
    """The newest files. Loads: 1 statement."""
    rows = db.session.scalars(
        select(StatementFile).where(StatementFile.producer_id == producer_id)
        .order_by(StatementFile.id.desc()).limit(limit))
    return [_view(row, 0) for row in rows]


def file_view(file_id: int) -> FileView | None:
    """One file. Loads: 2 statements."""
    row = db.session.get(StatementFile, file_id, populate_existing=True)
    if row is None:
        return None
    waiting = db.session.scalar(
        select(func.count()).select_from(StatementEntry)
        .where(StatementEntry.file_id == file_id, StatementEntry.counted_at.is_(None)))
    return _view(row, waiting or 0)


def entries_of(file_id: int, after: int = 0, limit: int = 100) -> Sequence[tuple[int, EntryView]]:
    """Entries of a file in its order, from behind an id. Loads: 1 statement."""
    rows = db.session.execute(
        select(StatementEntry.id, StatementEntry.booked_on, StatementEntry.minor,
               StatementEntry.state, SellerOrder.number, StatementEntry.counted_at,
               StatementEntry.confirmed)
        .outerjoin(SellerOrder, SellerOrder.id == StatementEntry.seller_order_id)
        .where(StatementEntry.file_id == file_id, StatementEntry.id > after)
        .order_by(StatementEntry.id).limit(limit))
    return [(row[0], EntryView(*row[1:4], row[4] or "", row[5] is not None, row[6]))
            for row in rows]


def _some(rows: Sequence[str]) -> Iterator[Sequence[str]]:
    return (rows[at:at + CHUNK] for at in range(0, len(rows), CHUNK))


def _view(row: StatementFile, waiting: int) -> FileView:
    return FileView(row.id, row.producer_id, row.name, row.kind, row.from_on, row.to_on,
                    row.counts, row.by_name, row.made_at, waiting)
