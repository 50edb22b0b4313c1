"""Pages of words: imprint and the like, how the order comes about, what runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from marketplace.bundles.rules import NEW_DAYS
from marketplace.foundation.errors import NotFound
from marketplace.recommend.rules.describing import describe as describe_taste
from marketplace.reviews.queries import formula_in_force
from marketplace.search.rules.ranking import describe
from marketplace.storefront.queries.words import SLUGS, page_words
from marketplace.storefront.views import pages
from marketplace.storefront.views.figures import search_rows, taste_steps
from marketplace.web.answers import answer
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
    taste: Sequence[tuple[str, str, Sequence[tuple[str, str]]]]
    new_days: int


@pages.get("/about/<path:slug>")
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
        search_rows(describe()), taste_steps(describe_taste(
            newcomer_share=formula_in_force().newcomer_share)),
        NEW_DAYS))


@pages.get("/status")
def status() -> Response:
    """What runs."""
    from marketplace.storefront.queries.words import running

    return answer("storefront/status.html", {"rows": running()})
