"""Pages of words: imprint and the like, how the order comes about, what runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from marketplace.catalog import queries as catalog
from marketplace.foundation.errors import NotFound
from marketplace.recommend.queries.taste import parameters
from marketplace.reviews.queries import verdict_of
from marketplace.reviews.rules.score import Prior, posterior
from marketplace.search.rules.ranking import describe
from marketplace.storefront.queries.words import SLUGS, page_words
from marketplace.storefront.views import pages
from marketplace.storefront.views.figures import search_rows, taste_rows
from marketplace.web.answers import answer
from marketplace.web.formats import number
from marketplace.web.languages import current_lang
from marketplace.web.page_cache import visitor_page
from marketplace.web.words import prose


@dataclass(frozen=True, slots=True)
class WordsPage:
    """A page of words."""

    title: str
    words: Any
    lang: str
    links: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class RankingPage:
    """How lists come about, with the figures in force."""

    search: Sequence[tuple[str, str]]
    taste: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class CheckedPage:
    """How answers are checked and counted; with one product's own figures if asked."""

    product: Any
    verdict: Any
    prior: str
    q10: str
    example: Sequence[tuple[int, int, str, str]]


@pages.get("/about/<slug>")
@visitor_page
def page(slug: str) -> Response:
    """A page of words in the language of the answer."""
    if slug not in SLUGS:
        raise NotFound(_("There is no such page here."))
    title, words = page_words(slug, current_lang())
    links = [(page_words(other, current_lang())[0], url_for("storefront.page", slug=other))
             for other in SLUGS if other != slug]
    return answer("storefront/words.html", WordsPage(title, prose(words), current_lang(), links))


@pages.get("/ranking")
@visitor_page
def ranking() -> Response:
    """By what goods are ordered, in words and figures taken from the code."""
    return answer("storefront/ranking.html", RankingPage(
        search_rows(describe()), taste_rows(parameters())))


@pages.get("/how-reviews-are-checked")
@visitor_page
def how_checked() -> Response:
    """Who may answer, what is counted, what is never done; worked through with figures."""
    slug = request.args.get("product", "")
    goods = catalog.product_view(slug, current_lang()) if slug else None
    said = verdict_of(goods.id, goods.slug) if goods else None
    prior = Prior(0.8)
    rows = [(k, n, _exact(posterior(prior, k, n).mean), _exact(posterior(prior, k, n).q10))
            for k, n in ((0, 0), (3, 3), (9, 10), (33, 37), (180, 200))]
    return answer("storefront/how_checked.html", CheckedPage(
        goods, said, "Beta(8, 2)", _exact(said.q10) if said else "", rows))


def _exact(share: float) -> str:
    return number(round(share, 3))


@pages.get("/status")
def status() -> Response:
    """What runs."""
    from marketplace.storefront.queries.words import running

    return answer("storefront/status.html", {"rows": running()})
