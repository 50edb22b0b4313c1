"""Who of the market may look at an order: while a case is open, or while the buyer lets them."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import exists, or_, select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid, NotYours
from marketplace.orders.models import (
    Complaint,
    Order,
    OrderHistory,
    Refund,
    SellerOrder,
    Signal,
    Withdrawal,
)

CONSENT_DAYS = timedelta(days=14)


def let_look(order_id: int, yes: bool) -> None:
    """The buyer lets the market look at an order for two weeks, or no longer.

    Changes orders, order_history.
    """
    until = clock.now() + CONSENT_DAYS if yes else None
    db.session.execute(update(Order).where(Order.id == order_id).values(look_until=until)
                       .execution_options(synchronize_session=False))
    db.session.add(OrderHistory(order_id=order_id, at=clock.now(), actor="buyer",
                                kind="consent" if yes else "consent_ended"))
    db.session.flush()


def may_look(order_id: int) -> bool:
    """Whether a case of this order is open, or its buyer agreed. Loads: 1 statement."""
    part = SellerOrder.id
    cases = (
        exists().where(Complaint.seller_order_id == part, Complaint.state != "closed"),
        exists().where(Signal.seller_order_id == part, Signal.answered_at.is_(None)),
        exists().where(Withdrawal.seller_order_id == part,
                       Withdrawal.state.in_(("declared", "objected"))),
        exists().where(Refund.seller_order_id == part, Refund.state != "done",
                       Refund.due_on < clock.today()),
        SellerOrder.vanished_at.is_not(None) & SellerOrder.state.in_(("paid", "preparing")))
    open_case = select(SellerOrder.id).where(SellerOrder.order_id == order_id, or_(*cases))
    return bool(db.session.scalar(select(Order.id).where(
        Order.id == order_id, or_(Order.look_until > clock.now(), open_case.exists()))))


def look(order_id: int, name: str, reason: str) -> None:
    """A person of the market reads an order; the buyer sees who and why.

    Raises Invalid without a reason, NotYours without case or consent. Changes order_history.
    """
    if len(reason.strip()) < 5:
        raise Invalid({"reason": _("The buyer reads why: please say it in a few words.")})
    if not may_look(order_id):
        raise NotYours(_("No case of this order is open, and its buyer has not agreed."))
    db.session.add(OrderHistory(
        order_id=order_id, at=clock.now(), kind="read", actor="operator", actor_name=name[:60],
        args={"reason": reason.strip()[:200]}))
    db.session.flush()
