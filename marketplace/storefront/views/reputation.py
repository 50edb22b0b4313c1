"""A producer's reputation in one place, the versions of its words, and its imprint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.errors import NotFound
from marketplace.moderation.queries import measure_words, reason_words, removed_about
from marketplace.people.queries import lines
from marketplace.producers import queries as producers
from marketplace.producers.queries import ProducerPage as Known
from marketplace.producers.queries.hours import promise_lines as promised
from marketplace.producers.queries.said import promise_words, text_words
from marketplace.producers.queries.words import TextVersion, all_versions
from marketplace.producers.rules.differences import difference
from marketplace.reviews import queries as reviews
from marketplace.reviews.queries import VerdictView, producer_voices
from marketplace.reviews.queries.reputation import WHICH, counts_about, goods_named, said_about
from marketplace.storefront.queries.producer import FactLine, fact_lines, promise_lines
from marketplace.storefront.queries.reviews import quote_of, review_views
from marketplace.storefront.views import pages
from marketplace.storefront.views.producer import trader_facts
from marketplace.web.access import viewer_id
from marketplace.web.answers import answer
from marketplace.web.formats import day
from marketplace.web.languages import current_lang
from marketplace.web.page_cache import visitor_page
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import PagerView, Tab, pager
from marketplace.web.words import prose

A_PAGE = 12


@dataclass(frozen=True, slots=True)
class ReputationPage:
    """Everything said about a producer, and what it promised and kept."""

    name: str
    url: str
    verdict: VerdictView
    supporting: Any
    critical: Any
    tabs: Sequence[Tab]
    reviews: Sequence[Any]
    pager: PagerView
    empty: str
    promises: Sequence[Any]
    before: Sequence[tuple[str, str]]
    facts: Sequence[FactLine]
    removed: Sequence[tuple[str, str, int]]
    log_url: str
    history_url: str
    ask_url: str
    help_url: str


@dataclass(frozen=True, slots=True)
class Step:
    """A version of a text: when, by whom, and what it changed in the one before."""

    title: str
    lang: str
    stretches: Sequence[tuple[str, str]]
    first: bool


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Every version of a producer's words and promises."""

    name: str
    url: str
    texts: Sequence[tuple[str, Sequence[Step]]]
    promises: Sequence[tuple[str, str]]
    help_url: str


@dataclass(frozen=True, slots=True)
class ImprintPage:
    """Who the trader is, as the law asks."""

    name: str
    url: str
    facts: Sequence[tuple[str, str]]
    trader: bool
    law: str
    arbitration: str
    texts: Sequence[tuple[str, Any, str]]
    contact_url: str


def _known(slug: str) -> Known:
    known = producers.producer_page(slug, current_lang(), None)
    if known is None:
        raise NotFound(_("There is no such producer here."))
    return known


@pages.get("/producers/<slug>/reputation")
@visitor_page
def reputation(slug: str) -> Response:
    """Voices with replies, open criticism, promises over time, and what was removed and why."""
    known, me, lang = _known(slug), viewer_id(), current_lang()
    which = request.args.get("which", "all")
    which, number = which if which in WHICH else "all", asked_page(500)
    card = known.card
    rows, total = said_about(card.id, lang, which, me, (number - 1) * A_PAGE, A_PAGE)
    voices = producer_voices(card.id, lang)
    people = lines({row.person_id for row in (*rows, *voices) if row and row.person_id}, me)
    goods = goods_named({row.product_id for row in rows}, lang)
    shown = [replace(view, thing=goods.get(row.product_id))
             for row, view in zip(rows, review_views(rows, me, people), strict=True)]
    return answer("producers/reputation.html", ReputationPage(
        card.name, card.url, reviews.producer_verdict(card.id), quote_of(voices[0], people),
        quote_of(voices[1], people), _tabs(card.slug, which, counts_about(card.id)), shown,
        pager(Pages(shown, number, A_PAGE, total)), _empty(which),
        promise_lines(card.id, card.slug), _before(promised(card.id)), fact_lines(card.id),
        [(reason_words(reason), measure_words(measure), n)
         for reason, measure, n in removed_about(card.id)], url_for("moderation.log"),
        url_for("storefront.producer_history", slug=card.slug),
        url_for("dialogue.new", about=card.url), url_for("dialogue.new", about=card.url)))


def _tabs(slug: str, which: str, counts: dict[str, int]) -> list[Tab]:
    named = {"all": _("All voices"), "critical": _("Critical"), "open": _("Without a reply")}
    return [(named[one], url_for("storefront.reputation", slug=slug,
                                 which=None if one == "all" else one),
             one == which, counts[one]) for one in WHICH]


def _empty(which: str) -> str:
    return {"all": _("No voices yet."), "critical": _("No critical voice yet."),
            "open": _("Every critical voice has a reply.")}[which]


def _before(rows: Sequence[Any]) -> list[tuple[str, str]]:
    """Promises that do not hold any more, with their days."""
    return [(_said(row), _("%(begin)s to %(end)s", begin=day(row.from_at), end=day(row.to_at)))
            for row in rows if row.to_at]


def _said(row: Any) -> str:
    words, unit = promise_words()[row.kind]
    return f"{words} {row.value} {unit}"


@pages.get("/producers/<slug>/history", endpoint="producer_history")
@visitor_page
def history(slug: str) -> Response:
    """Every version of each text with what it changed, and every promise with its days."""
    known = _known(slug)
    rows = promised(known.card.id)
    promises = [(_said(row), _("since %(day)s", day=day(row.from_at)) if row.to_at is None else
                 _("%(begin)s to %(end)s", begin=day(row.from_at), end=day(row.to_at)))
                for row in rows]
    return answer("producers/history.html", HistoryPage(
        known.card.name, known.card.url, _texts(all_versions(known.card.id)), promises,
        url_for("dialogue.new", about=known.card.url)))


def _texts(rows: Sequence[TextVersion]) -> list[tuple[str, Sequence[Step]]]:
    """Each text in its own heading, its newest version first."""
    named = text_words()
    languages = {"de": _("in German"), "en": _("in English")}
    found: list[tuple[str, Sequence[Step]]] = []
    for (part, lang), group in groupby(rows, lambda row: (row.part, row.lang)):
        versions = list(group)
        steps = [_step(new, old) for new, old in pairwise((*versions, None)) if new is not None]
        found.append((f"{named.get(part, part)}, {languages[lang]}", steps))
    return found


def _step(new: TextVersion, old: TextVersion | None) -> Step:
    title = _("Version %(n)s, %(day)s", n=new.version, day=day(new.at))
    if new.by:
        title = _("%(title)s, by %(name)s", title=title, name=new.by)
    stretches = difference(old.words, new.words) if old else [("same", new.words)]
    return Step(title, new.lang, stretches, old is None)


@pages.get("/producers/<slug>/imprint")
@visitor_page
def imprint(slug: str) -> Response:
    """Who the trader is, as the law of its country asks."""
    known = _known(slug)
    country = known.trader.country if known.trader else known.card.country
    law = {"DE": _("Particulars according to § 5 DDG"),
           "AT": _("Particulars according to § 5 ECG"),
           "CH": _("Particulars according to Art. 3 para. 1 lit. s UWG")}.get(
               country, _("Particulars according to Art. 5 of Directive 2000/31/EC"))
    settles = _("This seller takes part in dispute settlement before a consumer arbitration "
                "board.") if known.arbitration else _(
        "This seller is neither willing nor obliged to take part in dispute settlement before a "
        "consumer arbitration board (§ 36 VSBG).")
    return answer("producers/imprint.html", ImprintPage(
        known.card.name, known.card.url, trader_facts(known), known.card.trader, law,
        settles if known.card.trader else "",
        [(text_words()[part], prose(known.texts[part][0]), known.texts[part][1])
         for part in ("returns", "terms") if known.texts.get(part, ("",))[0]],
        url_for("dialogue.new", about=known.card.url)))
