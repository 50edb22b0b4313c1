"""What a buyer may take instead of parts that cannot be had, with true reasons."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, case, func, or_, select

from marketplace.bundles.queries.boards import Obstacle, board_of
from marketplace.bundles.queries.rows import BundleRow
from marketplace.bundles.rules import Replacement, replacements
from marketplace.catalog.models import Product, Variant
from marketplace.catalog.queries import shelf_path, shelves
from marketplace.catalog.queries.buying import unreadable_in
from marketplace.foundation.database import db
from marketplace.producers.models import Producer
from marketplace.reviews.models import Score

MOST = 300
NOT_RATED = 0.6316
"""The careful share of goods that nobody answered for: prior 0.8 with the weight of ten."""
SURE = case((Score.n > 0, Score.q10), else_=NOT_RATED)


@dataclass(frozen=True, slots=True)
class Instead:
    """Something else for a part: what it costs more or less in minor units, and whether members
    say it goes with the rest ("" if nobody does); `rated` if buyers answered for it.
    """

    product_id: int
    variant_id: int
    price_minor: int
    more_minor: int
    fits: str
    rated: bool = False


def instead_of(bundle: BundleRow, blocked: Sequence[Obstacle], country: str,
               fitting: Sequence[tuple[int, str]]) -> Mapping[int, Sequence[Instead]]:
    """At most three for each part in the way, by position; nothing is chosen for anybody.

    `fitting`: what goes with the rest, best first, and why. Loads: 2 statements and 1 or 2 for
    each part in the way, whatever the size of the catalogue.
    """
    old = _old([one.product_id for one in blocked])
    board = board_of(bundle.template_id)
    shelf_of = {slot.key: slot.shelf for slot in board.slots} if board else {}
    slots = {item.pos: item.slot for item in bundle.items}
    words = dict(fitting)
    pair = {product_id: 1 / place for place, (product_id, _why) in enumerate(fitting, start=1)}
    here, found = {item.product_id for item in bundle.items}, {}
    for one in blocked:
        if one.product_id not in old:
            continue
        price, q10, category = old[one.product_id]
        near = _near(_shelf(shelf_of.get(slots.get(one.pos, ""), ""), category), price, one.qty,
                     here, country, pair)
        found[one.pos] = [
            Instead(it.product_id, it.variant_id, it.price_minor, it.price_minor - price,
                    words.get(it.product_id, ""),
                    it.q10 != NOT_RATED) for it in replacements(price, q10, near)]
    return found


def _old(product_ids: Collection[int]) -> dict[int, tuple[int, float, int]]:
    """Price, surest score and category of goods, also of those no longer offered."""
    rows: Sequence[Any] = db.session.execute(
        select(Product.id, func.min(Variant.price_minor).label("price"),
               func.max(SURE).label("q10"), Product.category_id)
        .join(Variant, Variant.product_id == Product.id)
        .outerjoin(Score, and_(Score.product_id == Product.id, Score.lot_id.is_(None)))
        .where(Product.id.in_(list(product_ids)))
        .group_by(Product.id, Product.category_id)).all()
    return {row.id: (row.price, row.q10, row.category_id) for row in rows}


def _shelf(slug: str, category_id: int) -> list[int]:
    """The categories a place takes: those of its shelf, else of the part's main category."""
    top = next((one.id for one in shelves().values() if one.slug == slug), None)
    if top is None:
        known = shelves().get(category_id)
        top = known.main_id if known else category_id
    return [one.id for one in shelves().values()
            if top in {step.id for step in shelf_path(one.id)}]


def _near(categories: Collection[int], price: int, qty: int, here: Collection[int],
          country: str, pair: Mapping[int, float]) -> list[Replacement]:
    """What of these shelves can be had and sent there, about as dear."""
    rows: Sequence[Any] = db.session.execute(
        select(Product.id, Variant.id.label("variant_id"), Variant.price_minor,
               SURE.label("q10"))
        .join(Variant, Variant.product_id == Product.id)
        .join(Producer, Producer.id == Product.producer_id)
        .outerjoin(Score, and_(Score.product_id == Product.id, Score.lot_id.is_(None)))
        .where(Product.category_id.in_(list(categories)), Product.state == "published",
               Producer.state == "selling", Variant.active,
               Product.id.not_in(list(here)),
               or_(Variant.made_to_order, Variant.on_hand - Variant.reserved >= qty),
               Variant.price_minor * 5 >= price * 4, Variant.price_minor * 5 <= price * 6)
        .order_by(func.abs(Variant.price_minor - price), Product.id, Variant.id)
        .limit(MOST)).all()
    unread = unreadable_in({row.id for row in rows}, country)
    first: dict[int, Replacement] = {}
    for row in rows:
        if row.id not in unread:
            first.setdefault(row.id, Replacement(
                row.id, row.variant_id, row.price_minor, row.q10, pair.get(row.id, 0.0)))
    return list(first.values())
