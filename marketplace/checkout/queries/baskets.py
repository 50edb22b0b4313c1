"""Baskets with their lines, sources and draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, select

from marketplace.checkout.models import Basket, BasketCoupon, BasketLine, Checkout, LineSource
from marketplace.foundation.database import db

Chain = tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A basket with its draft order, and its lines with what led to each, oldest first;
    `has_coupon`: whether any was named for it.
    """

    basket: Basket
    draft: Checkout | None
    lines: Sequence[tuple[BasketLine, Chain]]
    has_coupon: bool = False

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered on the way to the order so far."""
        return dict(self.draft.answers) if self.draft else {}


def basket_row(person_id: int | None, key: str | None) -> Basket | None:
    """The member's basket, or the guest's by its key. Loads: at most 1 statement."""
    asked = _whose(select(Basket), person_id, key)
    return None if asked is None else db.session.scalar(asked)


def _whose(asked: Any, person_id: int | None, key: str | None) -> Any:
    fresh = asked.execution_options(populate_existing=True)
    if person_id is not None:
        return fresh.where(Basket.person_id == person_id)
    return fresh.where(Basket.key == key, Basket.person_id.is_(None)) if key else None


def loaded_basket(person_id: int | None, key: str | None) -> Loaded | None:
    """A basket with everything in it. Loads: at most 1 statement, for any size."""
    asked = _whose(
        select(Basket, Checkout, BasketLine, LineSource.kind, LineSource.ref, exists().where(
            BasketCoupon.basket_id == Basket.id))
        .outerjoin(Checkout, Checkout.basket_id == Basket.id)
        .outerjoin(BasketLine, BasketLine.basket_id == Basket.id)
        .outerjoin(LineSource, LineSource.line_id == BasketLine.id)
        .order_by(BasketLine.position, BasketLine.id, LineSource.position), person_id, key)
    rows = db.session.execute(asked).all() if asked is not None else []
    if not rows:
        return None
    found: dict[int, tuple[BasketLine, list[tuple[str, str | None]]]] = {}
    for _basket, _draft, line, kind, ref, _coupon in rows:
        if line is not None:
            steps = found.setdefault(line.id, (line, []))[1]
            steps += [(kind, ref)] if kind else []
    return Loaded(rows[0][0], rows[0][1], [(line, tuple(way)) for line, way in found.values()],
                  rows[0][5])


def basket_of(person_id: int) -> Sequence[tuple[int, int]]:
    """What a member has in the basket, as (variant, quantity). Loads: 1 statement."""
    rows = db.session.execute(
        select(BasketLine.variant_id, BasketLine.qty)
        .join(Basket, Basket.id == BasketLine.basket_id).where(Basket.person_id == person_id)
        .order_by(BasketLine.position, BasketLine.id))
    return [(row[0], row[1]) for row in rows]


def chains(line_ids: Sequence[int]) -> Mapping[int, Chain]:
    """Sources of lines, oldest first, by line. Loads: 1 statement."""
    found: dict[int, list[tuple[str, str | None]]] = {}
    for row in db.session.execute(
        select(LineSource.line_id, LineSource.kind, LineSource.ref)
        .where(LineSource.line_id.in_(list(line_ids)))
        .order_by(LineSource.line_id, LineSource.position)
    ):
        found.setdefault(row[0], []).append((row[1], row[2]))
    return {line: tuple(steps) for line, steps in found.items()}


def draft_of(basket_id: int) -> Checkout | None:
    """The draft order of a basket. Loads: 1 statement."""
    return db.session.scalar(select(Checkout).where(Checkout.basket_id == basket_id)
                             .execution_options(populate_existing=True))
