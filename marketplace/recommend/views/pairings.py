"""What goes with a product: who says so, voting on it, proposing something."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, flash, request, url_for
from flask_babel import gettext as _

from marketplace.catalog.queries import cards, occasions, visible_product_id
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.producers.queries import roles_of
from marketplace.recommend import actions
from marketplace.recommend.queries import PairingRow, ThingView, pairings_of, things
from marketplace.recommend.views import pages
from marketplace.web.access import person_id, signed_in, viewer_id
from marketplace.web.answers import answer, back, see_other
from marketplace.web.forms import clean
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter
from marketplace.web.page_cache import visitor_page
from marketplace.web.shapes import Vote

A_SEARCH, MOST_SHOWN = 8, 60
VALUES = {"up": 1, "down": -1, "none": 0}
UNKNOWN = 99
MINE = {1: "up", -1: "down", 0: ""}


@dataclass(frozen=True, slots=True)
class PairRow:
    """Something that goes with the product, with its votes."""

    title: str
    url: str
    lang: str
    by: str
    picture: Any
    words: str
    vote: Vote


@dataclass(frozen=True, slots=True)
class PairingsPage:
    """All that was said to go with one product."""

    thing: ThingView
    goods: Sequence[PairRow]
    occasions: Sequence[PairRow]
    may: bool
    own_house: bool
    url: str
    query: str
    found: Sequence[tuple[str, str, str, Any, str]]
    choices: Sequence[tuple[str, str]]
    faults: Mapping[str, str]
    list_url: str
    sign_in_url: str
    help_url: str


def _thing(slug: str) -> ThingView:
    """A product that has a page. Raises NotFound."""
    found = visible_product_id(slug)
    lang = current_lang()
    thing = things([("product", found)], lang).get(("product", found)) if found else None
    if thing is None:
        raise NotFound(_("There is no such product here."))
    return thing


@pages.get("/products/<slug>/pairings")
@visitor_page
def pairings(slug: str) -> Response:
    """What goes with it, the surest first; members vote and propose."""
    return _page(_thing(slug), slug, {})


def _page(thing: ThingView, slug: str, faults: Mapping[str, str], status: int = 200) -> Response:
    lang, me = current_lang(), viewer_id()
    rows = pairings_of(thing.id, me, MOST_SHOWN)
    goods = cards([thing.id, *(row.other_id for row in rows if row.other_id is not None)], lang)
    house = {role.producer_id for role in roles_of(me)} if me is not None else set()
    barred = {i for i, card in goods.items() if card.producer_id in house}
    own_house = thing.id in barred
    not_mine = me is not None and not own_house
    words = (clean(request.args.get("q")) or "")[:120]
    page = PairingsPage(
        thing,
        [_row(row, goods[row.other_id or 0], not_mine and row.other_id not in barred)
         for row in rows if row.other_id in goods],
        [_occasion(row, lang, not_mine) for row in rows if row.occasion_id in occasions()],
        not_mine, own_house, url_for("recommend.pairings", slug=slug), words,
        _found(thing, slug, words, lang, {row.other_id for row in rows}) if not_mine else [],
        [("", _("please choose")), *((o.slug, o.name(lang)) for o in occasions().values())],
        faults, f"{url_for('storefront.products')}?with={slug}",
        url_for("people.sign_in", next=url_for("recommend.pairings", slug=slug)),
        url_for("dialogue.new", about=thing.url))
    return answer("recommend/pairings.html", page, status)


def _words(row: PairingRow) -> str:
    """Honest counts: both sides."""
    if not row.up + row.down:
        return _("nobody has voted")
    return _("%(up)s for, %(down)s against", up=row.up, down=row.down)


def _vote(row: PairingRow, may: bool) -> Vote:
    return Vote(f"pair-{row.code}", url_for("recommend.vote_pairing", code=row.code), row.up,
                row.down, MINE[row.mine], "", may)


def _row(row: PairingRow, card: Any, may: bool) -> PairRow:
    return PairRow(card.title, card.url, card.lang, card.seller.name, card.picture, _words(row),
                   _vote(row, may))


def _occasion(row: PairingRow, lang: str, may: bool) -> PairRow:
    known = occasions()[row.occasion_id]
    return PairRow(known.name(lang), url_for("storefront.products", occasion=known.slug), lang, "",
                   None, _words(row), _vote(row, may))


def _found(thing: ThingView, slug: str, words: str, lang: str, there: set[int | None]
           ) -> list[tuple[str, str, str, Any, str]]:
    """Goods for the words; a question to a later room, put in by the wiring."""
    find: Callable[[str, int], Sequence[int]] = current_app.extensions["find_products"]
    ids = [i for i in (find(words, A_SEARCH) if words else ()) if i != thing.id]
    goods = cards(ids, lang)
    return [(card.title, card.url, card.seller.name, card.picture,
             "" if card.id in there else
             url_for("recommend.propose", slug=slug, other=card.slug))
            for card in (goods[i] for i in ids if i in goods)]


@pages.post("/products/<slug>/pairings")
@signed_in
@limiter.limit("120 per hour")
def propose(slug: str) -> Response:
    """Say that it goes with another product or with an occasion."""
    thing = _thing(slug)
    other = (clean(request.values.get("other")) or "")[:120]
    occasion = (clean(request.values.get("occasion")) or "")[:60]
    known = {o.slug: o.id for o in occasions().values()}
    try:
        with committing():
            made = actions.propose(person_id(), thing.id, _other(other),
                                   _known(occasion, known))
    except Invalid as fault:
        return _page(thing, slug, fault.faults, fault.status)
    flash(_("Proposed; others say now whether it goes together.") if made else
          _("Somebody proposed this before; your yes is counted."), "good")
    return see_other(url_for("recommend.pairings", slug=slug))


def _other(slug: str) -> int | None:
    """The product that was chosen. Raises Invalid for an unknown one."""
    if not slug:
        return None
    found = visible_product_id(slug)
    if found is None:
        raise Invalid({"other": _("There is no such product here.")})
    return found


def _known(slug: str, known: Mapping[str, Any]) -> int | None:
    """The occasion that was chosen. Raises Invalid for an unknown one."""
    if slug and slug not in known:
        raise Invalid({"occasion": _("Please choose one from the list.")})
    return known.get(slug)


@pages.post("/pairings/<code>/vote")
@signed_in
@limiter.limit("600 per hour")
def vote_pairing(code: str) -> Response:
    """Yes, no, or taken back."""
    with committing():
        actions.vote_pairing(code, person_id(), VALUES.get(request.form.get("vote", ""), UNKNOWN))
    return back("/for-you")
