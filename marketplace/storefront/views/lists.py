"""Lists of goods: all, a category, a search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from flask import Response, current_app, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from marketplace.catalog.queries import Shelf, category_by_slug, shelf_path
from marketplace.foundation.errors import NotFound
from marketplace.recommend.rules.ages import may_profile
from marketplace.recommend.rules.asking import MOST_WISH
from marketplace.search import queries as search
from marketplace.search.queries import Answer, Asked
from marketplace.search.rules.ranking import personal_order
from marketplace.storefront.queries.cards import Card, product_cards
from marketplace.storefront.views import pages
from marketplace.storefront.views.asked import (
    LONGEST,
    asked_for,
    counted_of_my_people,
    reader,
)
from marketplace.storefront.views.filters import (
    chips,
    comparable,
    compare_bar,
    facets_of,
    own_needs,
    understood,
    with_,
)
from marketplace.storefront.views.nothing import Nothing, ask_url, nothing
from marketplace.web.access import viewer_id
from marketplace.web.answers import answer
from marketplace.web.languages import current_lang
from marketplace.web.links import mint
from marketplace.web.page_cache import visitor_page
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import Facets, OrderLine, PagerView, Tab, pager

A_PAGE = 12
PERSONAL = 24
"""How many of the first goods one's own people may bring forward."""


@dataclass(frozen=True, slots=True)
class ListPage:
    """Products of a category, a search, or all."""

    kind: str
    title: str
    query: str
    count: int
    intro: str
    breadcrumb: Sequence[tuple[str, str]]
    understood: Sequence[tuple[str, str]]
    instead: tuple[str, str] | None
    chips: Sequence[tuple[str, str, bool]]
    needs: Sequence[tuple[str, str, bool]]
    needs_url: str
    order: OrderLine
    facets: Facets
    cards: Sequence[Card]
    pager: PagerView
    page_words: str
    three_url: str
    all_url: str
    ask_url: str
    empty_words: str
    help_url: str
    compare: tuple[str, str, str] | None = None
    tabs: Sequence[Tab] = ()
    nothing: Nothing | None = None
    json_ld: str = ""
    feed_url: str = ""


@pages.get("/products")
@visitor_page
def products() -> Response:
    """All goods, by what buyers would buy again."""
    return list_page("products", _("Products"), None)


@pages.get("/categories/<slug>")
@visitor_page
def category(slug: str) -> Response:
    """One shelf."""
    shelf = category_by_slug(slug)
    if shelf is None:
        raise NotFound(_("There is no such shelf here."))
    return list_page("category", shelf.name(current_lang()), shelf)


def list_page(kind: str, title: str, shelf: Shelf | None, words: str = "",
              tabs: Callable[[int], Sequence[Tab]] = lambda count: ()) -> Response:
    """A page of goods; `tabs` says what else was found, for how many goods."""
    lang, me, number = current_lang(), viewer_id(), asked_page(2000)
    asked, typed = asked_for(words, shelf), words
    words = asked.words
    three = request.args.get("just") == "three"
    size = 3 if three else A_PAGE
    personal = _personal(asked, me)
    found = _found(asked, size, number, me if personal else None)
    shown = Pages(found.ids, number, size, found.total)
    late = found.total > 0 and number > shown.last
    if late:
        shown = Pages(found.ids, shown.last, size, found.total)
        found = search.find(asked, size, (shown.last - 1) * size)
    source = mint("search", (words or "list")[:30].replace(".", " ")) if words else \
        mint("product", "list")
    page = ListPage(
        kind=kind, title=title, query=words, count=found.total, intro=_intro(found, words),
        breadcrumb=[(s.name(lang), s.url) for s in shelf_path(shelf.id)[:-1]] if shelf else [],
        understood=understood(found, lang), instead=_instead(found, words),
        chips=chips(asked, shelf, lang), needs=own_needs(asked),
        needs_url=with_(off=None) if me and request.args.get("off") else "",
        order=_order(asked, me, personal),
        facets=facets_of(asked, found, shelf, lang, words,
                         None if me is None else counted_of_my_people(asked)),
        cards=[comparable(card) for card in
               product_cards(found.ids, lang, _reader(me), source,
                             named=reader().named)], pager=pager(shown),
        compare=compare_bar(),
        page_words=_page_words(typed, late, shown.last),
        three_url="" if three else with_(just="three"), all_url=with_(just=None) if three else "",
        ask_url=ask_url(words[:MOST_WISH]),
        empty_words=_empty(words), help_url=url_for("dialogue.new", about=request.path),
        tabs=tabs(found.total),
        nothing=nothing(asked, lang, me) if words and not found.total else None)
    return answer("storefront/list.html", page)


def _page_words(typed: str, late: bool, last: int) -> str:
    """What the reader should know of this page, beside what it lists."""
    if late:
        return _("There are only %(n)s pages.", n=last)
    if len(typed) > LONGEST:
        return _("That was long: only the first %(n)s characters were searched.", n=LONGEST)
    return ""


def _personal(asked: Asked, me: int | None) -> bool:
    """Whether my people come first: for members, unless they chose otherwise here or for good."""
    if me is None or asked.sort != "peers" or not current_user.suggestions_on:
        return False
    if not may_profile(current_user.age_class, current_app.config["ZURUF"].profiling_age):
        return False
    return request.args.get("by", reader().order_by) != "plain"


def _reader(me: int | None) -> int | None:
    """For whom reasons are said; without personal order everybody reads the same."""
    return None if request.args.get("by") == "plain" else me


def _found(asked: Asked, size: int, number: int, me: int | None) -> Answer:
    """A page of goods; the first two dozen with those of a member's people in front, or to words a
    little ahead of what fits as well.
    """
    start = (number - 1) * size
    if me is None or start + size > PERSONAL:
        return search.find(asked, size, start)
    found = search.find(asked, PERSONAL)
    mine = reader().said
    if not any(found.scores):
        ids = sorted(found.ids, key=lambda one: one not in mine)
    else:
        hits = [(str(one), score) for one, score in zip(found.ids, found.scores, strict=True)]
        ids = [int(one) for one, _score in personal_order(hits, {str(i): 1.0 for i in mine})]
    return replace(found, ids=ids[start:start + size])


def _empty(words: str) -> str:
    if words:
        return _("Nothing fits “%(words)s”. Fewer words or filters find more; or ask the people.",
                 words=words[:60])
    return _("Nothing fits these filters. Take one away, or ask the people.")


def _intro(found: Answer, words: str) -> str:
    if found.alike:
        return _("Little was found, so this looks for %(words)s too.",
                 words=", ".join(dict.fromkeys(other for _word, other in found.alike)))
    if found.dropped and found.total:
        return _("Nothing has all the words; without %(words)s there is this.",
                 words=", ".join(found.dropped))
    if not found.from_index:
        return _("The search is being set up anew; just now it looks at titles only.")
    return ""


def _instead(found: Answer, words: str) -> tuple[str, str] | None:
    understood = bool(found.chips) and bool(found.total)
    if not found.corrected or found.corrected == words or understood:
        return None
    return found.corrected, with_(q=found.corrected)


def _order(asked: Asked, me: int | None, personal: bool) -> OrderLine:
    first = _("fits best, then would buy again") if asked.words else \
        _("what buyers would buy again")
    if personal:
        first = _("fits best, what my people name a little ahead") if asked.words else \
            _("my people first")
    again = [("again", _("would buy again"))] if asked.words else []
    names = [("peers", first), *again, ("newest", _("newest")), ("price", _("price")),
             ("unit_price", _("unit price")), ("title", _("A to Z"))]
    current = dict(names).get(asked.sort, first)
    return OrderLine(current, [(words, with_(order=key), key == asked.sort)
                               for key, words in names],
                     url_for("storefront.ranking"),
                     with_(by="plain" if personal else "personal") if me is not None else "",
                     personal)


