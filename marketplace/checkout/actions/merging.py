"""A guest signs in: two baskets become one; and what nobody touches is swept."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select

from marketplace.checkout.actions.lines import next_position, own_basket, touch, write_sources
from marketplace.checkout.actions.touching import move_way
from marketplace.checkout.models import Basket, BasketLine, LineSource
from marketplace.checkout.queries import basket_row, chains
from marketplace.checkout.rules.basket import Step, joined, merged_qty
from marketplace.foundation import clock
from marketplace.foundation.database import db


def merge_at_sign_in(person_id: int, guest_key: str) -> list[tuple[str, int, int]]:
    """Move a guest's lines into the member's basket; what stood in both as (ids, guest, own).

    Twice changes nothing. Changes baskets, basket_lines, line_sources.
    """
    guest = basket_row(None, guest_key)
    if guest is None:
        return []
    own = own_basket(person_id, None)
    both = []
    for line in db.session.scalars(
        select(BasketLine).where(BasketLine.basket_id == guest.id).order_by(BasketLine.position)
    ).all():
        twin = db.session.scalar(select(BasketLine).where(
            BasketLine.basket_id == own.id, BasketLine.variant_id == line.variant_id,
            BasketLine.set_key == line.set_key))
        if twin is None:
            line.basket_id, line.position = own.id, next_position(own.id)
            db.session.flush()
            continue
        both.append((str(line.variant_id), line.qty, twin.qty))
        twin.qty = merged_qty(line.qty, twin.qty)
        known = chains([line.id, twin.id])
        steps: list[Step] = list(known.get(twin.id, ()))
        for step in known.get(line.id, ()):
            steps = joined(steps, step)
        write_sources({twin.id: steps or [("direct", None)]})
        db.session.execute(delete(LineSource).where(LineSource.line_id == line.id))
        db.session.execute(delete(BasketLine).where(BasketLine.id == line.id))
    db.session.flush()
    move_way(guest.id, own)
    db.session.execute(delete(Basket).where(Basket.id == guest.id))
    touch(own)
    return both


def empty_guest_baskets() -> int:
    """Delete guest baskets untouched for 30 days; how many. Changes baskets and their rows."""
    old = select(Basket.id).where(Basket.person_id.is_(None),
                                  Basket.touched_at < clock.now() - timedelta(days=30))
    lines = select(BasketLine.id).where(BasketLine.basket_id.in_(old))
    db.session.execute(delete(LineSource).where(LineSource.line_id.in_(lines)))
    db.session.execute(delete(BasketLine).where(BasketLine.basket_id.in_(old)))
    gone = db.session.execute(delete(Basket).where(Basket.id.in_(old)))
    return int(gone.rowcount)  # type: ignore[attr-defined]
