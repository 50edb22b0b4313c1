"""Shared lists: beginning one, and putting products on it with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.catalog.queries import cards, visible_product_id
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound, NotYours
from marketplace.groups import actions
from marketplace.groups.forms import ListForm
from marketplace.groups.queries import GroupCard, ListView, lists_of
from marketplace.groups.views import pages
from marketplace.groups.views.entering import readable, writes
from marketplace.groups.views.picks import asked_words, found_products, product_slug
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.forms import clean, sent
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter


@dataclass(frozen=True, slots=True)
class NewListPage:
    """The form of a new list."""

    group: tuple[str, str]
    url: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AddPage:
    """Finding something for a list; `found` holds (title, url, picture, seller, slug)."""

    group: tuple[str, str]
    title: str
    list_url: str
    url: str
    search_url: str
    query: str
    found: Sequence[tuple[str, str, Any, str, str]]
    typed: Mapping[str, str]
    faults: Mapping[str, str]


def _written(slug: str) -> GroupCard:
    """A group this person writes in. Raises NotFound, NotYours."""
    card, part = readable(slug)
    if not writes(part):
        raise NotYours(_("Members of the group do this. Joining takes one click."))
    return card


def _list(card: GroupCard, list_id: int) -> ListView:
    found = next((entry for entry in lists_of(card.id) if entry.id == list_id), None)
    if found is None:
        raise NotFound(_("There is no such list here."))
    return found


def list_url(card: GroupCard, list_id: int) -> str:
    """The page of a list."""
    return f"{card.url}/lists/{list_id}"


@pages.get("/groups/<slug>/lists/new")
@signed_in
def new_list(slug: str) -> Response:
    """The form of a new list."""
    return _new_page(_written(slug), ListForm(), {})


def _new_page(card: GroupCard, form: ListForm, faults: Mapping[str, str], status: int = 200
              ) -> Response:
    typed = {name: str(bound.data or "") for name, bound in form._fields.items()}
    page = NewListPage((card.name, card.url), url_for("groups.start_list", slug=card.slug), typed,
                       faults)
    return answer("groups/new_list.html", page, status)


@pages.post("/groups/<slug>/lists")
@signed_in
@limiter.limit("30 per hour")
def start_list(slug: str) -> Response:
    """Begin a list, then look for the first thing on it."""
    card, form = _written(slug), ListForm(sent())
    try:
        form.demand()
        with committing():
            row = actions.start_list(card.id, person_id(), str(form.title.data),
                                     str(form.purpose.data or ""),
                                     str(form.curated_by.data or "members"))
    except Invalid as fault:
        return _new_page(card, form, fault.faults, 422)
    return see_other(url_for("groups.add", slug=slug, list_id=row.id))


@pages.get("/groups/<slug>/lists/<int:list_id>/add")
@signed_in
def add(slug: str, list_id: int) -> Response:
    """Look for a product to put on the list."""
    card = _written(slug)
    return _add_page(card, _list(card, list_id), {}, {})


def _add_page(card: GroupCard, entry: ListView, typed: Mapping[str, str],
              faults: Mapping[str, str], status: int = 200) -> Response:
    words, chosen = asked_words(), visible_product_id(product_slug(typed.get("product", "")))
    ids = [chosen] if chosen else found_products(words)
    goods = cards(ids, current_lang())
    page = AddPage(
        (card.name, card.url), entry.title, list_url(card, entry.id),
        url_for("groups.add_to_list", slug=card.slug, list_id=entry.id),
        url_for("groups.add", slug=card.slug, list_id=entry.id), words,
        [(g.title, g.url, g.picture, g.seller.name, g.slug) for g in
         (goods[i] for i in ids if i in goods)], typed, faults)
    return answer("groups/add.html", page, status)


@pages.post("/groups/<slug>/lists/<int:list_id>")
@signed_in
@limiter.limit("120 per hour")
def add_to_list(slug: str, list_id: int) -> Response:
    """Put a product on the list, with who and why."""
    card = _written(slug)
    entry, why = _list(card, list_id), clean(request.form.get("why", "")) or ""
    chosen = product_slug(request.form.get("product", ""))
    product = visible_product_id(chosen)
    if product is None:
        raise NotFound(_("There is no such product here."))
    try:
        with committing():
            actions.add_to_list(entry.id, person_id(), product, why)
    except Invalid as fault:
        return _add_page(card, entry, {"why": why, "product": chosen}, fault.faults, 422)
    flash(_("It stands on the list now."), "good")
    return see_other(list_url(card, list_id))


def _product(typed: str) -> int:
    """The product that is meant. Raises NotFound."""
    found = visible_product_id(product_slug(typed))
    if found is None:
        raise NotFound(_("There is no such product here."))
    return found


@pages.post("/groups/<slug>/lists/<int:list_id>/vote")
@signed_in
@limiter.limit("240 per hour")
def vote_item(slug: str, list_id: int) -> Response:
    """Find that something belongs on a list, or take that back; or take it off."""
    card = _written(slug)
    entry, product = _list(card, list_id), _product(request.form.get("product", ""))
    with committing():
        if request.form.get("act") == "off":
            actions.take_from_list(entry.id, person_id(), product)
        else:
            actions.vote_item(entry.id, person_id(), product)
    flash(_("Kept."), "good")
    return see_other(list_url(card, list_id))
