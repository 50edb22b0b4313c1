"""The first page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.bundles.queries import best, voted
from marketplace.catalog.queries import goods_by_shelf, shelves
from marketplace.dialogue.queries import lively
from marketplace.dialogue.queries.cards import thread_cards
from marketplace.foundation.kept import kept
from marketplace.groups import queries as groups
from marketplace.journal.actions import count
from marketplace.people.queries import Beside
from marketplace.recommend.queries import suggestions
from marketplace.reviews.queries import (
    ReviewRow,
    all_answers,
    rated_cards,
    unanswered,
    voices_of_today,
)
from marketplace.storefront.queries.cards import (
    NONE,
    Around,
    bundle_cards,
    firsts,
    group_card,
    product_cards,
)
from marketplace.storefront.queries.feed import entries_of, feed_rows
from marketplace.storefront.views import pages
from marketplace.web.access import viewer_id
from marketplace.web.answers import answer
from marketplace.web.formats import month
from marketplace.web.forms import whole
from marketplace.web.languages import current_lang
from marketplace.web.links import mint
from marketplace.web.page_cache import each_look, visitor_page
from marketplace.web.shapes import Quote, Waiting, first_sentence, nobody

FRESH_SECONDS = 30
"""How long what is the same for all stands on the home page before others may take its place."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One buyer's sentence with the thing it is about."""

    quote: Quote
    title: str
    url: str
    picture: Any
    seller: Any
    verdict: Any


@dataclass(frozen=True, slots=True)
class HomePage:
    """The first page of a visitor or member."""

    member: bool
    wishes: Sequence[tuple[str, str]]
    voices: Sequence[Voice]
    answers: tuple[int, int, str] | None
    waiting: Sequence[Waiting]
    suggestions: Sequence[Any]
    others_url: str
    for_you_url: str
    feed: Sequence[Any]
    feed_url: str
    bundles: Sequence[Any]
    bundles_url: str
    groups: Sequence[Any]
    groups_url: str
    threads: Sequence[Any]
    threads_url: str
    producers: Sequence[Any]
    producers_url: str
    categories: Sequence[tuple[str, str, int]]
    join_url: str
    notice: str = ""
    json_ld: str = ""


@pages.get("/")
@visitor_page
def home() -> Response:
    """Voices of buyers first, then three suggestions, then what the community does."""
    lang, me = current_lang(), viewer_id()
    each_look(count, "view.home")
    turn = whole(request.args, "three", 0, 10**6, 0)
    bundles = voted(kept("best bundles", lambda: best(None, 3), FRESH_SECONDS), me)
    threads = kept("lively threads", lambda: lively(4), FRESH_SECONDS)
    chosen = kept(("voices of today", lang), lambda: _chosen(lang), FRESH_SECONDS)
    news = feed_rows(me, 4)[0] if me else ()
    rows = (*chosen, *news)
    beside = Beside(me, [row.person_id for row in rows] + [row.author_id for row in bundles]
                    + [row.author_id for row in threads])
    told = suggestions(me, lang, 3, 3 * (turn % 10), beside=beside)
    goods = {s.product_id for s in told} | {row.product_id for row in rows if row.product_id}
    around = Around(*rated_cards(goods | firsts(bundles), lang), {}, beside.of())
    cards = product_cards([s.product_id for s in told], lang, me, mint("suggestion", "home"),
                          {s.product_id: s for s in told}, around)
    page = HomePage(
        member=me is not None, wishes=_wishes(), voices=_voices(chosen, around), answers=_answers(),
        waiting=_waiting(me), suggestions=cards,
        others_url=url_for("storefront.home", three=turn + 1),
        for_you_url=url_for("storefront.for_you"),
        feed=entries_of(news, around.people, around.goods, around.verdicts),
        feed_url=url_for("storefront.feed"),
        bundles=bundle_cards(bundles, lang, me, around), bundles_url=url_for("storefront.bundles"),
        groups=[group_card(card) for card in groups.liveliest(lang, me, 3)],
        groups_url=url_for("storefront.groups"),
        threads=thread_cards(threads, me, around.people), threads_url=url_for("dialogue.threads"),
        producers=(), producers_url=url_for("storefront.producers"), categories=_categories(lang),
        join_url="" if me else url_for("people.sign_up"))
    return answer("storefront/home.html", page)


def _wishes() -> list[tuple[str, str]]:
    words = (_("wine with asparagus"), _("a gift under 30 euros"), _("coffee for the office"))
    return [(text, url_for("storefront.search", q=text)) for text in words]


def _chosen(lang: str) -> list[ReviewRow]:
    """Three short voices of different goods and people, one of them critical."""
    rows = voices_of_today(lang, 40)
    chosen: list[ReviewRow] = []
    for row in rows:
        if len(first_sentence(row.words)) > 96 or any(
                row.product_id == c.product_id or row.person_id == c.person_id for c in chosen):
            continue
        if (row.again and sum(c.again for c in chosen) < 2) or (
                not row.again and all(c.again for c in chosen) and chosen):
            chosen.append(row)
        if len(chosen) == 3:
            break
    return chosen


def _voices(chosen: Sequence[ReviewRow], around: Around) -> list[Voice]:
    goods, said, people = around.goods, around.verdicts, around.people
    return [Voice(
        Quote(first_sentence(row.words), row.lang, people.get(row.person_id or 0, nobody()),
              _("bought it, %(month)s", month=month(row.given_at)), row.again),
        goods[row.product_id].title, f"{goods[row.product_id].url}#review-{row.code}",
        goods[row.product_id].picture, goods[row.product_id].seller,
        said.get(row.product_id, NONE)) for row in chosen if row.product_id in goods]


def _answers() -> tuple[int, int, str] | None:
    """How many answers there are, and how many say no. Loads: 1 statement a minute."""
    n, k = kept("all answers", all_answers)
    return (n, n - k, url_for("storefront.how_checked")) if n else None


def _waiting(me: int | None) -> list[Waiting]:
    """What the person could answer now; at most three. Loads: 1 statement."""
    if me is None:
        return []
    return [Waiting(
        _("Would you buy it again?"), row.title,
        url_for("reviews.rate", number=row.order_number, line_id=row.line_id), _("Answer"),
        "", "open", "again") for row in unanswered(me, 3)]


def _categories(lang: str) -> list[tuple[str, str, int]]:
    """Shelves with how much stands on them. Loads: 1 statement a minute."""
    counts = kept("goods by shelf", goods_by_shelf)
    return [(shelf.name(lang), shelf.url, counts.get(shelf.id, 0)) for shelf in shelves().values()
            if shelf.parent_id is None and counts.get(shelf.id)]


def how_many(n: int) -> str:
    """A number of goods in words."""
    return ngettext("%(num)s product", "%(num)s products", n)
