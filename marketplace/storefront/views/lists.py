"""Lists of goods: all, a category, a search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Response, current_app, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from marketplace.catalog.queries import (
    Shelf,
    category_by_slug,
    shelf_path,
    visible_product_id,
)
from marketplace.catalog.queries.codes import slug_of_code
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.groups.queries import group_ids_of, products_of
from marketplace.people.queries import followed_ids
from marketplace.recommend.queries import (
    going_with_product,
    goods_recommended_by,
    kept_order,
    my_people_first,
)
from marketplace.recommend.rules.ages import may_profile
from marketplace.recommend.rules.asking import MOST_WISH
from marketplace.search import queries as search
from marketplace.search.queries import Answer, Asked
from marketplace.storefront.queries.cards import Card, product_cards
from marketplace.storefront.views import pages
from marketplace.storefront.views.filters import (
    chips,
    comparable,
    compare_bar,
    facets_of,
    understood,
    with_,
)
from marketplace.web.access import viewer_id
from marketplace.web.answers import answer, see_other
from marketplace.web.forms import clean
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter
from marketplace.web.links import mint
from marketplace.web.page_cache import visitor_page
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import Facets, OrderLine, PagerView, pager

A_PAGE = 12
PERSONAL = 24
"""How many of the first goods one's own people may bring forward."""
LONGEST = 200
MOST_FILTERS = 40
CHOOSABLE = ("category", "occasion", "producer", "region", "attribute")


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
    threads: Sequence[Any] = ()
    json_ld: str = ""
    feed_url: str = ""


@pages.get("/products")
@visitor_page
def products() -> Response:
    """All goods, by what buyers would buy again."""
    return _list("products", _("Products"), None)


@pages.get("/categories/<slug>")
@visitor_page
def category(slug: str) -> Response:
    """One shelf."""
    shelf = category_by_slug(slug)
    if shelf is None:
        raise NotFound(_("There is no such shelf here."))
    return _list("category", shelf.name(current_lang()), shelf)


@pages.get("/search", endpoint="search")
@visitor_page
@limiter.limit("240 per minute")
def search_page() -> Response:
    """Words to goods."""
    words = clean(request.args.get("q", ""))
    slug = slug_of_code(words or "")
    if slug is not None:
        return see_other(url_for("storefront.product", slug=slug))
    title = _("“%(words)s”", words=(words or "")[:60]) if words else _("Search")
    return _list("search", title, None, words or "")


def _asked(words: str, shelf: Shelf | None) -> Asked:
    """What the address asks for. Raises Invalid above forty filters."""
    args = request.args
    if len(list(args.items(multi=True))) > MOST_FILTERS:
        raise Invalid({"": _("Those are more filters than we can follow.")})
    chosen = {name: args.getlist(name) for name in CHOOSABLE if args.getlist(name)}
    if shelf is not None and "category" not in chosen:
        chosen["category"] = [shelf.slug]
    sort = args.get("order", "peers")
    return Asked(
        words[:LONGEST], chosen, _minor(args.get("low", "")), _minor(args.get("high", "")),
        args.get("available") == "1", sort if sort in search.SORTS else "peers",
        _only(args.get("from", ""), args.get("with", "")), args.get("plain") == "1")


def _minor(text: str) -> int | None:
    """A typed price in minor units, or None."""
    plain = text.strip().replace("€", "").replace(",", ".").strip()
    try:
        value = float(plain)
    except ValueError:
        return None
    return round(value * 100) if 0 <= value < 1e7 else None


def _only(who: str, beside: str) -> frozenset[int] | None:
    """Goods of people I follow or of my groups, and goods that go with one, if asked for."""
    me, found = viewer_id(), None
    if who == "followed" and me is not None:
        found = goods_recommended_by(followed_ids(me))
    elif who == "groups" and me is not None:
        found = products_of(group_ids_of(me))
    if beside:
        known = visible_product_id(beside[:120])
        fitting = going_with_product(known) if known is not None else frozenset()
        found = fitting if found is None else found & fitting
    return found


def _list(kind: str, title: str, shelf: Shelf | None, words: str = "") -> Response:
    lang, me, number = current_lang(), viewer_id(), asked_page(2000)
    asked = _asked(words, shelf)
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
        chips=chips(asked, shelf, lang), order=_order(asked, me, personal),
        facets=facets_of(asked, found, shelf, lang, words, me),
        cards=[comparable(card) for card in
               product_cards(found.ids, lang, _reader(me), source)], pager=pager(shown),
        compare=compare_bar(),
        page_words=_("There are only %(n)s pages.", n=shown.last) if late else "",
        three_url="" if three else with_(just="three"), all_url=with_(just=None) if three else "",
        ask_url=url_for("recommend.new_ask", wish=words[:MOST_WISH] or None),
        empty_words=_empty(words), help_url=url_for("dialogue.new", about=request.path))
    return answer("storefront/list.html", page)


def _personal(asked: Asked, me: int | None) -> bool:
    """Whether my people come first: for members, unless they chose otherwise here or for good."""
    if me is None or asked.sort != "peers" or not current_user.suggestions_on:
        return False
    if not may_profile(current_user.age_class, current_app.config["ZURUF"].profiling_age):
        return False
    return request.args.get("by", kept_order(me)) != "plain"


def _reader(me: int | None) -> int | None:
    """For whom reasons are said; without personal order everybody reads the same."""
    return None if request.args.get("by") == "plain" else me


def _found(asked: Asked, size: int, number: int, me: int | None) -> Answer:
    """A page of goods; the first two dozen with those of a member's people in front."""
    start = (number - 1) * size
    if me is None or start + size > PERSONAL:
        return search.find(asked, size, start)
    found = search.find(asked, PERSONAL)
    return replace(found, ids=my_people_first(found.ids, me)[start:start + size])


def _empty(words: str) -> str:
    if words:
        return _("Nothing fits “%(words)s”. Fewer words or filters find more; or ask the people.",
                 words=words[:60])
    return _("Nothing fits these filters. Take one away, or ask the people.")


def _intro(found: Answer, words: str) -> str:
    if found.dropped:
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
        first = _("my people first")
    names = [("peers", first), ("newest", _("newest")), ("price", _("price")),
             ("unit_price", _("unit price")), ("title", _("A to Z"))]
    current = dict(names).get(asked.sort, first)
    return OrderLine(current, [(words, with_(order=key), key == asked.sort)
                               for key, words in names],
                     url_for("storefront.ranking"),
                     with_(by="plain" if personal else "personal") if me is not None else "",
                     personal)


