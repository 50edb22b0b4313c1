"""Lists of a group: what is on one, who put it there and why; all of it into the basket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.catalog import queries as catalog
from marketplace.catalog.queries.wishlists import first_variants
from marketplace.checkout.actions import Wanted, add_many, own_basket
from marketplace.foundation.database import committing
from marketplace.foundation.errors import NotFound
from marketplace.groups import queries as groups
from marketplace.groups.queries import GroupCard, ListView
from marketplace.groups.rules import may_care, may_read, part_of
from marketplace.people.queries import lines
from marketplace.reviews.queries import verdicts
from marketplace.storefront.queries.cards import NONE
from marketplace.storefront.views import pages
from marketplace.web.access import basket_key, keep_basket_key, viewer_id
from marketplace.web.answers import answer, see_other
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter
from marketplace.web.links import mint
from marketplace.web.page_cache import visitor_page
from marketplace.web.shapes import nobody

SECRET = "-"
"""Instead of the name of a secret group, where a sale remembers what led to it."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """A product on a list."""

    card: Any
    url: str
    said: Any
    by: Any
    why: str
    votes: int
    mine: bool
    may_take_off: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list; addresses are empty where the viewer may not."""

    title: str
    purpose: str
    group: tuple[str, str]
    rows: Sequence[ListRow]
    lang: str
    vote_url: str
    add_url: str
    basket_url: str


def _readable(slug: str, list_id: int) -> tuple[GroupCard, ListView]:
    """A group and one of its lists. Raises NotFound where this viewer may not read it."""
    me = viewer_id()
    card = groups.group_card(slug, current_lang(), me)
    if card is not None and may_read(card.kind, part_of(card.role, bool(me))):
        for found in groups.lists_of(card.id):
            if found.id == list_id:
                return card, found
    raise NotFound(_("There is no such list here."))


@pages.get("/groups/<slug>/lists/<int:list_id>")
@visitor_page
def group_list(slug: str, list_id: int) -> Response:
    """A shared list: each product with who put it there and why."""
    card, found = _readable(slug, list_id)
    lang, me = current_lang(), viewer_id()
    ids = [item.product_id for item in found.items]
    goods, people = catalog.cards(ids, lang), lines([item.person_id for item in found.items], me)
    said, source = verdicts(list(goods)), mint("group", _source(card))
    mine = groups.own_list_votes(list_id, me) if me and card.role else frozenset()
    rows = [ListRow(goods[i.product_id], f"{goods[i.product_id].url}?e={source}",
                    said.get(i.product_id, NONE), people.get(i.person_id, nobody()), i.why,
                    i.votes, i.product_id in mine,
                    may_care(card.role or "") or i.person_id == me)
            for i in found.items if i.product_id in goods]
    adds = card.role and (found.curated_by != "moderators" or may_care(card.role))
    here: dict[str, Any] = {"slug": slug, "list_id": list_id}
    return answer("groups/list.html", ListPage(
        found.title, found.purpose, (card.name, card.url), rows, card.lang,
        url_for("groups.vote_item", **here) if card.role else "",
        url_for("groups.add", **here) if adds else "",
        url_for("storefront.list_into_basket", **here) if rows else ""))


def _source(card: GroupCard) -> str:
    return SECRET if card.kind == "secret" else card.slug[:40]


@pages.post("/groups/<slug>/lists/<int:list_id>/basket")
@limiter.limit("240 per hour")
def list_into_basket(slug: str, list_id: int) -> Response:
    """One of each thing on a list into the basket as a set; what cannot be had is named."""
    card, found = _readable(slug, list_id)
    lang, ids = current_lang(), [item.product_id for item in found.items]
    had, goods = first_variants(ids), catalog.cards(ids, lang)
    missing = [goods[i].title for i in ids if i not in had and i in goods]
    wanted = [Wanted(had[i], 1) for i in ids if i in had]
    with committing():
        basket = own_basket(viewer_id(), basket_key())
        how = (("group", _source(card)), f"list-{list_id}", found.title[:80], lang)
        blocked = add_many(basket, wanted, *how)
        if blocked:
            kept_out = {one.variant_id for one in blocked}
            missing += [one.title for one in blocked if one.title]
            wanted = [one for one in wanted if one.variant_id not in kept_out]
            add_many(basket, wanted, *how)
    if basket.person_id is None:
        keep_basket_key(basket.key)
    _tell(found.title, len(wanted), missing)
    return see_other(url_for("checkout.basket"))


def _tell(title: str, count: int, missing: Sequence[str]) -> None:
    if count:
        flash(ngettext("%(num)s thing of “%(title)s” is in your basket.",
                       "%(num)s things of “%(title)s” are in your basket.", count, title=title),
              "good")
    if missing:
        flash(_("Cannot be had just now: %(titles)s", titles=", ".join(missing)[:400]), "warn")
