"""A guest signs in: two baskets become one; and what nobody touches is swept."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import and_, delete, or_, select

from marketplace.checkout.actions.coupons import move_coupons
from marketplace.checkout.actions.lines import next_position, own_basket, touch, write_sources
from marketplace.checkout.actions.touching import move_way
from marketplace.checkout.models import Basket, BasketLine, Checkout, LineSource
from marketplace.checkout.rules.basket import Step, joined, merged_qty
from marketplace.foundation import clock
from marketplace.foundation.database import db

GUESTS, MEMBERS, DRAFTS = timedelta(days=30), timedelta(days=365), timedelta(days=1)


def merge_at_sign_in(person_id: int, guest_key: str) -> None:
    """Move a guest's lines into the member's basket; of what stands in both the larger stays.

    Twice changes nothing. Changes baskets, basket_lines, line_sources, basket_coupons, touches.
    """
    own = own_basket(person_id, None)
    guest = _taken(guest_key)
    if guest is None:
        return
    touch(own)
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
        if line.qty != twin.qty:
            twin.both_guest, twin.both_own = line.qty, twin.qty
        twin.qty = merged_qty(line.qty, twin.qty)
        write_sources({twin.id: _both_ways(line.id, twin.id)})
        db.session.execute(delete(LineSource).where(LineSource.line_id == line.id))
        db.session.execute(delete(BasketLine).where(BasketLine.id == line.id))
    db.session.flush()
    move_way(guest.id, own)
    move_coupons(guest.id, own)
    db.session.execute(delete(Basket).where(Basket.id == guest.id))


def _both_ways(guest_line: int, own_line: int) -> list[Step]:
    """What led to two lines that become one, in the order of time, the newest ten."""
    steps: list[Step] = []
    for kind, ref in db.session.execute(
            select(LineSource.kind, LineSource.ref)
            .where(LineSource.line_id.in_((guest_line, own_line)))
            .order_by(LineSource.at, LineSource.line_id, LineSource.position)):
        steps = joined(steps, (kind, ref))
    return steps or [("direct", None)]


def _taken(guest_key: str) -> Basket | None:
    """A guest's basket, locked: of two who sign in with it at once the second finds none."""
    asked = select(Basket).where(Basket.key == guest_key, Basket.person_id.is_(None))
    return db.session.scalar(
        asked.with_for_update().execution_options(populate_existing=True))


def empty_guest_baskets() -> int:
    """Delete baskets nobody touched: guests' after 30 days, members' after a year; how many.

    Changes baskets and their rows.
    """
    now = clock.now()
    old = select(Basket.id).where(or_(
        and_(Basket.person_id.is_(None), Basket.touched_at < now - GUESTS),
        Basket.touched_at < now - MEMBERS))
    lines = select(BasketLine.id).where(BasketLine.basket_id.in_(old))
    db.session.execute(delete(LineSource).where(LineSource.line_id.in_(lines)))
    db.session.execute(delete(BasketLine).where(BasketLine.basket_id.in_(old)))
    gone = db.session.execute(delete(Basket).where(Basket.id.in_(old)))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def forget_drafts() -> int:
    """Delete drafts of orders a day after their last change; how many. Changes checkouts."""
    gone = db.session.execute(delete(Checkout).where(Checkout.updated_at < clock.now() - DRAFTS))
    return int(gone.rowcount)  # type: ignore[attr-defined]
