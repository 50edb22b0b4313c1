"""Money arrives for a part: in full, in part, too much, or too late."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import select, update

from marketplace.catalog.actions import Held, SoldOut, reserve
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict
from marketplace.foundation.events import announce
from marketplace.orders.actions.owing import owe
from marketplace.orders.events import MoneyArrived, SellerOrderPaid
from marketplace.orders.models import (
    DispatchPromise,
    Order,
    OrderHistory,
    OrderLine,
    Reservation,
    SellerOrder,
)
from marketplace.orders.rules.dates import is_working, next_working, promised_on
from marketplace.producers.queries.hours import calendar_of

ENDED = ("cancelled", "expired")


def credit(part_id: int, minor: int, actor: str, name: str | None = None) -> str:
    """Count `minor` that arrived: paid, part, over, late or revived.

    What is over is owed back, also everything for a part that ended and whose goods are gone.
    Changes seller_orders, refunds, order_history and the promises; announces MoneyArrived, then
    SellerOrderPaid when it is whole.
    """
    part = _locked(part_id, minor)
    announce(MoneyArrived(part_id, part.order_id, part.producer_id, minor, part.paid_minor))
    if part.state in ENDED:
        if part.paid_minor - part.refunded_minor >= part.total_minor and _revived(part):
            _begin(part, actor, name)
            _over(part)
            return "revived"
        owe(part_id, "late_payment", part.paid_minor - part.refunded_minor)
        return "late"
    if part.state == "awaiting_payment":
        if part.paid_minor < part.total_minor:
            _note(part, "part_paid", actor, name, minor)
            return "part"
        _begin(part, actor, name)
        return "over" if _over(part) else "paid"
    _note(part, "overpaid", actor, name, minor)
    owe(part_id, "overpaid", minor)
    return "over"


def mark_paid(part_id: int, actor: str, name: str | None = None) -> bool:
    """The whole open sum is there. False if it was before. As `credit`."""
    part = _part(part_id)
    if part.state not in ("awaiting_payment", *ENDED):
        return False
    credit(part_id, part.total_minor - part.paid_minor + part.refunded_minor, actor, name)
    return True


def money_seen(part_id: int, name: str) -> bool:
    """A producer saw a transfer on their account. False if it was known.

    Raises Conflict for an order that is not paid by transfer. As `mark_paid`.
    """
    method = db.session.scalar(select(Order.method).join(
        SellerOrder, SellerOrder.order_id == Order.id).where(SellerOrder.id == part_id))
    if method != "bank_transfer":
        raise Conflict(_("This order is paid through the payment service, not by transfer."))
    return mark_paid(part_id, "staff", name)


def _part(part_id: int) -> SellerOrder:
    return db.session.execute(
        select(SellerOrder).where(SellerOrder.id == part_id).with_for_update()
        .execution_options(populate_existing=True)).scalar_one()


def _locked(part_id: int, minor: int) -> SellerOrder:
    """The part with the sum added, nobody else changing it meanwhile."""
    db.session.execute(
        update(SellerOrder).where(SellerOrder.id == part_id)
        .values(paid_minor=SellerOrder.paid_minor + minor)
        .execution_options(synchronize_session=False))
    return _part(part_id)


def _begin(part: SellerOrder, actor: str, name: str | None) -> None:
    """It is paid: promise a day of dispatch."""
    now = clock.now()
    part.state, part.paid_at = "paid", now
    today = clock.in_zone(now).date()
    shut = calendar_of(part.producer_id, today, today + timedelta(days=400)).closed
    part.promised_on = promised_on(now, part.promise_days, closed=shut)
    if part.not_before is not None and part.promised_on < part.not_before:
        part.promised_on = part.not_before if is_working(part.not_before, shut) \
            else next_working(part.not_before, shut)
    known = select(DispatchPromise.id).where(DispatchPromise.seller_order_id == part.id,
                                             DispatchPromise.promised_on == part.promised_on)
    if db.session.scalar(known) is None:
        db.session.add(DispatchPromise(seller_order_id=part.id, promised_on=part.promised_on,
                                       set_at=now))
    _note(part, "paid", actor, name, part.paid_minor)
    announce(SellerOrderPaid(part.id, part.order_id, part.producer_id))


def _over(part: SellerOrder) -> bool:
    """Owe back what is more than the part comes to."""
    over = part.paid_minor - part.refunded_minor - part.total_minor
    return owe(part.id, "overpaid", over) is not None


def _revived(part: SellerOrder) -> bool:
    """Take the goods of an ended part again; False where they are gone."""
    lines = db.session.scalars(select(OrderLine).where(OrderLine.seller_order_id == part.id)
                               .order_by(OrderLine.id)
                               .execution_options(populate_existing=True)).all()
    try:
        with db.session.begin_nested():
            reserve([Held(line.variant_id, line.qty) for line in lines])
    except SoldOut:
        return False
    for line in lines:
        line.cancelled = 0
        db.session.add(Reservation(line_id=line.id, variant_id=line.variant_id, qty=line.qty,
                                   until=clock.now()))
    db.session.flush()
    return True


def _note(part: SellerOrder, kind: str, actor: str, name: str | None, minor: int) -> None:
    db.session.add(OrderHistory(
        order_id=part.order_id, seller_order_id=part.id, at=clock.now(), kind=kind, actor=actor,
        actor_name=name, args={"minor": minor}))
    db.session.flush()
