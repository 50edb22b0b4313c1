"""Placed orders without pages: real reservations, real prices."""

from __future__ import annotations

from itertools import count

from marketplace.catalog.models import Variant
from marketplace.foundation.database import committing, db
from marketplace.orders.actions import NewLine, NewOrder, NewPart, create, mark_paid
from marketplace.orders.actions.create import insert_head
from marketplace.orders.models import Order, SellerOrder
from tests.cast import Cast

_attempts = count(1)


def placed(
    cast: Cast, *goods: tuple[str, int], who: str | None = "cleo", method: str = "bank_transfer",
    shipping: int = 690,
) -> list[int]:
    """An order of (slug, pieces); the ids of its parts, one per producer in the given order."""
    sellers: dict[int, list[NewLine]] = {}
    for slug, qty in goods:
        good = cast.goods(slug)
        sellers.setdefault(good.producer_id, []).append(NewLine(
            good.variant_id, good.product_id, None, slug, "", None, qty,
            _price(good.variant_id), 0, "", "standard", 0, "yes", None, None, ()))
    new = NewOrder(
        f"try-{next(_attempts)}", cast.id(who) if who else None, "cleo@example.org", "de",
        {"name": "C", "street": "Feldweg 3", "postcode": "10115", "city": "Berlin",
         "country": "DE"}, None, method, "live",
        [NewPart(seller, {"name": "S", "slug": "s"}, {"holder": "S", "iban": "DE02"}, shipping, 2,
                 lines) for seller, lines in sellers.items()])
    db.session.rollback()
    with committing():
        order = insert_head(new, f"m{new.buyer_id}")
        assert order is not None
        create(order, new)
        order_id = order.id
    return list(db.session.scalars(db.select(SellerOrder.id).where(
        SellerOrder.order_id == order_id).order_by(SellerOrder.position)))


def paid(cast: Cast, *goods: tuple[str, int]) -> list[int]:
    """Cleo's order, paid; the ids of its parts."""
    parts = placed(cast, *goods)
    with committing():
        for one in parts:
            mark_paid(one, "system")
    return parts


def _price(variant_id: int) -> int:
    return int(db.session.scalar(db.select(Variant.price_minor).where(
        Variant.id == variant_id)) or 0)


def part(part_id: int) -> SellerOrder:
    """A part as it stands in the database."""
    db.session.rollback()
    return db.session.get_one(SellerOrder, part_id, populate_existing=True)


def number_of(part_id: int) -> str:
    """The number of a part's order."""
    return db.session.scalars(db.select(Order.number).join(
        SellerOrder, SellerOrder.order_id == Order.id).where(SellerOrder.id == part_id)).one()
