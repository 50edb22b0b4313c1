"""What a buyer chose before, so that the next order asks less."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import func, select

from marketplace.foundation.database import db
from marketplace.orders.models import Order, SellerOrder


@dataclass(frozen=True, slots=True)
class LastChoices:
    """How a member paid last, and how each producer's goods came."""

    method: str
    ways: Mapping[int, str]
    notes: Mapping[int, str]


def last_choices(person_id: int, producer_ids: Collection[int]) -> LastChoices | None:
    """What a member chose last; None before the first order. Loads: 2 statements."""
    method = db.session.scalar(
        select(Order.method).where(Order.buyer_id == person_id)
        .order_by(Order.placed_at.desc(), Order.id.desc()).limit(1))
    if method is None:
        return None
    newest = (select(func.max(SellerOrder.id)).join(Order, Order.id == SellerOrder.order_id)
              .where(Order.buyer_id == person_id,
                     SellerOrder.producer_id.in_(list(producer_ids)))
              .group_by(SellerOrder.producer_id))
    rows = db.session.execute(
        select(SellerOrder.producer_id, SellerOrder.delivery_method, SellerOrder.delivery_note)
        .where(SellerOrder.id.in_(newest))).all()
    return LastChoices(method, {row[0]: row[1] for row in rows}, {row[0]: row[2] for row in rows})


def ordered_before(buyer_keys: Collection[str]) -> bool:
    """Whether any of these buyers ever ordered. Loads: 1 statement."""
    return db.session.scalar(
        select(Order.id).where(Order.buyer_key.in_(list(buyer_keys))).limit(1)) is not None


def contact_words() -> dict[str, str]:
    """How somebody first heard of the market, in words."""
    return {"friends": _("Recommended by people I know"), "market": _("At a market or fair"),
            "press": _("Newspaper, radio, television"), "search": _("Found by a search"),
            "advert": _("By an advertisement"), "other": _("Somewhere else")}
