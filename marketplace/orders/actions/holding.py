"""Parts that must not be sent for now, because a payer's bank takes the money back."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.orders.models import OrderHistory, SellerOrder

UNSENT = ("paid", "preparing")


def hold_parts(part_ids: Iterable[int], reason: str) -> list[int]:
    """Put what was not sent yet on hold; the ids of those that are now. Changes seller_orders."""
    return [part_id for part_id in sorted(part_ids)
            if _set(part_id, "", reason, SellerOrder.state.in_(UNSENT))]


def release_parts(part_ids: Iterable[int], reason: str) -> list[int]:
    """What was on hold for this reason goes on; the ids. Changes seller_orders, order_history."""
    return [part_id for part_id in sorted(part_ids)
            if _set(part_id, reason, "", SellerOrder.id > 0)]


def _set(part_id: int, before: str, after: str, where: object) -> bool:
    moved = db.session.execute(
        update(SellerOrder)
        .where(SellerOrder.id == part_id, SellerOrder.hold == before, where)  # type: ignore[arg-type]
        .values(hold=after).execution_options(synchronize_session=False))
    if not moved.rowcount:  # type: ignore[attr-defined]
        return False
    order_id = db.session.scalar(select(SellerOrder.order_id).where(SellerOrder.id == part_id))
    db.session.add(OrderHistory(
        order_id=order_id, seller_order_id=part_id, at=clock.now(),
        kind="on_hold" if after else "hold_over", actor="system"))
    db.session.flush()
    return True
