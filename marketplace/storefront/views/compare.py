"""Products side by side; which ones stands in the address alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from marketplace.catalog.queries import PictureView
from marketplace.foundation import clock
from marketplace.search import queries as search
from marketplace.search.queries import Asked
from marketplace.storefront.queries.cards import Card, product_cards
from marketplace.storefront.queries.compare import Side, pair_words, sides, table
from marketplace.storefront.queries.product import similar_ids
from marketplace.storefront.views import pages
from marketplace.web.answers import answer
from marketplace.web.formats import day
from marketplace.web.forms import clean
from marketplace.web.languages import current_lang
from marketplace.web.page_cache import visitor_page

MOST, LEAST, OFFERED = 4, 2, 4


@dataclass(frozen=True, slots=True)
class Head:
    """A column: a product, and the way to take it out."""

    title: str
    lang: str
    url: str
    picture: PictureView | None
    under: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Two to four products side by side; with fewer, what to add."""

    heads: Sequence[Head]
    sections: Sequence[tuple[str, Any]]
    pairs: Sequence[tuple[str, str, str]]
    until: str
    notices: Sequence[str]
    kept: Sequence[str]
    query: str
    offered: Sequence[tuple[Card, str]]
    offered_words: str
    may_add: bool
    how_url: str
    products_url: str


@pages.get("/compare")
@visitor_page
def compare() -> Response:
    """Columns in the order in which they were added; a fifth is refused with a sentence."""
    asked = list(dict.fromkeys(slug[:90] for slug in request.args.getlist("p") if slug))
    lang, shown = current_lang(), asked[:MOST]
    found = sides(shown, lang)
    slugs = [one.card.slug for one in found]
    query = (clean(request.args.get("q", "")) or "")[:100]
    offered = _offered(found, slugs, query, lang) if len(slugs) < MOST else []
    page = ComparePage(
        [_head(one, slugs) for one in found],
        table(found, lang) if len(found) >= LEAST else [],
        pair_words(found) if len(found) >= LEAST else [], day(clock.now()),
        _notices(asked, shown, slugs), slugs, query,
        [(card, with_slugs([*slugs, _slug(card)])) for card in offered],
        _offered_words(found, query, offered), len(slugs) < MOST,
        url_for("storefront.how_checked"), url_for("storefront.products"))
    return answer("storefront/compare.html", page)


def with_slugs(slugs: Sequence[str]) -> str:
    """The address of a comparison."""
    return url_for("storefront.compare", p=list(slugs))


def _slug(card: Card) -> str:
    return card.url.split("?")[0].rsplit("/", 1)[1]


def _head(one: Side, slugs: Sequence[str]) -> Head:
    return Head(one.card.title, one.card.lang, one.card.url, one.card.picture,
                one.card.seller.name, with_slugs([slug for slug in slugs if slug != one.card.slug]))


def _notices(asked: Sequence[str], shown: Sequence[str], slugs: Sequence[str]) -> list[str]:
    found = []
    if len(asked) > MOST:
        found.append(_("Four at most stand side by side; take one out to add another."))
    unknown = [slug for slug in shown if slug not in slugs]
    if unknown:
        found.append(_("Not known here, and left out: %(names)s", names=", ".join(unknown)))
    return found


def _offered(found: Sequence[Side], slugs: Sequence[str], query: str, lang: str) -> list[Card]:
    """What could be added: what was looked for, else neighbours of the first, else the best."""
    if query:
        ids = list(search.find(Asked(query), OFFERED + MOST).ids)
    elif found:
        ids = similar_ids(found[0].card, OFFERED + MOST)
    else:
        ids = list(search.find(Asked(""), OFFERED).ids)
    mine = {one.card.id for one in found}
    return product_cards([i for i in ids if i not in mine][:OFFERED], lang, None)


def _offered_words(found: Sequence[Side], query: str, offered: Sequence[Card]) -> str:
    if query and not offered:
        return _("Nothing fits “%(words)s”.", words=query[:60])
    if query:
        return _("Found for “%(words)s”", words=query[:60])
    if len(found) == 1:
        return _("From the same shelf")
    return _("What buyers would buy again")
