"""Lists of goods that people keep; private until somebody shares the link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, current_app, flash, request, url_for
from flask_babel import gettext as _

from marketplace.catalog.actions import wishlists as changes
from marketplace.catalog.queries import visible_product_id
from marketplace.catalog.queries.wishlists import ListRow, first_variants, list_view, lists_of
from marketplace.checkout.actions import add, own_basket
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.people.queries import lines
from marketplace.storefront.queries.cards import Card, product_cards
from marketplace.storefront.views import pages
from marketplace.web.access import basket_key, person_id, signed_in
from marketplace.web.answers import answer, back, see_other
from marketplace.web.forms import clean, sent
from marketplace.web.languages import current_lang


@dataclass(frozen=True, slots=True)
class MyListsPage:
    """A person's lists."""

    rows: Sequence[tuple[ListRow, str]]
    url: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    products_url: str


@dataclass(frozen=True, slots=True)
class ListedItem:
    """A product on a list, with its line and what can be done."""

    card: Card
    note: str
    note_url: str
    off_url: str
    basket_url: str


@dataclass(frozen=True, slots=True)
class WishlistPage:
    """One list: the owner's with everything, a guest's to read."""

    title: str
    by: str
    items: Sequence[ListedItem]
    own: bool
    shared_url: str
    share_url: str
    rename_url: str
    remove_url: str
    lists_url: str
    products_url: str
    faults: Mapping[str, str]


@pages.get("/account/lists")
@signed_in
def my_lists() -> Response:
    """My lists, and a new one."""
    return _lists({}, {}, 200)


def _lists(typed: Mapping[str, str], faults: Mapping[str, str], status: int) -> Response:
    rows = [(row, url_for("storefront.wishlist", list_id=row.id))
            for row in lists_of(person_id())]
    return answer("storefront/wishlists.html", MyListsPage(
        rows, url_for("storefront.my_lists_post"), typed, faults,
        url_for("storefront.products")), status)


@pages.post("/account/lists")
@signed_in
def my_lists_post() -> Response:
    """A new list that only I see."""
    me, title = person_id(), clean(str(sent().get("title", ""))) or ""
    try:
        with committing():
            number = changes.make_list(me, title)
    except Invalid as fault:
        return _lists({"title": title[:200]}, fault.faults, 422)
    return see_other(url_for("storefront.wishlist", list_id=number))


@pages.get("/account/lists/<int:list_id>", endpoint="wishlist")
@signed_in
def wishlist(list_id: int) -> Response:
    """One of my lists."""
    return _one(list_id, {}, 200)


def _one(list_id: int, faults: Mapping[str, str], status: int) -> Response:
    found = list_view(list_id)
    if found is None or found.person_id != person_id():
        raise NotFound(_("There is nothing at this address."))
    ids, notes = [i for i, _note in found.items], dict(found.items)
    had = first_variants(ids)

    def to(act: str, product_id: int) -> str:
        return url_for("storefront.wishlist_item", list_id=list_id, product_id=product_id, act=act)

    items = [ListedItem(card, notes[card.id], to("note", card.id), to("off", card.id),
                        to("basket", card.id) if card.id in had else "")
             for card in product_cards(ids, current_lang(), person_id())]
    shared = f"{current_app.config['ZURUF_URL']}/lists/{found.code}" if found.shared else ""
    page = WishlistPage(
        found.title, "", items, True, shared, url_for("storefront.wishlist_change",
                                                      list_id=list_id, act="share"),
        url_for("storefront.wishlist_change", list_id=list_id, act="rename"),
        url_for("storefront.wishlist_change", list_id=list_id, act="remove"),
        url_for("storefront.my_lists"), url_for("storefront.products"), faults)
    return answer("storefront/wishlist.html", page, status)


@pages.get("/lists/<code>", endpoint="shared_list")
def shared_list(code: str) -> Response:
    """A list that somebody shared, to read and to buy from."""
    found = list_view(code=code[:40])
    if found is None:
        raise NotFound(_("There is nothing at this address."))
    ids, notes = [i for i, _note in found.items], dict(found.items)
    owner = lines([found.person_id], None).get(found.person_id)
    items = [ListedItem(card, notes[card.id], "", "", "")
             for card in product_cards(ids, current_lang(), None)]
    page = WishlistPage(found.title, owner.name if owner else "", items, False, "", "", "", "", "",
                        url_for("storefront.products"), {})
    return answer("storefront/wishlist.html", page)


@pages.post("/account/lists/<int:list_id>/<any(share,rename,remove):act>",
            endpoint="wishlist_change")
@signed_in
def wishlist_change(list_id: int, act: str) -> Response:
    """Share it or no longer, call it otherwise, remove it."""
    me, body = person_id(), sent()
    try:
        with committing():
            if act == "share":
                changes.share_list(me, list_id, body.get("shared") == "1")
            elif act == "rename":
                changes.rename_list(me, list_id, clean(str(body.get("title", ""))) or "")
            else:
                changes.remove_list(me, list_id)
    except Invalid as fault:
        return _one(list_id, fault.faults, 422)
    if act == "remove":
        flash(_("The list is removed."), "info")
        return see_other(url_for("storefront.my_lists"))
    flash(_("Kept."), "good")
    return see_other(url_for("storefront.wishlist", list_id=list_id))


@pages.post("/account/lists/<int:list_id>/items/<int:product_id>/<any(note,off,basket):act>",
            endpoint="wishlist_item")
@signed_in
def wishlist_item(list_id: int, product_id: int, act: str) -> Response:
    """A line about it, off the list, or from the list into the basket."""
    me, note = person_id(), clean(str(sent().get("note", ""))) or ""
    variant = first_variants([product_id]).get(product_id)
    db.session.rollback()
    words = _("Kept.")
    try:
        with committing():
            if act == "note":
                changes.note_on_list(me, list_id, product_id, note)
            elif act == "basket":
                changes.own_list(me, list_id)
                words = add(own_basket(me, basket_key()), variant or 0, 1, ("direct", None),
                            current_lang())
                changes.off_list(me, list_id, product_id)
            else:
                changes.off_list(me, list_id, product_id)
                words = _("Taken off the list.")
    except Invalid as fault:
        return _one(list_id, fault.faults, 422)
    flash(words, "good")
    return see_other(url_for("storefront.wishlist", list_id=list_id))


@pages.post("/products/<slug>/keep")
@signed_in
def keep(slug: str) -> Response:
    """Put a product on one of my lists, the newest unless another is named."""
    me, asked = person_id(), str(request.form.get("list", ""))
    product_id = visible_product_id(slug)
    if product_id is None:
        raise NotFound(_("There is no such product here."))
    db.session.rollback()
    with committing():
        number = changes.put_on_list(
            me, int(asked) if asked.isdecimal() and len(asked) < 16 else None, product_id,
            _("For later"))
    flash(_("It is on your list."), "good")
    if request.form.get("stay"):
        return back(url_for("storefront.product", slug=slug))
    return see_other(url_for("storefront.wishlist", list_id=number))
