"""Putting a whole set into a basket: all of it, or a list of what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import insert, select

from marketplace.catalog.queries import Buyable, buyable
from marketplace.catalog.queries.buying import unreadable_in
from marketplace.checkout.actions.lines import next_position, room_for, touch, write_ways
from marketplace.checkout.events import BasketLineAdded
from marketplace.checkout.models import Basket, BasketLine
from marketplace.checkout.rules.age import too_young
from marketplace.checkout.rules.basket import CHOICES, MOST_QTY, Step, in_the_way
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid
from marketplace.foundation.events import announce
from marketplace.people.queries import stated_age


@dataclass(frozen=True, slots=True)
class Wanted:
    """A variant and how many; `substitute_for` is the variant that a person chose it for."""

    variant_id: int
    qty: int
    substitute_for: int | None = None


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What keeps a wanted thing out: gone, off_sale, unread, young, sold_out or less.

    `left` pieces are there; `choices` says what can be done: less, replace, out, tell. `title` is
    "" for what exists no longer.
    """

    variant_id: int
    product_id: int | None
    title: str
    slug: str
    qty: int
    reason: str
    left: int = 0

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be done about it."""
        return CHOICES[self.reason]


def add_many(
    basket: Basket, wanted: Sequence[Wanted], source: Step, set_key: str, set_ref: str | None,
    lang: str,
) -> list[Obstacle]:
    """Put a whole set in, all or none; every obstacle in the order asked, nothing where it is in.

    The same set again raises each line to the larger quantity. `set_key` "" adds single lines.
    Raises Invalid (quantity), Conflict (basket full). Changes basket_lines, line_sources, baskets;
    announces BasketLineAdded for each. Loads: at most 10 statements for any size.
    """
    if any(not 1 <= want.qty <= MOST_QTY for want in wanted):
        raise Invalid({"qty": _("From 1 to 999 pieces.")})
    # one at a time into a basket, so that the same set twice at once is one set
    db.session.execute(select(Basket.id).where(Basket.id == basket.id).with_for_update())
    goods = buyable([want.variant_id for want in wanted], lang)
    blocked = obstacles_to(basket, wanted, goods)
    if blocked or not wanted:
        return blocked
    lines = _lines_of(basket, set_key)
    room_for(basket, [goods[v].producer_id for v in {w.variant_id for w in wanted} - set(lines)])
    _raise_qty(lines, wanted)
    lines |= _write(basket, wanted, goods, lines, set_key, set_ref)
    write_ways(basket, {lines[want.variant_id].id: goods[want.variant_id].product_id
                        for want in wanted}, source)
    touch(basket)
    for want in wanted:
        announce(BasketLineAdded(want.variant_id, goods[want.variant_id].product_id,
                                 basket.person_id, *source))
    return []


def obstacles_to(basket: Basket, wanted: Sequence[Wanted], goods: Mapping[int, Buyable]
                 ) -> list[Obstacle]:
    """What of the wanted things cannot go into this basket now. Loads: at most 2 statements."""
    unread = unreadable_in({one.product_id for one in goods.values()}, basket.country)
    aged = basket.person_id is not None and any(one.age_class for one in goods.values())
    stated = stated_age(basket.person_id) if aged and basket.person_id is not None else None
    found = []
    for want in wanted:
        one = goods.get(want.variant_id)
        if one is None:
            found.append(Obstacle(want.variant_id, None, "", "", want.qty, "gone"))
            continue
        reason = "young" if too_young(stated, one.age_class) else in_the_way(
            one.on_sale, one.made_to_order, one.available, want.qty, one.product_id in unread)
        if reason:
            found.append(Obstacle(want.variant_id, one.product_id, one.title, one.slug, want.qty,
                                  reason, max(0, one.available) if reason == "less" else 0))
    return found


def _lines_of(basket: Basket, set_key: str) -> dict[int, BasketLine]:
    """The lines of a set in this basket, by variant."""
    return {line.variant_id: line for line in db.session.scalars(
        select(BasketLine).where(BasketLine.basket_id == basket.id, BasketLine.set_key == set_key)
        .execution_options(populate_existing=True))}


def _raise_qty(lines: Mapping[int, BasketLine], wanted: Sequence[Wanted]) -> None:
    for want in wanted:
        line = lines.get(want.variant_id)
        if line is not None and line.qty < want.qty:
            line.qty = want.qty
    db.session.flush()


def _write(
    basket: Basket, wanted: Sequence[Wanted], goods: Mapping[int, Buyable],
    lines: Mapping[int, BasketLine], set_key: str, set_ref: str | None,
) -> dict[int, BasketLine]:
    """New lines in the order asked, by variant; the same variant twice is one line."""
    fresh: dict[int, dict[str, Any]] = {}
    position = next_position(basket.id)
    for want in wanted:
        if want.variant_id in lines:
            continue
        if want.variant_id in fresh:
            line = fresh[want.variant_id]
            line["qty"] = min(MOST_QTY, line["qty"] + want.qty)
            continue
        fresh[want.variant_id] = {
            "basket_id": basket.id, "variant_id": want.variant_id, "qty": want.qty,
            "set_key": set_key, "set_ref": set_ref, "substitute_for": want.substitute_for,
            "seen_minor": goods[want.variant_id].price_minor, "position": position + len(fresh),
            "added_at": clock.now()}
    if fresh:
        db.session.execute(insert(BasketLine), list(fresh.values()))
    return {variant: line for variant, line in _lines_of(basket, set_key).items()
            if variant in fresh}
