"""What buyers show of themselves at one part of an order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import and_, select

from marketplace.foundation.database import read
from marketplace.orders.models import OrderWish
from marketplace.people.models import Wish
from marketplace.people.queries.wishes import Told

COLUMNS = (Wish.id, Wish.kind, Wish.subject_id, Wish.value, Wish.said_at, Wish.checked_at)


def wishes_at(person_id: int, part_ids: Sequence[int]
              ) -> tuple[Sequence[Told], Mapping[int, frozenset[int]]]:
    """Everything a person told, oldest first, and the wishes they show at each of these parts.

    Loads: 1 statement.
    """
    told: dict[int, Told] = {}
    shown: dict[int, set[int]] = {}
    for *columns, part_id in read(
            select(*COLUMNS, OrderWish.seller_order_id)
            .outerjoin(OrderWish, and_(OrderWish.wish_id == Wish.id,
                                       OrderWish.seller_order_id.in_(list(part_ids))))
            .where(Wish.person_id == person_id).order_by(Wish.id)):
        told[columns[0]] = Told(*columns)
        if part_id is not None:
            shown.setdefault(part_id, set()).add(columns[0])
    return list(told.values()), {part: frozenset(ids) for part, ids in shown.items()}


def shown_to_house(part_id: int) -> Sequence[Told]:
    """What the buyer of a part shows to its house, oldest first. Loads: 1 statement."""
    return [Told(*row) for row in read(
        select(*COLUMNS).join(OrderWish, OrderWish.wish_id == Wish.id)
        .where(OrderWish.seller_order_id == part_id).order_by(Wish.id))]
