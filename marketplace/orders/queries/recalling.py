"""Who has goods that are called back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, or_, select

from marketplace.foundation.database import db, read
from marketplace.orders.models import Order, OrderLine, SellerOrder

UNDONE = ("cancelled", "expired")


@dataclass(frozen=True, slots=True)
class Reached:
    """How a buyer is reached: a member by id, a guest (`person_id` None) by address."""

    person_id: int | None
    email: str
    lang: str


def buyers_of(product_id: int, lot_id: int | None = None) -> Sequence[int]:
    """Everybody who has an order of some goods, or of one lot of them, that was not undone, each
    by the first such order of theirs: ids of orders in the order of placing.

    Whoever has a piece of an unknown lot is among them; orders that were forgotten name nobody.
    Loads: 1 statement, by index.
    """
    first = func.min(Order.id)
    found = _bought(first, lot_id is not None).group_by(Order.buyer_key).order_by(first)
    # numbers in pieces: a hundred thousand rows at once keep the garbage collector busy for longer
    # than the database
    rows = db.session.connection().execute(
        found.execution_options(yield_per=1_000), _asked(product_id, lot_id))
    return list(rows.scalars())


def members_with(product_id: int, lot_id: int | None, among: Collection[int]) -> frozenset[int]:
    """Who of some people is among `buyers_of`. Loads: 1 statement."""
    rows = read(_bought(Order.buyer_id, lot_id is not None).where(
        Order.buyer_id.in_(bindparam("people", expanding=True))).distinct(),
        people=list(among), **_asked(product_id, lot_id))
    return frozenset(row[0] for row in rows)


def _asked(product_id: int, lot_id: int | None) -> dict[str, int]:
    return {"product": product_id} if lot_id is None else {"product": product_id, "lot": lot_id}


def _bought(what: Any, one_lot: bool) -> Any:
    found = (select(what).select_from(OrderLine)
             .join(SellerOrder, SellerOrder.id == OrderLine.seller_order_id)
             .join(Order, Order.id == SellerOrder.order_id)
             .where(OrderLine.product_id == bindparam("product"),
                    OrderLine.cancelled < OrderLine.qty,
                    SellerOrder.state.not_in(UNDONE), Order.erased_at.is_(None)))
    if one_lot:
        found = found.where(or_(OrderLine.lot_id == bindparam("lot"), OrderLine.lot_id.is_(None)))
    return found


def reached_by(order_ids: Collection[int]) -> Sequence[Reached]:
    """How the buyers of some orders are reached; nobody whose order was forgotten meanwhile.

    Loads: 1 statement.
    """
    rows = read(select(Order.buyer_id, Order.email, Order.language)
                .where(Order.id.in_(bindparam("orders", expanding=True)),
                       or_(Order.buyer_id.is_not(None), Order.email != ""))
                .order_by(Order.id), orders=list(order_ids))
    return [Reached(*row) for row in rows]
