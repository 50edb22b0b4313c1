"""Which producers have what a wish names, and which of their goods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import case, literal, or_, select

from marketplace.catalog.models import FactValue, Product, ProductOccasion
from marketplace.catalog.queries import category_by_slug, occasions, shelf_path, shelves
from marketplace.foundation.database import db
from marketplace.people.models import Block
from marketplace.producers.models import MessageBlock, Producer, Staff
from marketplace.producers.queries.facts import facts_of
from marketplace.recommend.models import Recommendation
from marketplace.recommend.rules.routing import WEIGHTS, score

MOST_CHIPS, MOST_HOUSES = 8, 2_000


def producers_having(chips: Sequence[Mapping[str, Any]], asker_id: int
                     ) -> Mapping[int, tuple[float, list[int]]]:
    """Producers that take wishes and have something on sale that a wish names: how well it fits,
    and the places of those chips.

    Neither the asker's own houses, nor those that take no messages of the asker or whose people
    and the asker keep apart. Loads: 1 statement a chip, at most 8, and 1.
    """
    found: dict[int, list[int]] = {}
    for place, chip in _wanted(chips).items():
        for producer_id in _with(chip, asker_id):
            found.setdefault(producer_id, []).append(place)
    facts = facts_of(found)
    shares = {one: fact.k / fact.n for one in found
              if (fact := facts.get((one, "answered"))) and fact.k is not None and fact.n}
    return {one: (score([chips[n]["kind"] for n in places], shares.get(one)), places)
            for one, places in found.items()}


def _with(chip: Mapping[str, Any], asker_id: int) -> Sequence[int]:
    """Producers with something on sale for one chip. Loads: 1 statement."""
    fits = _fits(str(chip["kind"]), str(chip["value"]))
    if fits is None:
        return []
    return db.session.scalars(
        select(Product.producer_id).join(Producer, Producer.id == Product.producer_id)
        .where(Product.state == "published", fits, Producer.state == "selling",
               Producer.takes_wishes, Producer.id.not_in(_apart(asker_id)))
        .distinct().order_by(Product.producer_id).limit(MOST_HOUSES)).all()


def _fits(kind: str, value: str) -> Any:
    """What makes a product one of a chip; None for what is not known any more."""
    if kind == "category":
        shelf = category_by_slug(value)
        return None if shelf is None else Product.category_id.in_(
            [one for one in shelves() if any(above.id == shelf.id for above in shelf_path(one))])
    if kind == "attribute":
        key, _mark, code = value.partition("=")
        return Product.id.in_(select(FactValue.product_id).where(
            FactValue.key == key, FactValue.value_code == code))
    occasion = next((o.id for o in occasions().values() if o.slug == value), None)
    return None if occasion is None else Product.id.in_(select(ProductOccasion.product_id).where(
        ProductOccasion.occasion_id == occasion))


def goods_having(producer_id: int, chips: Sequence[Mapping[str, Any]], ask_id: int, limit: int = 6
                 ) -> Sequence[int]:
    """Goods of a producer that have what a wish names, those with most of it first, without what
    somebody of the house answered with. Loads: 1 statement.
    """
    fits = [(WEIGHTS[chip["kind"]], found) for chip in _wanted(chips).values()
            if (found := _fits(str(chip["kind"]), str(chip["value"]))) is not None]
    if not fits:
        return []
    weight = sum((case((found, value), else_=0) for value, found in fits), literal(0))
    staff = select(Staff.person_id).where(Staff.producer_id == producer_id, Staff.until.is_(None))
    said = select(Recommendation.thing_id).where(
        Recommendation.ask_id == ask_id, Recommendation.state == "visible",
        Recommendation.author_id.in_(staff))
    return db.session.scalars(
        select(Product.id).where(Product.producer_id == producer_id, Product.state == "published",
                                 or_(*(found for _value, found in fits)), Product.id.not_in(said))
        .order_by(weight.desc(), Product.id).limit(limit)).all()


def _wanted(chips: Sequence[Mapping[str, Any]]) -> Mapping[int, Mapping[str, Any]]:
    """The chips that count, by their places."""
    found = [(place, chip) for place, chip in enumerate(chips)
             if chip["kind"] in WEIGHTS and not chip["negated"]]
    return dict(found[:MOST_CHIPS])


def _apart(asker_id: int) -> Any:
    """Houses that an asker's wish is never put to."""
    apart = (select(Block.other_id).where(Block.owner_id == asker_id)
             .union(select(Block.owner_id).where(Block.other_id == asker_id)))
    return (select(Staff.producer_id)
            .where(Staff.until.is_(None),
                   (Staff.person_id == asker_id) | Staff.person_id.in_(apart))
            .union(select(MessageBlock.producer_id).where(MessageBlock.person_id == asker_id)))
