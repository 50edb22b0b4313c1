"""People's own lists of goods."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import delete, func, select

from marketplace.catalog.models import Product, Wishlist, WishlistItem
from marketplace.catalog.queries.cards import PUBLIC
from marketplace.foundation import clock
from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound

MOST_LISTS, MOST_ITEMS = 50, 200


def own_list(person_id: int, list_id: int) -> Wishlist:
    """A list of this person. Raises NotFound for somebody else's."""
    row = db.session.get(Wishlist, list_id, populate_existing=True)
    if row is None or row.person_id != person_id:
        raise NotFound(_("There is nothing at this address."))
    return row


def make_list(person_id: int, title: str) -> int:
    """A private list. Raises Invalid, Conflict. Changes wishlists."""
    if not 1 <= len(title.strip()) <= 60:
        raise Invalid({"title": _("A name of 1 to 60 signs.")})
    count = db.session.scalar(select(func.count()).where(Wishlist.person_id == person_id)) or 0
    if count >= MOST_LISTS:
        raise Conflict(_("You have fifty lists already; remove one first."))
    row = Wishlist(person_id=person_id, title=title.strip(), code=secret_code(), shared=False,
                   made_at=clock.now())
    db.session.add(row)
    db.session.flush()
    return row.id


def put_on_list(person_id: int, list_id: int | None, product_id: int, title: str) -> int:
    """Put a product on a list, on the newest or a first one called `title` if none is named.

    The list's id; twice is once. Raises Conflict, NotFound. Changes wishlists, wishlist_items.
    """
    if list_id is None:
        list_id = db.session.scalar(select(Wishlist.id).where(Wishlist.person_id == person_id)
                                    .order_by(Wishlist.id.desc()).limit(1))
    row = own_list(person_id, list_id) if list_id is not None else None
    number = row.id if row is not None else make_list(person_id, title)
    if db.session.scalar(select(Product.id).where(Product.id == product_id,
                                                  Product.state.in_(PUBLIC))) is None:
        raise NotFound(_("There is no such product here."))
    count = db.session.scalar(select(func.count()).where(WishlistItem.list_id == number)) or 0
    if db.session.get(WishlistItem, (number, product_id)) is None:
        if count >= MOST_ITEMS:
            raise Conflict(_("This list is full: 200 goods."))
        db.session.add(WishlistItem(list_id=number, product_id=product_id, note="",
                                    at=clock.now()))
        db.session.flush()
    return number


def note_on_list(person_id: int, list_id: int, product_id: int, note: str) -> None:
    """A line about a product on a list. Raises Invalid, NotFound. Changes wishlist_items."""
    own_list(person_id, list_id)
    if len(note) > 200:
        raise Invalid({"note": _("At most 200 signs.")})
    row = db.session.get(WishlistItem, (list_id, product_id))
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    row.note = note
    db.session.flush()


def off_list(person_id: int, list_id: int, product_id: int) -> None:
    """Take a product off a list. Changes wishlist_items."""
    own_list(person_id, list_id)
    db.session.execute(delete(WishlistItem).where(WishlistItem.list_id == list_id,
                                                  WishlistItem.product_id == product_id))


def share_list(person_id: int, list_id: int, shared: bool) -> None:
    """Let whoever has the link read a list, or nobody; a new sharing has a new link.

    Changes wishlists.
    """
    row = own_list(person_id, list_id)
    if shared and not row.shared:
        row.code = secret_code()
    row.shared = shared
    db.session.flush()


def rename_list(person_id: int, list_id: int, title: str) -> None:
    """Another name. Raises Invalid. Changes wishlists."""
    row = own_list(person_id, list_id)
    if not 1 <= len(title.strip()) <= 60:
        raise Invalid({"title": _("A name of 1 to 60 signs.")})
    row.title = title.strip()
    db.session.flush()


def remove_list(person_id: int, list_id: int) -> None:
    """Remove a list with everything on it. Changes wishlists, wishlist_items."""
    row = own_list(person_id, list_id)
    db.session.execute(delete(WishlistItem).where(WishlistItem.list_id == list_id))
    db.session.delete(row)
    db.session.flush()
