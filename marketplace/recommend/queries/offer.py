"""What can be offered to a person: what is on sale, without what is theirs or refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import literal, select, union_all

from marketplace.catalog.models import Category, Product, Variant
from marketplace.checkout.models import Basket, BasketLine
from marketplace.foundation.database import db
from marketplace.orders.models import Order, OrderLine, SellerOrder
from marketplace.orders.queries.received import BOUGHT
from marketplace.people.models import Person
from marketplace.recommend.models import Feedback, Signal
from marketplace.reviews.models import Score

FROM_AGE: Mapping[str, int] = {"16": 16, "unknown": 18}
"""From which age class on goods are left out, by what a person stated; 18 sees all."""
EVERYTHING = 99


@dataclass(frozen=True, slots=True)
class Left:
    """Products left out for a person, and those that may stand there with "again?"."""

    out: frozenset[int]
    again: frozenset[int]
    from_age: int

    def shows(self, product_id: int, age_class: int) -> bool:
        """Whether a product may be offered."""
        return product_id not in self.out and age_class < self.from_age


def on_sale() -> Mapping[int, Any]:
    """Verdicts of everything on sale. Loads: 1 statement."""
    rows = db.session.execute(
        select(Score.product_id, Score.k, Score.n, Score.q10, Score.mu, Product.producer_id,
               Product.age_class)
        .join(Product, Product.id == Score.product_id)
        .where(Score.lot_id.is_(None), Product.state == "published", Product.in_stock))
    return {row.product_id: row for row in rows}


def left_out(person_id: int) -> Left:
    """What a person has, refused or has in the basket; owned goods stay where one buys again.

    Loads: 1 statement.
    """
    rows = db.session.execute(union_all(
        *_bought(person_id), *_refused(person_id), _in_basket(person_id),
        select(literal("age"), literal(0), Person.age_class).where(Person.id == person_id))).all()
    ids: dict[str, set[int]] = {"keep": set(), "again": set(), "out": set()}
    age = "unknown"
    for kind, product_id, said in rows:
        if kind == "age":
            age = said
        else:
            ids[kind].add(product_id)
    out = ids["out"] | ids["keep"]
    return Left(frozenset(out), frozenset(ids["again"] - out), FROM_AGE.get(age, EVERYTHING))


def _bought(person_id: int) -> list[Any]:
    """Owned goods: "again" where the shelf says that one buys them again, else "keep"."""
    owned = (select(OrderLine.product_id)
             .join(SellerOrder, SellerOrder.id == OrderLine.seller_order_id)
             .join(Order, Order.id == SellerOrder.order_id)
             .where(Order.buyer_id == person_id, SellerOrder.state.in_(BOUGHT)))
    kept = _kind("keep", Product.id).where(Product.id.in_(owned), Category.rebuy.is_(False))
    again = _kind("again", Product.id).where(Product.id.in_(owned), Category.rebuy)
    return [one.join(Category, Category.id == Product.category_id) for one in (kept, again)]


def _kind(name: str, column: Any) -> Any:
    return select(literal(name), column, literal(""))


def _refused(person_id: int) -> list[Any]:
    """What they would not buy again, is not for them, or is known to them."""
    return [
        _kind("out", Feedback.product_id).where(
            Feedback.person_id == person_id, Feedback.kind.in_(("not_for_me", "know_it"))),
        _kind("out", Signal.product_id).where(
            Signal.person_id == person_id, Signal.again.is_(False))]


def _in_basket(person_id: int) -> Any:
    return (_kind("out", Variant.product_id)
            .join(BasketLine, BasketLine.variant_id == Variant.id)
            .join(Basket, Basket.id == BasketLine.basket_id)
            .where(Basket.person_id == person_id))
