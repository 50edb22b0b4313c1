"""People's own lists of goods, as they and their guests see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from marketplace.catalog.models import Product, Variant, Wishlist, WishlistItem
from marketplace.foundation.database import read


@dataclass(frozen=True, slots=True)
class ListRow:
    """A list in a list of lists."""

    id: int
    title: str
    shared: bool
    count: int


@dataclass(frozen=True, slots=True)
class ListView:
    """A list with its goods: (product id, note), the newest first."""

    id: int
    person_id: int
    title: str
    code: str
    shared: bool
    items: Sequence[tuple[int, str]]


def lists_of(person_id: int) -> Sequence[ListRow]:
    """A person's lists, the newest first. Loads: 1 statement."""
    return [ListRow(*row) for row in read(
        select(Wishlist.id, Wishlist.title, Wishlist.shared, func.count(WishlistItem.product_id))
        .outerjoin(WishlistItem, WishlistItem.list_id == Wishlist.id)
        .where(Wishlist.person_id == person_id)
        .group_by(Wishlist.id, Wishlist.title, Wishlist.shared).order_by(Wishlist.id.desc()))]


def list_view(list_id: int | None = None, code: str = "") -> ListView | None:
    """A list by its number, or a shared one by its link. Loads: 2 statements."""
    where = Wishlist.id == list_id if list_id is not None else (
        (Wishlist.code == code) & Wishlist.shared)
    rows = read(select(Wishlist.id, Wishlist.person_id, Wishlist.title, Wishlist.code,
                       Wishlist.shared).where(where))
    if not rows:
        return None
    items = read(select(WishlistItem.product_id, WishlistItem.note)
                 .where(WishlistItem.list_id == rows[0].id)
                 .order_by(WishlistItem.at.desc(), WishlistItem.product_id))
    one = rows[0]
    return ListView(one.id, one.person_id, one.title, one.code, one.shared,
                    [(row.product_id, row.note) for row in items])


def first_variants(product_ids: Sequence[int]) -> Mapping[int, int]:
    """The variant of each product that can be had now and costs least. Loads: 1 statement."""
    found: dict[int, int] = {}
    for row in read(
            select(Variant.product_id, Variant.id).join(Product, Product.id == Variant.product_id)
            .where(Variant.product_id.in_(list(product_ids)), Variant.active,
                   Product.state == "published",
                   or_(Variant.made_to_order, Variant.on_hand > Variant.reserved))
            .order_by(Variant.price_minor.desc(), Variant.position.desc(), Variant.id.desc())):
        found[row.product_id] = row.id
    return found
