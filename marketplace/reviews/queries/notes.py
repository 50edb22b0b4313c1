"""Whether a personal note in the parcel goes with delight; for those who look at touchpoints."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select

from marketplace.foundation.database import db
from marketplace.orders.models import OrderLine, Parcel, ParcelLine, SellerOrder
from marketplace.reviews.models import Rating


def delight_by_note(producer_id: int) -> Mapping[bool, Mapping[str, int]]:
    """How delighted buyers of a producer were, with a note in the parcel and without.

    Counts answers that count, by delighted, okay and disappointed; unanswered ones are left out. A
    line sent in several parcels has a note if one of them had. Loads: 1 statement.
    """
    noted = (select(ParcelLine.line_id).join(Parcel, Parcel.id == ParcelLine.parcel_id)
             .where(ParcelLine.line_id == OrderLine.id, Parcel.note != "").exists())
    rows = db.session.execute(
        select(noted.label("noted"), Rating.delight, func.count())
        .join(OrderLine, OrderLine.id == Rating.order_line_id)
        .join(SellerOrder, SellerOrder.id == OrderLine.seller_order_id)
        .where(SellerOrder.producer_id == producer_id, Rating.delight.is_not(None),
               Rating.standing == "counts")
        .group_by(noted, Rating.delight))
    found: dict[bool, dict[str, int]] = {True: {}, False: {}}
    for row in rows:
        found[bool(row[0])][str(row[1])] = int(row[2])
    return found
