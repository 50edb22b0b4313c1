"""Lists of goods: all, a category, a search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from marketplace.catalog.queries import Shelf, category_by_slug, occasions, shelf_path, shelves
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.people.queries import followed_ids
from marketplace.producers.queries import names
from marketplace.recommend.queries import goods_recommended_by
from marketplace.search import queries as search
from marketplace.search.queries import Answer, Asked
from marketplace.storefront.queries.cards import Card, product_cards
from marketplace.storefront.views import pages
from marketplace.web.access import viewer_id
from marketplace.web.answers import answer
from marketplace.web.formats import money
from marketplace.web.forms import clean
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter
from marketplace.web.links import mint
from marketplace.web.page_cache import visitor_page
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import Facets, OrderLine, PagerView, pager

A_PAGE = 12
LONGEST = 200
MOST_FILTERS = 40
CHOOSABLE = ("category", "occasion", "producer", "region")


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
        _only(args.get("from", "")), args.get("plain") == "1")


def _minor(text: str) -> int | None:
    """A typed price in minor units, or None."""
    plain = text.strip().replace("€", "").replace(",", ".").strip()
    try:
        value = float(plain)
    except ValueError:
        return None
    return round(value * 100) if 0 <= value < 1e7 else None


def _only(who: str) -> frozenset[int] | None:
    """Goods recommended by people I follow, if that is asked for."""
    me = viewer_id()
    if who != "followed" or me is None:
        return None
    return goods_recommended_by(followed_ids(me))


def _list(kind: str, title: str, shelf: Shelf | None, words: str = "") -> Response:
    lang, me, number = current_lang(), viewer_id(), asked_page(2000)
    asked = _asked(words, shelf)
    three = request.args.get("just") == "three"
    size = 3 if three else A_PAGE
    found = search.find(asked, size, (number - 1) * size)
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
        understood=_understood(found, lang), instead=_instead(found, words),
        chips=_chips(asked, shelf, lang), order=_order(asked, me),
        facets=_facets(asked, found, shelf, lang, words, me),
        cards=product_cards(found.ids, lang, me, source), pager=pager(shown),
        page_words=_("There are only %(n)s pages.", n=shown.last) if late else "",
        three_url="" if three else _with(just="three"), all_url=_with(just=None) if three else "",
        ask_url=url_for("dialogue.new", kind="wish", words=words[:120]),
        empty_words=_empty(words), help_url=url_for("dialogue.new", about=request.path))
    return answer("storefront/list.html", page)


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


def _with(**changes: Any) -> str:
    """This page's address with some values changed; None takes one away."""
    values: dict[str, Any] = request.args.to_dict(flat=False)
    values.pop("page", None)
    for name, value in changes.items():
        if value is None:
            values.pop(name, None)
        else:
            values[name] = value
    return url_for(request.endpoint or "storefront.products", **{**values,
                                                                **(request.view_args or {})})


def _instead(found: Answer, words: str) -> tuple[str, str] | None:
    understood = bool(found.chips) and bool(found.total)
    if not found.corrected or found.corrected == words or understood:
        return None
    return found.corrected, _with(q=found.corrected)


def _understood(found: Answer, lang: str) -> list[tuple[str, str]]:
    """Chips read from the words; each link searches the words as plain text."""
    rows = []
    for chip in found.chips:
        words = chip_words(chip, lang)
        if words:
            rows.append((words, _with(plain="1")))
    return rows


def chip_words(chip: Any, lang: str) -> str:
    """A chip in words."""
    names = {s.slug: s.name(lang) for s in shelves().values()}
    names.update({o.slug: o.name(lang) for o in occasions().values()})
    name = names.get(chip.value, chip.value)
    if chip.kind == "price":
        if chip.low is None:
            return _("up to %(price)s", price=money(chip.high))
        if chip.high is None:
            return _("from %(price)s", price=money(chip.low))
        return f"{money(chip.low)} - {money(chip.high)}"
    if chip.kind == "people":
        return _("for %(n)s people", n=chip.value)
    return _("without %(name)s", name=name) if chip.negated else str(name)


def _chips(asked: Asked, shelf: Shelf | None, lang: str) -> list[tuple[str, str, bool]]:
    """Set filters as chips whose link takes them away; unknown values are said to be so."""
    names: Mapping[str, Mapping[str, str]] = {
        "category": {s.slug: s.name(lang) for s in shelves().values()},
        "occasion": {o.slug: o.name(lang) for o in occasions().values()}}
    rows = []
    for facet, values in asked.chosen.items():
        for value in values:
            if shelf is not None and facet == "category" and value == shelf.slug:
                continue
            rest = [v for v in values if v != value]
            known = facet not in names or value in names[facet]
            words = names.get(facet, {}).get(value, value)[:60]
            rows.append((words if known else _("unknown: %(value)s", value=words),
                         _with(**{facet: rest or None}), known))
    if asked.low_minor is not None or asked.high_minor is not None:
        low = money(asked.low_minor or 0)
        words = f"{low} - {money(asked.high_minor)}" if asked.high_minor else f"{low} +"
        rows.append((words, _with(low=None, high=None), True))
    if asked.only is not None:
        rows.append((_("recommended by people I follow"), _with(**{"from": None}), True))
    return rows


def _order(asked: Asked, me: int | None) -> OrderLine:
    first = _("fits best, then would buy again") if asked.words else \
        _("what buyers would buy again")
    names = [("peers", first), ("newest", _("newest")), ("price", _("price")),
             ("unit_price", _("unit price")), ("title", _("A to Z"))]
    current = dict(names).get(asked.sort, first)
    return OrderLine(current, [(words, _with(order=key), key == asked.sort)
                               for key, words in names],
                     url_for("storefront.ranking"), "", False)


def _facets(asked: Asked, found: Answer, shelf: Shelf | None, lang: str, words: str,
            me: int | None) -> Facets:
    """Counted choices; shelves below the present one, occasions, producers."""
    counts = {facet: {c.value: c.count for c in rows} for facet, rows in found.counts.items()}
    groups = []
    below = [s for s in shelves().values() if s.parent_id == (shelf.id if shelf else None)]
    rows = [(s.slug, s.name(lang), counts.get("category", {}).get(s.slug),
             s.slug in asked.chosen.get("category", ())) for s in below
            if counts.get("category", {}).get(s.slug)]
    if rows:
        groups.append((_("Shelf"), "category", rows))
    known = {o.slug: o.name(lang) for o in occasions().values()}
    ranked = sorted(counts.get("occasion", {}).items(), key=lambda c: -c[1])[:10]
    rows = [(slug, known[slug], n, slug in asked.chosen.get("occasion", ()))
            for slug, n in ranked if slug in known]
    if rows:
        groups.append((_("For what"), "occasion", rows))
    makers = names()
    ranked = sorted(counts.get("producer", {}).items(), key=lambda c: (-c[1], c[0]))[:10]
    rows = [(slug, makers[slug], n, slug in asked.chosen.get("producer", ()))
            for slug, n in ranked if slug in makers]
    if rows:
        groups.append((_("Producer"), "producer", rows))
    if me is not None and current_user.is_authenticated:
        groups.append((_("Recommended by"), "from", [
            ("followed", _("people I follow"), None, asked.only is not None)]))
    kept = [("q", words)] if words else []
    price = (_typed(asked.low_minor), _typed(asked.high_minor))
    return Facets(request.path, bool(asked.chosen) and shelf is None, kept, groups, price)


def _typed(minor: int | None) -> str:
    return "" if minor is None else f"{minor / 100:g}"
