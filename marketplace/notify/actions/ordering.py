"""The confirmation of an order: what was agreed with whom, in full, as the law wants it in hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.notify.actions.reacting import to_buyer
from marketplace.notify.actions.sellers import seller_lines
from marketplace.notify.actions.telling import tell
from marketplace.orders.events import EmailCorrected, OrderPlaced
from marketplace.orders.models import Order, OrderLine, SellerOrder
from marketplace.producers.queries import staff_ids

ADDRESS = ("name", "street", "extra", "postcode", "city", "country")


def order_placed(event: OrderPlaced) -> None:
    """The buyer gets the confirmation, each producer hears of its own part."""
    order = db.session.get_one(Order, event.order_id)
    parts = _parts(order)
    to_buyer(order, "order", "order", "order_placed", _agreed(order, parts))
    for part in parts:
        for person in staff_ids(part.producer_id):
            tell(person, "order_in", f"order {part.id}", "order_in", "/studio/orders",
                 mail="order_in", number=part.number)


def order_again(event: EmailCorrected) -> None:
    """The confirmation goes to the address a guest has corrected."""
    order = db.session.get_one(Order, event.order_id, populate_existing=True)
    to_buyer(order, "order", "order", "order_placed", _agreed(order, _parts(order)))


def _parts(order: Order) -> Sequence[SellerOrder]:
    return db.session.scalars(select(SellerOrder).where(SellerOrder.order_id == order.id)
                              .order_by(SellerOrder.position)).all()


def _agreed(order: Order, parts: Sequence[SellerOrder]) -> dict[str, Any]:
    """All the letter says: per seller goods, sums and right of withdrawal; minor units."""
    lines: dict[int, list[OrderLine]] = {part.id: [] for part in parts}
    for row in db.session.scalars(
            select(OrderLine).where(OrderLine.seller_order_id.in_(lines))
            .order_by(OrderLine.seller_order_id, OrderLine.position)):
        lines[row.seller_order_id].append(row)
    return {"parts": [_part(part, lines[part.id]) for part in parts], "method": order.method,
            "total_minor": order.total_minor,
            "ship_to": [str(order.ship_to.get(name)) for name in ADDRESS
                        if order.ship_to.get(name)]}


def _part(part: SellerOrder, lines: Sequence[OrderLine]) -> dict[str, Any]:
    return {
        "number": part.number, "seller": str(part.seller["name"]), "age": part.age_class,
        "slug": str(part.seller.get("slug") or ""),
        "lines": [(row.qty, row.title, row.total_minor, row.essentials) for row in lines],
        "sold_by": seller_lines(part.seller), "trader": bool(part.seller.get("trader", True)),
        "deposit_minor": part.deposit_minor, "shipping_minor": part.shipping_minor,
        "total_minor": part.total_minor,
        "days": part.promise_days,
        "kept": [row.title for row in lines if row.withdrawal != "yes"],
        "none_back": all(row.withdrawal != "yes" for row in lines)}
