"""Taking what a bank tells: a file whole or not at all, each entry counted once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import insert, select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict
from marketplace.orders.actions import refund_moved
from marketplace.orders.actions.crediting import credit
from marketplace.payments.models import StatementEntry, StatementFile
from marketplace.payments.queries.statements import file_taken, keys_known
from marketplace.producers.models import Producer

STATES = {"paid": "matched", "part": "part", "over": "over", "late": "late", "revived": "revived"}


@dataclass(frozen=True, slots=True)
class TakenFile:
    """What is kept of a file."""

    producer_id: int
    sha256: str
    kind: str
    name: str
    days: tuple[date, date] | None
    counts: Mapping[str, int]
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TakenEntry:
    """What is kept of an entry that is about us; signed minor units."""

    key: str
    booked_on: date
    minor: int
    state: str
    seller_order_id: int | None = None
    refund_id: int | None = None
    confirmed: bool = False


def take_statement(file: TakenFile, entries: Sequence[TakenEntry], person_id: int, by_name: str
                   ) -> int:
    """Keep a file and its entries; those another file brought meanwhile are left out.

    Its number; that of the first where the same file comes again. Raises Conflict for a file with
    nothing to keep. Changes statement_files, statement_entries.
    """
    _one_at_a_time(file.producer_id)
    known = file_taken(file.producer_id, file.sha256)
    if known is not None:
        return known
    had = keys_known(file.producer_id, [one.key for one in entries])
    fresh = [one for one in entries if one.key not in had]
    if not fresh and not entries:
        raise Conflict(_("There is nothing of ours in this file to keep."))
    row = StatementFile(
        producer_id=file.producer_id, sha256=file.sha256, kind=file.kind, name=file.name[:120],
        from_on=file.days[0] if file.days else None, to_on=file.days[1] if file.days else None,
        counts={**file.counts, "taken": len(fresh)}, columns=dict(file.columns),
        person_id=person_id, by_name=by_name[:80], made_at=clock.now())
    db.session.add(row)
    db.session.flush()
    rows = [{"producer_id": file.producer_id, "file_id": row.id, "entry_key": one.key,
             "booked_on": one.booked_on, "minor": one.minor, "state": one.state,
             "confirmed": one.confirmed, "seller_order_id": one.seller_order_id,
             "refund_id": one.refund_id, "counted_at": None} for one in fresh]
    if rows:
        db.session.execute(insert(StatementEntry), rows)
    return row.id


def _one_at_a_time(producer_id: int) -> None:
    """Whoever takes another statement of this producer waits until this one is whole."""
    db.session.execute(select(Producer.id).where(Producer.id == producer_id).with_for_update())


def count_entries(file_id: int, most: int) -> int:
    """Count the money of up to `most` entries of a file; how many were counted.

    Each is counted once, however many ask. As `credit` and `refund_moved`; changes
    statement_entries.
    """
    rows = db.session.execute(
        select(StatementEntry.id, StatementEntry.minor, StatementEntry.state,
               StatementEntry.seller_order_id, StatementEntry.refund_id, StatementFile.by_name)
        .join(StatementFile, StatementFile.id == StatementEntry.file_id)
        .where(StatementEntry.file_id == file_id, StatementEntry.counted_at.is_(None))
        .order_by(StatementEntry.id).limit(most)).all()
    for entry_id, minor, state, part_id, refund_id, by_name in rows:
        if not _claimed(entry_id):
            continue
        if state == "refunded" and refund_id is not None:
            refund_moved(refund_id, "done")
        elif state not in ("by_hand", "returned") and part_id is not None:
            _now(entry_id, STATES[credit(part_id, minor, "staff", by_name)], state)
    return len(rows)


def _claimed(entry_id: int) -> bool:
    """Whether this caller is the one that counts it."""
    moved = db.session.execute(
        update(StatementEntry)
        .where(StatementEntry.id == entry_id, StatementEntry.counted_at.is_(None))
        .values(counted_at=clock.now()).execution_options(synchronize_session=False))
    return bool(moved.rowcount)  # type: ignore[attr-defined]


def _now(entry_id: int, state: str, was: str) -> None:
    if state != was:
        db.session.execute(update(StatementEntry).where(StatementEntry.id == entry_id)
                           .values(state=state).execution_options(synchronize_session=False))
