"""What can be offered to a person: what is on sale, without what is theirs or refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import bindparam, literal, select, union_all

from marketplace.catalog.models import Category, Product, Variant
from marketplace.checkout.models import Basket, BasketLine
from marketplace.foundation.database import read
from marketplace.foundation.kept import kept
from marketplace.orders.models import Order, OrderLine, SellerOrder
from marketplace.orders.queries.received import BOUGHT
from marketplace.people.models import Block, Person
from marketplace.recommend.models import Choices, Feedback, LessOf, Signal, SignalClock
from marketplace.reviews.models import Score

FROM_AGE: Mapping[str, int] = {"16": 16, "unknown": 18}
"""From which age class on goods are left out, by what a person stated; 18 sees all."""
EVERYTHING = 99
FRESH_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Left:
    """What a person leaves of a list: products out, those that may stand with "again?", the age.

    order_by: by what their lists go; fewer: kinds of reasons they want less of; blocked: people
    whom they blocked or who blocked them; clock: the newest change of anybody's taste, and since
    when changes are logged.
    """

    out: frozenset[int]
    again: frozenset[int]
    from_age: int
    order_by: str = "taste"
    fewer: frozenset[str] = frozenset()
    blocked: frozenset[int] = frozenset()
    clock: tuple[int, int] | None = None

    def shows(self, product_id: int, age_class: int) -> bool:
        """Whether a product may be offered."""
        return product_id not in self.out and age_class < self.from_age


VISITOR = Left(frozenset(), frozenset(), FROM_AGE["unknown"], "verdict")
"""What is left out for somebody of whom nothing is known."""


@dataclass(frozen=True, slots=True)
class OnSale:
    """Everything on sale: its verdict against its shelf's, its producer and its age class."""

    verdicts: Mapping[Any, float]
    producers: Mapping[int, int]
    by_age: Mapping[int, frozenset[int]]


def on_sale() -> OnSale:
    """What orders a list; `still_on_sale` says what of it is true now.

    Loads: 1 statement every ten seconds.
    """
    return kept("on sale", lambda: _on_sale(read(_offers())), FRESH_SECONDS)


def _on_sale(rows: Sequence[Any]) -> OnSale:
    ages: dict[int, set[int]] = {}
    for row in rows:
        ages.setdefault(row.age_class, set()).add(row.product_id)
    return OnSale({row.product_id: row.q10 / row.mu if row.mu else 1.0 for row in rows},
                  {row.product_id: row.producer_id for row in rows},
                  {age: frozenset(ids) for age, ids in ages.items()})


def still_on_sale(ids: Collection[int]) -> Mapping[int, Any]:
    """Those of some products that can be ordered, with their counts. Loads: 1 statement."""
    return {row.product_id: row for row in read(_some_offers(), ids=list(ids))} if ids else {}


@cache
def _offers() -> Any:
    return (select(Score.product_id, Score.k, Score.n, Score.q10, Score.mu, Product.producer_id,
                   Product.age_class)
            .join(Product, Product.id == Score.product_id)
            .where(Score.lot_id.is_(None), Product.state == "published", Product.in_stock))


@cache
def _some_offers() -> Any:
    return _offers().where(Score.product_id.in_(bindparam("ids", expanding=True)))


def left_out(person_id: int) -> Left:
    """What a person has, refused or has in the basket; owned goods stay where one buys again.

    Loads: 1 statement.
    """
    ids: dict[str, set[int]] = {"keep": set(), "again": set(), "out": set(), "blocked": set()}
    words: dict[str, list[str]] = {"age": [], "order": [], "fewer": []}
    clock = {"stamp": 0, "logged": 0}
    for kind, number, said in read(_said(), me=person_id):
        if kind in words:
            words[kind].append(said)
        elif kind in clock:
            clock[kind] = number
        else:
            ids[kind].add(number)
    out = ids["out"] | ids["keep"]
    return Left(
        frozenset(out), frozenset(ids["again"] - out),
        FROM_AGE.get(next(iter(words["age"]), "unknown"), EVERYTHING),
        next(iter(words["order"]), "taste"), frozenset(words["fewer"]),
        frozenset(ids["blocked"] - {person_id}), (clock["stamp"], clock["logged"]))


@cache
def _said() -> Any:
    """Everything a person said that shapes their lists, and the clock: kind, number, word."""
    me: Any = bindparam("me")
    return union_all(
        *_bought(me), *_refused(me), _in_basket(me),
        _word("age", Person.age_class).where(Person.id == me),
        _word("order", Choices.order_by).where(Choices.person_id == me),
        _word("fewer", LessOf.reason).where(LessOf.person_id == me),
        _kind("blocked", Block.other_id).where(Block.owner_id == me),
        _kind("blocked", Block.owner_id).where(Block.other_id == me),
        _kind("stamp", SignalClock.stamp), _kind("logged", SignalClock.logged_after))


def _bought(me: Any) -> list[Any]:
    """Owned goods: "again" where the shelf says that one buys them again, else "keep"."""
    owned = (select(OrderLine.product_id)
             .join(SellerOrder, SellerOrder.id == OrderLine.seller_order_id)
             .join(Order, Order.id == SellerOrder.order_id)
             .where(Order.buyer_id == me, SellerOrder.state.in_(BOUGHT)))
    kept = _kind("keep", Product.id).where(Product.id.in_(owned), Category.rebuy.is_(False))
    again = _kind("again", Product.id).where(Product.id.in_(owned), Category.rebuy)
    return [one.join(Category, Category.id == Product.category_id) for one in (kept, again)]


def _kind(name: str, column: Any) -> Any:
    return select(literal(name), column, literal(""))


def _word(name: str, column: Any) -> Any:
    return select(literal(name), literal(0), column)


def _refused(me: Any) -> list[Any]:
    """What they would not buy again, is not for them, or is known to them."""
    return [
        _kind("out", Feedback.product_id).where(
            Feedback.person_id == me, Feedback.kind.in_(("not_for_me", "know_it"))),
        _kind("out", Signal.product_id).where(
            Signal.person_id == me, Signal.again.is_(False))]


def _in_basket(me: Any) -> Any:
    return (_kind("out", Variant.product_id)
            .join(BasketLine, BasketLine.variant_id == Variant.id)
            .join(Basket, Basket.id == BasketLine.basket_id)
            .where(Basket.person_id == me))
