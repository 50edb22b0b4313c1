"""Writing moves: each fact once, whoever tells it how often."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import String, cast, func, insert, literal, select
from sqlalchemy.exc import IntegrityError

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.orders.models import SellerOrder
from marketplace.payments.models import LedgerMove
from marketplace.payments.rules.ledger import Move


def post(batch: str, moves: Sequence[Move], reference: str = "", currency: str = "EUR") -> bool:
    """Write the moves of one fact; False where it was written before. Changes ledger_moves."""
    if not moves or db.session.scalar(
            select(literal(1)).where(LedgerMove.batch == batch).limit(1)):
        return False
    now = clock.now()
    try:
        with db.session.begin_nested():
            db.session.add_all(
                LedgerMove(batch=batch, position=n, at=now, from_account=move.source,
                           to_account=move.target, minor=move.minor, currency=currency,
                           seller_order_id=move.seller_order_id, reason=move.reason,
                           reference=reference)
                for n, move in enumerate(moves, start=1))
    except IntegrityError:
        return False
    return True


def open_books() -> int:
    """Write down what reached producers before there was a book; how many moves.

    Three statements for all parts that are paid and have no move yet. Changes ledger_moves.
    """
    def named(start: str, number: Any) -> Any:
        return literal(start) + cast(number, String)

    part = SellerOrder
    known = select(literal(1)).where(LedgerMove.seller_order_id == part.id).exists()
    rows = select(
        named("direct-", part.id) + named("-", part.paid_minor), literal(1), part.paid_at,
        named("buyer:", part.order_id), named("producer:", part.producer_id), part.paid_minor,
        literal("EUR"), part.id, literal("paid"), literal(""),
    ).where(part.paid_minor > 0, part.paid_at.is_not(None), ~known)
    count = select(func.count()).select_from(LedgerMove)
    before = db.session.scalar(count) or 0
    db.session.execute(insert(LedgerMove).from_select(
        ["batch", "position", "at", "from_account", "to_account", "minor", "currency",
         "seller_order_id", "reason", "reference"], rows))
    return (db.session.scalar(count) or 0) - before
