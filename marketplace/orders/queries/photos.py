"""To whom a photo of a complaint, or of a proof of sending, belongs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import exists, or_, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.orders.models import Complaint, Order, OrderHistory, SellerOrder, Withdrawal
from marketplace.orders.queries.orders import is_guest_of

LOOKED_WITHIN = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class PhotoOf:
    """The parties of a photo; `read`: this reader of the market said today why they look."""

    number: str
    buyer_id: int | None
    guest_secret_hash: str | None
    producer_id: int
    read: bool

    def is_guests(self, secrets: Mapping[str, str]) -> bool:
        """Whether a browser with these secrets by number ordered it without an account."""
        return self.buyer_id is None and is_guest_of(self, secrets.get(self.number, ""))


def photo_of(number: str, name: str, reader: str) -> PhotoOf | None:
    """Whose this photo of an order is; None where the order has no such photo.

    `reader`: the name by which somebody of the market is noted when they look.

    Loads: 1 statement.
    """
    looked = exists().where(
        OrderHistory.order_id == Order.id, OrderHistory.kind == "read",
        OrderHistory.actor_name == reader[:60], OrderHistory.at > clock.now() - LOOKED_WITHIN)
    for row in db.session.execute(
            select(Order.number, Order.buyer_id, Order.guest_secret_hash, SellerOrder.producer_id,
                   looked.label("looked"), Complaint.photos, Withdrawal.proof_file)
            .join(SellerOrder, SellerOrder.order_id == Order.id)
            .outerjoin(Complaint, Complaint.seller_order_id == SellerOrder.id)
            .outerjoin(Withdrawal, Withdrawal.seller_order_id == SellerOrder.id)
            .where(Order.number == number,
                   or_(Complaint.id.is_not(None), Withdrawal.proof_file == name))):
        if name == row.proof_file or name in (row.photos or ()):
            return PhotoOf(row.number, row.buyer_id, row.guest_secret_hash, row.producer_id,
                           bool(reader) and bool(row.looked))
    return None
