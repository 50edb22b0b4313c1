"""The pick of the month: three votes for each member."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, current_app, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.catalog.queries import ProductCard, cards, visible_product_id
from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.errors import NotFound
from marketplace.groups import actions
from marketplace.groups.queries import GroupCard, lists_of, picks_of, votes_of
from marketplace.groups.queries.words import Tab, tabs_of
from marketplace.groups.rules import LEAST_VOTERS, VOTES_A_MONTH
from marketplace.groups.views import pages
from marketplace.groups.views.entering import readable, writes
from marketplace.web.access import person_id, viewer_id
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import month as month_words
from marketplace.web.forms import clean
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter

A_SEARCH = 12


@dataclass(frozen=True, slots=True)
class PickRow:
    """A product with its votes of this month; `mine` says whether one is one's own."""

    title: str
    url: str
    picture: Any
    seller: str
    slug: str
    votes: int
    mine: bool


@dataclass(frozen=True, slots=True)
class PicksPage:
    """Votes of this month, picks of the months before, and finding something to vote for."""

    group: tuple[str, str]
    tabs: Sequence[Tab]
    lists: Sequence[tuple[str, str, int]]
    lists_url: str
    month: str
    url: str
    may_vote: bool
    left_words: str
    least: int
    rows: Sequence[PickRow]
    query: str
    search_url: str
    found: Sequence[PickRow]
    past: Sequence[tuple[str, str, str]]
    help_url: str


def found_products(words: str) -> list[int]:
    """Ids of goods for words; a question to a later room, put in by the wiring."""
    find: Callable[[str, int], Sequence[int]] = current_app.extensions["find_products"]
    return list(find(words, A_SEARCH)) if words else []


def asked_words() -> str:
    """What is looked for on this page."""
    return (clean(request.args.get("q", "")) or "")[:120]


@pages.get("/groups/<slug>/picks")
def picks(slug: str) -> Response:
    """What the group votes for this month."""
    card, part = readable(slug)
    return answer("groups/picks.html", _page(card, writes(part)))


def _page(card: GroupCard, may_vote: bool) -> PicksPage:
    lang, words = current_lang(), asked_words()
    counts, own = votes_of(card.id, clock.today().strftime("%Y-%m"), viewer_id())
    past, found = picks_of(card.id, 12), found_products(words) if may_vote else []
    goods = cards({*counts, *found, *(pick.product_id for pick in past)}, lang)
    ranked = sorted(counts, key=lambda product: (-counts[product], product))
    left = VOTES_A_MONTH - len(own)
    return PicksPage(
        (card.name, card.url), tabs_of(card, "picks"),
        [(entry.title, f"{card.url}/lists/{entry.id}", len(entry.items))
         for entry in lists_of(card.id)],
        url_for("groups.new_list", slug=card.slug) if may_vote else "", month_words(clock.today()),
        url_for("groups.vote_pick", slug=card.slug), may_vote,
        _left_words(left) if may_vote else _("Members of the group vote here."), LEAST_VOTERS,
        [_row(goods[i], counts[i], i in own) for i in ranked if i in goods], words,
        url_for("groups.picks", slug=card.slug),
        [_row(goods[i], counts.get(i, 0), i in own) for i in found if i in goods],
        [(goods[p.product_id].title, goods[p.product_id].url,
          ngettext("%(month)s, %(num)s vote", "%(month)s, %(num)s votes", p.votes,
                   month=month_words(date.fromisoformat(f"{p.month}-01"))))
         for p in past if p.product_id in goods],
        url_for("dialogue.new", about=card.url))


def _left_words(left: int) -> str:
    return ngettext("You have %(num)s vote left this month.",
                    "You have %(num)s votes left this month.", left)


def _row(goods: ProductCard, votes: int, mine: bool) -> PickRow:
    return PickRow(goods.title, goods.url, goods.picture, goods.seller.name, goods.slug, votes,
                   mine)


@pages.post("/groups/<slug>/picks")
@limiter.limit("120 per hour")
def vote_pick(slug: str) -> Response:
    """Give a vote of this month to a product, or take it back."""
    me, (card, _part) = person_id(), readable(slug)
    product = visible_product_id(product_slug(request.form.get("product", "")))
    if product is None:
        raise NotFound(_("There is no such product here."))
    with committing():
        actions.vote_pick(card.id, me, product)
    flash(_("Kept. You can take a vote back until the month ends."), "good")
    return see_other(url_for("groups.picks", slug=slug))


def product_slug(typed: str) -> str:
    """The product meant by its address or the last part of it."""
    return (clean(typed) or "").split("?")[0].rstrip("/").rpartition("/")[2][:120]
