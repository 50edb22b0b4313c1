"""Buyers, sellers and operators hear of days that move, silent parcels and broken sets."""

from __future__ import annotations

from marketplace.foundation.database import db
from marketplace.notify.actions import tell
from marketplace.notify.actions.reacting import of_part, to_buyer
from marketplace.notify.actions.rights import operators
from marketplace.orders.events import (
    DayPromised,
    ParcelSilent,
    PromiseBroken,
    PromiseNear,
    SellerVanished,
    SetAsked,
)
from marketplace.orders.models import OrderLine
from marketplace.producers.queries import staff_ids


def day_promised(event: DayPromised) -> None:
    """The buyer reads the old day, the new one and why."""
    order, part = of_part(event.seller_order_id)
    to_buyer(order, "dispatch", "new_day", "new_day", {"why": event.reason, "old": event.old},
             producer=str(part.seller["name"]), part=part.number, due=event.day)


def promise_near(event: PromiseNear) -> None:
    """The seller is reminded the working day before."""
    _order, part = of_part(event.seller_order_id)
    for person in staff_ids(event.producer_id):
        tell(person, "order_in", f"near {part.number} {event.day}", "promise_near",
             f"/studio/orders/{part.number}", number=part.number)


def promise_broken(event: PromiseBroken) -> None:
    """The buyer hears before asking: the old day, no new one yet, and what can be done."""
    order, part = of_part(event.seller_order_id)
    to_buyer(order, "dispatch", "late", "late", producer=str(part.seller["name"]),
             part=part.number, due=event.day)
    for person in staff_ids(event.producer_id):
        tell(person, "order_in", f"late {part.number} {event.day}", "promise_late",
             f"/studio/orders/{part.number}", number=part.number)


def vanished(event: SellerVanished) -> None:
    """The people of the market look for the seller; the buyer can cancel at once."""
    order, part = of_part(event.seller_order_id)
    to_buyer(order, "dispatch", "vanished", "vanished", producer=str(part.seller["name"]),
             part=part.number)
    for person in operators():
        tell(person, "order_in", f"vanished {part.number}", "seller_vanished",
             "/operator/orders", number=part.number)


def silent(event: ParcelSilent) -> None:
    """Nobody heard of a parcel for ten days: has it come?"""
    order, part = of_part(event.seller_order_id)
    to_buyer(order, "delivery", "silent", "silent", producer=str(part.seller["name"]),
             part=part.number)


def set_asked(event: SetAsked) -> None:
    """Keep or cancel the other parts of a set."""
    line = db.session.get_one(OrderLine, event.line_ids[0])
    order, _part = of_part(line.seller_order_id)
    to_buyer(order, "cancellation", "set_asked", "set_asked")
