"""What is left of a person's taste for a product after an answer was taken back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, func, select

from marketplace.foundation.database import db
from marketplace.orders.models import Order, OrderLine, SellerOrder
from marketplace.orders.queries.received import BOUGHT
from marketplace.recommend.actions.signals import LIKED_VALUE, keep_signal, note_change
from marketplace.recommend.models import Recommendation, Signal
from marketplace.recommend.rules.reach import moves_suggestions
from marketplace.recommend.rules.signals import VALUES
from marketplace.reviews.models import ImportedRating, Rating

Left = tuple[float, bool, str]
"""Value, whether it is a yes, and the act it comes from."""


def retake(person_id: int, product_id: int) -> None:
    """Forget the signal of an answer that was taken back; the strongest other evidence takes over.

    That is an answer about another lot, else one brought along from elsewhere, a standing
    recommendation after a purchase, a second order. Changes signals,
    signal_clock, taste_changes.
    """
    gone: Any = db.session.execute(delete(Signal).where(
        Signal.person_id == person_id, Signal.product_id == product_id,
        Signal.source == "rating"))
    if not gone.rowcount:
        return
    left = (_answered(person_id, product_id) or _imported(person_id, product_id)
            or _recommended(person_id, product_id) or _ordered_again(person_id, product_id))
    if left is not None:
        keep_signal(person_id, product_id, *left)
    note_change("signals", person_id)


def _answered(person_id: int, product_id: int) -> Left | None:
    """The newest answer about another lot that was not taken back."""
    again = db.session.scalar(
        select(Rating.again).where(
            Rating.person_id == person_id, Rating.product_id == product_id,
            func.coalesce(Rating.aside_reason, "").not_in(("withdrawn", "erased")))
        .order_by(func.coalesce(Rating.changed_at, Rating.given_at).desc(), Rating.id.desc())
        .limit(1))
    return None if again is None else (VALUES["yes" if again else "no"], again, "rating")


def _imported(person_id: int, product_id: int) -> Left | None:
    value = db.session.scalar(
        select(ImportedRating.value).where(
            ImportedRating.person_id == person_id, ImportedRating.product_id == product_id)
        .order_by(ImportedRating.at.desc(), ImportedRating.id.desc()).limit(1))
    if value is None:
        return None
    liked = value >= LIKED_VALUE
    return VALUES["yes" if liked else "no"], liked, "imported"


def _recommended(person_id: int, product_id: int) -> Left | None:
    rows = db.session.execute(
        select(Recommendation.bought, Recommendation.relation, Recommendation.benefit)
        .where(Recommendation.author_id == person_id, Recommendation.thing == "product",
               Recommendation.thing_id == product_id, Recommendation.state == "visible"))
    if any(moves_suggestions(*row) for row in rows):
        return VALUES["recommended"], True, "recommendation"
    return None


def _ordered_again(person_id: int, product_id: int) -> Left | None:
    orders = db.session.scalar(
        select(func.count(func.distinct(Order.id)))
        .join(SellerOrder, SellerOrder.order_id == Order.id)
        .join(OrderLine, OrderLine.seller_order_id == SellerOrder.id)
        .where(Order.buyer_id == person_id, OrderLine.product_id == product_id,
               SellerOrder.state.in_(BOUGHT))) or 0
    return (VALUES["reordered"], True, "order_again") if orders > 1 else None
