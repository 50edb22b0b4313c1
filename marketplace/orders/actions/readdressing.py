"""Another address for an order, as long as nobody packs; looked at by the same rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.orders.actions.shortening import standard_sending
from marketplace.orders.models import Order, OrderHistory, OrderLine, SellerOrder

MOVABLE = ("awaiting_payment", "paid")
OVER = ("cancelled", "expired")
FIELDS = {"name": 120, "street": 120, "extra": 120, "postcode": 12, "city": 80}


def may_readdress(states: list[str]) -> bool:
    """Whether the address can still change: something is to come, and nobody packs."""
    alive = [state for state in states if state not in OVER]
    return bool(alive) and all(state in MOVABLE for state in alive)


def readdress(order_id: int, place: Mapping[str, str]) -> None:
    """Send everything elsewhere in the same country, at the same price.

    Raises Invalid per field, Conflict once somebody packs or where a seller does not send there
    for the same. Changes orders, order_history.
    """
    order = db.session.execute(select(Order).where(Order.id == order_id).with_for_update()
                               .execution_options(populate_existing=True)).scalar_one()
    parts = db.session.scalars(
        select(SellerOrder).where(SellerOrder.order_id == order_id).order_by(SellerOrder.id)
        .with_for_update().execution_options(populate_existing=True)).all()
    if not may_readdress([part.state for part in parts]):
        raise Conflict(_("Somebody is packing already. Please ask the seller, or cancel."))
    faults = {name: _("Please fill this in.") for name in ("name", "street", "postcode", "city")
              if len(place.get(name, "").strip()) < 2}
    if faults:
        raise Invalid(faults)
    new = {**order.ship_to, **{name: place.get(name, "").strip()[:most]
                               for name, most in FIELDS.items()}}
    for part in parts:
        if part.state not in OVER:
            _same_price(part, new)
    order.ship_to = new
    db.session.add(OrderHistory(order_id=order_id, at=clock.now(), kind="readdressed",
                                actor="buyer"))
    db.session.flush()


def _same_price(part: SellerOrder, place: Mapping[str, Any]) -> None:
    rows = db.session.execute(select(OrderLine.id, OrderLine.qty - OrderLine.cancelled).where(
        OrderLine.seller_order_id == part.id)).all()
    counts = {row[0]: row[1] for row in rows}
    before, after = standard_sending(part, counts), standard_sending(part, counts, place)
    if before != after or after is None:
        raise Conflict(_("%(name)s does not send there for the same price. You can cancel and "
                         "order again to the other address.", name=part.seller["name"]))
