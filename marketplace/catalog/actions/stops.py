"""Stopping goods for safety, at once; lifting that is the operator's, with name and reason."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import case, select, update

from marketplace.catalog.actions.stock import refresh_stock
from marketplace.catalog.events import ProductStopped, StopLifted
from marketplace.catalog.models import Lot, Product, SafetyStop
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import OperatorActed, announce

LIFTED = "#lifted"
"""`withdrawn_why` of goods that nothing holds up any more, until their house sells them again."""
LEAST_WHY = 10


def stop(product_id: int, why: str, lot_id: int | None = None, person_id: int | None = None
         ) -> None:
    """Nobody can buy it from now on: a whole product, or one lot of it, for safety.

    Raises Invalid without a reason. Changes products or lots, stops; announces ProductStopped.
    """
    if not why.strip():
        raise Invalid({"why": _("Please tell your buyers why.")})
    now, words = clock.now(), why.strip()[:300]
    if lot_id is None:
        held = Product.held_state.is_not(None)
        db.session.execute(update(Product).where(Product.id == product_id).values(
            state=case((held, Product.state), else_="stopped"),
            held_state=case((held, "stopped"), else_=None),
            withdrawn_why=words, wanted_at=None, last_change_at=now))
    else:
        db.session.execute(update(Lot).where(Lot.id == lot_id, Lot.product_id == product_id)
                           .values(stopped_at=now, stopped_why=words))
        db.session.execute(update(Product).where(Product.id == product_id)
                           .values(last_change_at=now))
        refresh_stock(product_id)
    db.session.add(SafetyStop(product_id=product_id, lot_id=lot_id, at=now, person_id=person_id,
                        why=words))
    db.session.flush()
    announce(ProductStopped(product_id, lot_id, words))


def lift(stop_id: int, why: str, person_id: int) -> None:
    """A stop ends: a lot can be bought again, a product once its house puts it on sale again.

    Raises Invalid without a written reason, Conflict when it was lifted before. Changes stops,
    products or lots; announces StopLifted, OperatorActed.
    """
    words = why.strip()[:300]
    if len(words) < LEAST_WHY:
        raise Invalid({"why": _("What was checked, and by whom? At least 10 signs.")})
    row = db.session.get_one(SafetyStop, stop_id)
    one = SafetyStop.lot_id.is_(None) if row.lot_id is None else SafetyStop.lot_id == row.lot_id
    open_ones = update(SafetyStop).where(SafetyStop.product_id == row.product_id, one,
                                   SafetyStop.lifted_at.is_(None))
    closed = db.session.execute(open_ones.values(
        lifted_at=clock.now(), lifted_by=person_id, lifted_why=words)
        .execution_options(synchronize_session=False))
    if not closed.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("This stop was lifted already."))
    _open_again(row.product_id, row.lot_id)
    producer_id = db.session.scalar(
        select(Product.producer_id).where(Product.id == row.product_id))
    assert producer_id is not None
    announce(StopLifted(row.product_id, row.lot_id, producer_id))
    announce(OperatorActed(person_id, "stop_lifted", "lot" if row.lot_id else "product",
                           row.lot_id or row.product_id, words))


def _open_again(product_id: int, lot_id: int | None) -> None:
    """What was stopped is not any more; a whole product waits for its house."""
    now = clock.now()
    if lot_id is None:
        for state in (Product.state, Product.held_state):
            db.session.execute(update(Product).where(
                Product.id == product_id, state == "stopped")
                .values({state: "paused", Product.withdrawn_why: LIFTED,
                         Product.last_change_at: now})
                .execution_options(synchronize_session=False))
        return
    db.session.execute(update(Lot).where(Lot.id == lot_id)
                       .values(stopped_at=None, stopped_why="")
                       .execution_options(synchronize_session=False))
    db.session.execute(update(Product).where(Product.id == product_id).values(last_change_at=now)
                       .execution_options(synchronize_session=False))
    refresh_stock(product_id)
