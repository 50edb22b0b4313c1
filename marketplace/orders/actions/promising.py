"""Days that were promised: a new one, a reminder, and the word to the buyer when one is broken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from flask_babel import gettext as _
from sqlalchemy import Select, func, select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import announce
from marketplace.orders.actions.parcels import locked, note
from marketplace.orders.events import (
    DayPromised,
    PromiseBroken,
    PromiseNear,
    SellerVanished,
)
from marketplace.orders.models import DispatchPromise, OrderHistory, SellerOrder
from marketplace.orders.rules.dates import is_working, next_working
from marketplace.producers.queries.hours import calendar_of

TO_SEND = ("paid", "preparing")
MOST_DAYS, MOST_PAUSE_DAYS, VANISHED_DAYS = 90, 60, 7
TOLD_FROM = time(8)
"""When buyers are told, in the morning after the day, in the zone of the market."""


def promise_day(part_id: int, day: date, reason: str, name: str) -> None:
    """The seller names a new day of dispatch, and why; the buyer is told at once.

    Raises Invalid (past, too far, no reason), Conflict once it left. Changes dispatch_promises,
    seller_orders, order_history; announces DayPromised.
    """
    today = clock.today()
    if not today <= day <= today + timedelta(days=MOST_DAYS):
        raise Invalid({"day": _("A day from today on, at most three months ahead.")})
    if len(reason.strip()) < 3:
        raise Invalid({"reason": _("The buyer has to know why.")})
    part = locked(part_id)
    old = part.promised_on
    _promise(part, day, "staff", name, reason.strip()[:200])
    note(part, "new_day", "staff", name, day=day.isoformat(), reason=reason.strip()[:200])
    announce(DayPromised(part.id, part.order_id, old.isoformat() if old else "", day.isoformat(),
                         reason.strip()[:200]))


def _promise(part: SellerOrder, day: date, by: str, name: str | None, reason: str | None) -> None:
    if part.state not in TO_SEND:
        raise Conflict(_("That is not possible any more: the order moved on."))
    known = db.session.scalar(select(DispatchPromise).where(
        DispatchPromise.seller_order_id == part.id, DispatchPromise.promised_on == day))
    if known is None:
        db.session.add(DispatchPromise(
            seller_order_id=part.id, promised_on=day, set_at=clock.now(), by_whom=by,
            by_name=name, reason=reason))
    part.promised_on = day
    db.session.flush()


def wait_until(part_id: int, day: date) -> None:
    """The buyer asks not to send before a day; the promise moves to it.

    Raises Invalid, Conflict once it left. Changes seller_orders, dispatch_promises, order_history.
    """
    today = clock.today()
    if not today < day <= today + timedelta(days=MOST_PAUSE_DAYS):
        raise Invalid({"day": _("A day from tomorrow on, at most two months ahead.")})
    part = locked(part_id)
    if part.state not in ("awaiting_payment", *TO_SEND):
        raise Conflict(_("That is not possible any more: the order moved on."))
    part.not_before = day
    if part.promised_on is not None and part.promised_on < day:
        closed = calendar_of(part.producer_id, day, day + timedelta(days=400)).closed
        _promise(part, day if is_working(day, closed) else next_working(day, closed), "buyer",
                 None, None)
    note(part, "paused", "buyer", None, day=day.isoformat())


def waits(part_id: int) -> None:
    """The buyer read of a delay and waits. Changes order_history."""
    part = locked(part_id)
    if part.state not in TO_SEND:
        raise Conflict(_("That is not possible any more: the order moved on."))
    note(part, "waits", "buyer", None)


def due_to_send(last: date) -> Select[int]:
    """The statement of parts that are to leave by a day, most urgent first."""
    return (select(SellerOrder.id)
            .where(SellerOrder.state.in_(TO_SEND), SellerOrder.promised_on <= last)
            .order_by(SellerOrder.promised_on, SellerOrder.id))


def _latest(part: SellerOrder) -> DispatchPromise | None:
    return db.session.scalar(
        select(DispatchPromise).where(DispatchPromise.seller_order_id == part.id,
                                      DispatchPromise.promised_on == part.promised_on)
        .execution_options(populate_existing=True))


def remind_sellers(limit: int = 500) -> int:
    """The working day before a promised day its seller is reminded, once; how many.

    Changes dispatch_promises; announces PromiseNear.
    """
    today, count = clock.today(), 0
    for part in _parts(db.session.scalars(
            due_to_send(today + timedelta(days=14)).limit(limit)).all()):
        day = part.promised_on
        if day is None or day < today:
            continue
        closed = calendar_of(part.producer_id, today, day).closed
        row = _latest(part)
        if next_working(today, closed) < day or row is None or row.reminded_at is not None:
            continue
        row.reminded_at = clock.now()
        db.session.flush()
        announce(PromiseNear(part.id, part.producer_id, day.isoformat()))
        count += 1
    return count


def _parts(ids: Sequence[int]) -> Sequence[SellerOrder]:
    if not ids:
        return []
    return db.session.scalars(select(SellerOrder).where(SellerOrder.id.in_(ids))
                              .order_by(SellerOrder.id)).all()


def tell_broken(limit: int = 500) -> int:
    """Buyers of parts that did not leave on their day are told the next morning, once for each
    promised day; how many. Changes dispatch_promises, order_history; announces PromiseBroken.
    """
    now = clock.in_zone(clock.now())
    if now.time() < TOLD_FROM:
        return 0
    count = 0
    for part in _parts(db.session.scalars(
            due_to_send(now.date() - timedelta(days=1)).limit(limit)).all()):
        row = _latest(part)
        if row is None or row.told_at is not None:
            continue
        row.told_at = clock.now()
        assert part.promised_on is not None
        note(part, "late", "system", None, day=part.promised_on.isoformat())
        announce(PromiseBroken(part.id, part.order_id, part.producer_id,
                               part.promised_on.isoformat()))
        count += 1
    return count


def look_for_vanished(limit: int = 200) -> int:
    """Parts of sellers who did nothing for seven days after their promise reach the people of the
    market, once; how many. Changes seller_orders, order_history; announces SellerVanished.
    """
    count = 0
    for part in _parts(db.session.scalars(
            due_to_send(clock.today() - timedelta(days=VANISHED_DAYS)).limit(limit)).all()):
        if part.vanished_at is not None or _acted_since(part):
            continue
        gone = db.session.execute(
            update(SellerOrder).where(SellerOrder.id == part.id, SellerOrder.vanished_at.is_(None))
            .values(vanished_at=clock.now()).execution_options(synchronize_session=False))
        if gone.rowcount:  # type: ignore[attr-defined]
            note(part, "vanished", "system", None)
            announce(SellerVanished(part.id, part.order_id, part.producer_id))
            count += 1
    return count


def _acted_since(part: SellerOrder) -> bool:
    """Whether a person of the seller did anything for this part in the last seven days."""
    since: datetime = clock.now() - timedelta(days=VANISHED_DAYS)
    return bool(db.session.scalar(select(func.count()).where(
        OrderHistory.order_id == part.order_id, OrderHistory.seller_order_id == part.id,
        OrderHistory.actor == "staff", OrderHistory.at > since)))
