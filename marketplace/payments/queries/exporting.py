"""The ledger, the messages and the decisions of people, row by row for a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import literal, or_, select, union_all

from marketplace.foundation.database import db
from marketplace.payments.models import (
    AccountChange,
    Correction,
    Difference,
    ForeignRefund,
    LedgerMove,
    PaymentNotice,
)

AT_ONCE = 500
Cells = Sequence[Any]
"""Whole numbers in a column named `_minor` are amounts."""
COLUMNS = {
    "ledger": ("id", "batch", "position", "at", "from", "to", "amount_minor", "currency", "part",
               "reason", "reference"),
    "notices": ("source", "event", "kind", "mode", "site", "order", "attempt", "reference",
                "sum_minor", "currency", "said_at", "received_at", "handled_at", "outcome",
                "sha256"),
    "decisions": ("at", "what", "about", "sum_minor", "state", "why", "person"),
}


def rows_of(what: str) -> Iterator[Cells]:
    """The rows of one of `COLUMNS`. Loads: one statement for each five hundred."""
    yield from {"ledger": _moves, "notices": _notices, "decisions": _decisions}[what]()


def _moves() -> Iterator[Cells]:
    last = 0
    while found := db.session.execute(
            select(LedgerMove.id, LedgerMove.batch, LedgerMove.position, LedgerMove.at,
                   LedgerMove.from_account, LedgerMove.to_account, LedgerMove.minor,
                   LedgerMove.currency, LedgerMove.seller_order_id, LedgerMove.reason,
                   LedgerMove.reference)
            .where(LedgerMove.id > last).order_by(LedgerMove.id).limit(AT_ONCE)).all():
        last = found[-1][0]
        yield from ([_plain(cell) for cell in row] for row in found)


def _notices() -> Iterator[Cells]:
    here = ("", "")
    row = PaymentNotice
    while found := db.session.execute(
            select(row.source, row.event_id, row.kind, row.mode, row.site, row.order_number,
                   row.attempt, row.reference, row.minor, row.currency, row.said_at,
                   row.received_at, row.handled_at, row.outcome, row.body_hash)
            .where(or_(row.source > here[0],
                       (row.source == here[0]) & (row.event_id > here[1])))
            .order_by(row.source, row.event_id).limit(AT_ONCE)).all():
        here = (found[-1][0], found[-1][1])
        yield from ([_plain(cell) for cell in one] for one in found)


def _decisions() -> Iterator[Cells]:
    """Settled differences, corrections, assigned refunds and accounts; there are few."""
    rows = union_all(
        select(Difference.ended_at, literal("difference"), Difference.reference,
               Difference.ours_minor - Difference.theirs_minor, Difference.state, Difference.why,
               Difference.by_name).where(Difference.state == "settled"),
        select(Correction.decided_at, literal("correction"),
               Correction.from_account + literal(" > ") + Correction.to_account, Correction.minor,
               Correction.state, Correction.why, literal(""))
        .where(Correction.decided_at.is_not(None)),
        select(ForeignRefund.assigned_at, literal("refund"), ForeignRefund.reference,
               ForeignRefund.minor, literal("assigned"), literal(""), ForeignRefund.by_name)
        .where(ForeignRefund.assigned_at.is_not(None)),
        select(AccountChange.ended_at, literal("account"), literal(""), literal(0),
               AccountChange.state, literal(""), AccountChange.asked_name)
        .where(AccountChange.ended_at.is_not(None))).subquery()
    for row in db.session.execute(select(rows).order_by(rows.c[0])):
        yield [_plain(cell) for cell in row]


def _plain(value: Any) -> Any:
    """Moments to the second; nothing where nothing is known."""
    if hasattr(value, "isoformat"):
        return value.isoformat(timespec="seconds")
    return "" if value is None else value
