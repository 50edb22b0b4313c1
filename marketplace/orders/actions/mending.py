"""Correcting what was mistyped right after an order was placed."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict
from marketplace.foundation.events import announce
from marketplace.orders.events import EmailCorrected
from marketplace.orders.models import Order, OrderHistory


def correct_email(number: str, email: str, buyer_key: str) -> None:
    """Write to another address from now on; once for each order of a guest.

    Raises Conflict. Changes orders, order_history; announces EmailCorrected.
    """
    order_id = db.session.scalar(select(Order.id).where(Order.number == number,
                                                        Order.buyer_id.is_(None)))
    before = db.session.scalar(select(OrderHistory.id).where(
        OrderHistory.order_id == order_id, OrderHistory.kind == "email_corrected"))
    if order_id is None or before is not None:
        raise Conflict(_("The address of this order has been corrected already."))
    db.session.execute(update(Order).where(Order.id == order_id)
                       .values(email=email, buyer_key=buyer_key)
                       .execution_options(synchronize_session=False))
    db.session.add(OrderHistory(order_id=order_id, at=clock.now(), kind="email_corrected",
                                actor="buyer"))
    db.session.flush()
    announce(EmailCorrected(order_id))
