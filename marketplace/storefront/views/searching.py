"""The search page: goods first, and how many people, houses, groups, bundles and threads fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, g, request, url_for
from flask_babel import gettext as _

from marketplace.search.actions import Searched, searched
from marketplace.search.queries import (
    KINDS,
    Asked,
    Things,
    audience_of,
    find,
    find_things,
    suggest,
)
from marketplace.storefront.queries.found import found_cards
from marketplace.storefront.queries.straight import straight_to
from marketplace.storefront.queries.suggested import SuggestionRow, suggestion_rows
from marketplace.storefront.views import pages
from marketplace.storefront.views.asked import LONGEST, reader, refuse_too_many
from marketplace.storefront.views.filters import with_
from marketplace.storefront.views.lists import list_page
from marketplace.storefront.views.nothing import ask_url, asked_plainly
from marketplace.web.access import viewer_id
from marketplace.web.answers import answer, see_other, wants_json
from marketplace.web.forms import clean
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter, network
from marketplace.web.links import arrived_by
from marketplace.web.page_cache import visitor_page
from marketplace.web.paging import Pages, asked_page
from marketplace.web.readers import by_machine
from marketplace.web.shapes import PagerView, Tab, pager

A_PAGE, MOST_KNOWN = 12, 2_000


@dataclass(frozen=True, slots=True)
class FoundPage:
    """What fits the words, of one kind."""

    title: str
    query: str
    kind: str
    count: int
    tabs: Sequence[Tab]
    cards: Sequence[Any]
    pager: PagerView
    empty_words: str
    ask_url: str
    help_url: str


@dataclass(frozen=True, slots=True)
class SuggestionsPage:
    """What may be meant by what is typed so far."""

    rows: Sequence[SuggestionRow]


@pages.get("/search", endpoint="search")
@visitor_page
@limiter.limit("240 per minute")
def search_page() -> Response:
    """Words to goods, houses, people, groups, bundles and threads."""
    words = clean(request.args.get("q", "")) or ""
    refuse_too_many()
    straight = straight_to(words, viewer_id()) if words else None
    if straight is not None:
        return see_other(straight)
    title = _("“%(words)s”", words=words[:60]) if words else _("Search")
    kind = request.args.get("kind", "")
    if kind in KINDS and words:
        return _things(kind, title, words[:LONGEST])
    found = find_things(words, reader().audience) if words else Things((), 0, {})

    def tabs(count: int) -> Sequence[Tab]:
        g.search_hits = count + sum(found.counts.values())
        return _tabs("", count, found) if words else ()

    return list_page("search", title, None, words, tabs)


@pages.after_request
def count_searches(response: Response) -> Response:
    """What was searched, and clicks on what it found, are counted; written after the answer."""
    if response.status_code != 200 or request.method != "GET" or by_machine():
        return response
    if request.endpoint in ("storefront.search", "storefront.ask"):
        _count_search(clean(request.args.get("q", "")) or "")
    elif request.endpoint == "storefront.product":
        source = arrived_by()
        if source is not None and source.kind == "search":
            searched(Searched(source.ref, current_lang(), None))
    return response


def _count_search(words: str) -> None:
    if not words or not asked_plainly():
        return
    known, key = current_app.extensions.setdefault("search_hits", {}), (words, current_lang())
    if "search_hits" in g:
        known[key] = g.search_hits
        if len(known) > MOST_KNOWN:
            known.pop(next(iter(known)))
    hits, me = known.get(key), viewer_id()
    counted = current_app.config["ZURUF"].journal_visitors
    visitor = f"{network()}|{request.user_agent.string[:200]}" if me is None and counted else ""
    if hits is not None:
        searched(Searched(words, key[1], hits, me, visitor))


@pages.get("/search/suggest")
@limiter.limit("600 per minute")
def suggestions() -> Response:
    """Rows below the field while somebody types; nothing is counted or kept. Without the script's
    own header the search itself.
    """
    words = (clean(request.args.get("q", "")) or "")[:LONGEST]
    if not (request.headers.get("HX-Request") or wants_json()):
        return see_other(url_for("storefront.search", q=words))
    me, lang = viewer_id(), current_lang()
    typed = words + " " if request.args.get("q", "").endswith(" ") else words
    rows = suggestion_rows(suggest(typed, audience_of(me)), lang, me)
    given = answer("storefront/suggestions.html", SuggestionsPage(rows))
    given.headers["Cache-Control"] = "private, max-age=60"
    return given


def _things(kind: str, title: str, words: str) -> Response:
    me, lang, number = viewer_id(), current_lang(), asked_page(2000)
    found = find_things(words, audience_of(me), kind, A_PAGE, (number - 1) * A_PAGE)
    goods = find(Asked(words=words), 0).total
    return answer("storefront/found.html", FoundPage(
        title, words, kind, found.total, _tabs(kind, goods, found),
        found_cards(kind, found.ids, lang, me),
        pager(Pages(found.ids, number, A_PAGE, found.total)), _nothing(words),
        ask_url(words[:LONGEST]),
        url_for("dialogue.new", about=request.path)))


def _nothing(words: str) -> str:
    return _("Nothing here has all the words of “%(words)s”. Fewer words find more.",
             words=words[:60])


def kind_words() -> dict[str, str]:
    """Kinds of things as tabs name them."""
    return {"producer": _("Producers"), "member": _("Members"), "group": _("Groups"),
            "bundle": _("Bundles"), "thread": _("Questions and answers")}


def _tabs(kind: str, goods: int, found: Things) -> list[Tab]:
    """Goods first; other kinds where something was found, and the one that is open."""
    names, words = kind_words(), request.args.get("q", "")
    goods_url = url_for("storefront.search", q=words) if kind else with_(page=None)
    rows: list[Tab] = [(_("Products"), goods_url, not kind, goods)]
    rows += [(names[one], url_for("storefront.search", kind=one, q=words), one == kind,
              found.counts.get(one, 0)) for one in KINDS if found.counts.get(one) or one == kind]
    return rows
