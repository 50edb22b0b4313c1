"""What is still open of the one question about an order."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.orders.models import OrderLine, SellerOrder
from marketplace.reviews.models import Invitation


def open_questions(person_id: int, order_id: int) -> Sequence[tuple[int, str, str]]:
    """Lines of an order that this person was asked about and has neither answered nor declined:
    id, title, seller; in the order of the order. Loads: 1 statement.
    """
    rows = db.session.execute(
        select(OrderLine.id, OrderLine.title, SellerOrder.seller)
        .join(Invitation, Invitation.order_line_id == OrderLine.id)
        .join(SellerOrder, SellerOrder.id == OrderLine.seller_order_id)
        .where(SellerOrder.order_id == order_id, Invitation.person_id == person_id,
               Invitation.asked_at.is_not(None), Invitation.answered_at.is_(None),
               Invitation.declined_at.is_(None))
        .order_by(SellerOrder.position, OrderLine.position))
    return [(row.id, row.title, str(row.seller["name"])) for row in rows]
