"""Writing moves: each fact once, whoever tells it how often."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import literal, select
from sqlalchemy.exc import IntegrityError

from marketplace.foundation import clock
from marketplace.foundation.database import db
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
