"""What the market advanced for refunds, as the market and a producer see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from marketplace.foundation.database import db
from marketplace.orders.models import Refund, SellerOrder
from marketplace.payments.models import Advance
from marketplace.producers.models import Producer


@dataclass(frozen=True, slots=True)
class Advanced:
    """An advance and what came back of it; minor units."""

    refund_id: int
    house: str
    number: str
    code: str
    minor: int
    back_minor: int
    made_at: datetime

    @property
    def open_minor(self) -> int:
        """What is still to come back."""
        return self.minor - self.back_minor


def _advanced() -> Any:
    return (select(Advance.refund_id, Producer.name, SellerOrder.number, Refund.code,
                   Advance.minor, Advance.back_minor, Advance.made_at)
            .join(Refund, Refund.id == Advance.refund_id)
            .join(SellerOrder, SellerOrder.id == Refund.seller_order_id)
            .join(Producer, Producer.id == Advance.producer_id))


def open_advances(limit: int = 100) -> Sequence[Advanced]:
    """What is still to come back, the oldest first. Loads: 1 statement."""
    return [Advanced(*row) for row in db.session.execute(
        _advanced().where(Advance.back_minor < Advance.minor)
        .order_by(Advance.made_at, Advance.refund_id).limit(limit))]


def advance_of(refund_id: int) -> Advanced | None:
    """One advance. Loads: 1 statement."""
    row = db.session.execute(_advanced().where(Advance.refund_id == refund_id)).first()
    return None if row is None else Advanced(*row)


def advanced_to(producer_id: int) -> int:
    """What a producer still owes the market for refunds. Loads: 1 statement."""
    return int(db.session.scalar(
        select(func.coalesce(func.sum(Advance.minor - Advance.back_minor), 0))
        .where(Advance.producer_id == producer_id)) or 0)
