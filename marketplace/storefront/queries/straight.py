"""What is typed to get to one thing: a code on it, its number, a member's handle."""

from __future__ import annotations

import re

from sqlalchemy import select

from marketplace.catalog.models import Product, Variant
from marketplace.catalog.queries.cards import PUBLIC
from marketplace.catalog.queries.codes import slug_of_code
from marketplace.foundation.codes import is_checked
from marketplace.foundation.database import db
from marketplace.orders.models import Order, SellerOrder
from marketplace.people.queries import moved_handle, person_by_handle
from marketplace.producers.models import Staff

HANDLE = re.compile(r"@([\w.-]{2,30})")
NUMBER = re.compile(r"#?([0-9A-Z]{8})(?:-?[0-9A-Z]{1,3})?")
SKU = re.compile(r"(?=\S*[\d-])[A-Z0-9][\w./-]{2,39}")


def straight_to(words: str, viewer_id: int | None) -> str | None:
    """Where typed words lead at once: EAN, code, article number, handle, a number of one's own
    order. None if they are words to search for. Loads: none for usual words, at most 3.
    """
    handle = HANDLE.fullmatch(words)
    if handle:
        return _member(handle[1])
    slug = slug_of_code(words)
    if slug is None and SKU.fullmatch(words):
        slug = _by_sku(words)
    if slug is not None:
        return f"/products/{slug}"
    number = NUMBER.fullmatch(words.upper())
    if viewer_id is None or number is None or not is_checked(number[1]):
        return None
    return _order(words.upper().lstrip("#"), viewer_id)


def _member(handle: str) -> str | None:
    who = person_by_handle(handle)
    found = who.handle if who is not None else moved_handle(handle)
    return f"/members/{found}" if found else None


def _by_sku(words: str) -> str | None:
    """The product with this article number, if there is only one."""
    rows = db.session.scalars(
        select(Product.slug).join(Variant, Variant.product_id == Product.id)
        .where(Variant.sku == words, Variant.active, Product.state.in_(PUBLIC))
        .distinct().limit(2)).all()
    return rows[0] if len(rows) == 1 else None


def _order(number: str, viewer_id: int) -> str | None:
    """The page of one's own order, or in the studio of a part that one's house sold."""
    own = db.session.scalar(select(Order.number).where(Order.number == number,
                                                       Order.buyer_id == viewer_id))
    if own is not None:
        return f"/orders/{own}"
    sold = db.session.scalar(
        select(SellerOrder.number).join(Staff, Staff.producer_id == SellerOrder.producer_id)
        .where(SellerOrder.number == number, Staff.person_id == viewer_id, Staff.until.is_(None)))
    return f"/studio/orders/{sold}" if sold is not None else None
