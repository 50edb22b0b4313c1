"""Producers: the directory, the page, the imprint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from marketplace.catalog import queries as catalog
from marketplace.dialogue.queries import answer_figures, lively
from marketplace.dialogue.queries.cards import thread_cards
from marketplace.foundation import clock
from marketplace.foundation.errors import NotFound
from marketplace.foundation.kept import kept
from marketplace.journal.actions import count
from marketplace.people.queries import lines, subjects
from marketplace.producers import queries as producers
from marketplace.producers.queries import ProducerPage as Known
from marketplace.reviews import queries as reviews
from marketplace.reviews.queries import VerdictView, producer_voices
from marketplace.storefront.queries.cards import (
    NONE,
    header_picture,
    producer_card,
    product_cards,
)
from marketplace.storefront.queries.product import hours_view
from marketplace.storefront.queries.reviews import quote_of
from marketplace.storefront.views import pages
from marketplace.web.access import viewer_id
from marketplace.web.answers import answer
from marketplace.web.formats import country_name, day, month, number
from marketplace.web.languages import current_lang
from marketplace.web.links import mint
from marketplace.web.page_cache import visitor_page
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import FollowTrust, PagerView, Share, pager, share, sign_in_url
from marketplace.web.words import prose


@dataclass(frozen=True, slots=True)
class ProducerPage:
    """One producer, composed of several rooms."""

    name: str
    place: str
    subject: str
    since_words: str
    picture: Any
    breadcrumb: Sequence[tuple[str, str]]
    labels: Sequence[Any]
    paused_words: str
    face: tuple[str, str, str, str, str] | None
    verdict: VerdictView
    follow: FollowTrust
    followers: int
    hours: Any
    promises: Sequence[Any]
    critical: Any
    supporting: Any
    products: Sequence[tuple[Any, Any]]
    products_url: str
    product_count: int
    story: Any
    story_lang: str
    method: Any
    threads: Sequence[Any]
    threads_url: str
    facts: Sequence[tuple[str, str]]
    imprint_url: str
    shop_url: str
    share: Share
    report_url: str
    help_url: str
    state: Any = None
    reputation_url: str = ""
    not_for: str = ""
    news: Sequence[Any] = ()
    learned: Sequence[Any] = ()
    learned_url: str = ""
    dates: Sequence[Any] = ()
    evidence: Sequence[Any] = ()
    gallery: Sequence[Any] = ()
    history_url: str = ""
    feed_url: str = ""
    json_ld: str = ""


@dataclass(frozen=True, slots=True)
class DirectoryPage:
    """All producers of a subject."""

    title: str
    count: int
    tabs: Sequence[tuple[str, str, bool, int | None]]
    cards: Sequence[Any]
    pager: PagerView
    empty_words: str


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise and what came of it."""

    promise: str
    k: int
    n: int
    since: Any
    how_url: str


@pages.get("/producers", endpoint="producers")
@visitor_page
def producers_list() -> Response:
    """Producers by name, by subject if asked."""
    lang, number = current_lang(), asked_page(1000)
    chosen = request.args.get("subject")
    rows, total = producers.directory(lang, chosen, None, (number - 1) * 12, 12)
    said = reviews.producer_verdicts([card.id for card in rows])
    cards = [producer_card(card, said.get(card.id, NONE)) for card in rows]
    tabs = [(_("All"), url_for("storefront.producers"), not chosen, None)]
    tabs += [(s.name_de if lang == "de" else s.name_en,
              url_for("storefront.producers", subject=s.slug), s.slug == chosen, None)
             for s in subjects()]
    page = DirectoryPage(_("Producers"), total, tabs, cards,
                         pager(Pages(cards, number, 12, total)),
                         _("Nobody of this trade yet. Do you make something yourself?"))
    return answer("producers/directory.html", page)





@pages.get("/producers/<slug>")
@visitor_page
def producer(slug: str) -> Response:
    """People, place and promises; what buyers say; the goods with voices."""
    lang, me = current_lang(), viewer_id()
    known = producers.producer_page(slug, lang, me)
    if known is None:
        raise NotFound(_("There is no such producer here."))
    count("view.producer", "producer", known.card.id)
    return answer("producers/producer.html", _page(known, lang, me))


def _page(known: Known, lang: str, me: int | None) -> ProducerPage:
    card = known.card
    own_url = url_for("storefront.producer", slug=card.slug)
    goods = catalog.by_producer(card.id, lang, 60)
    voices, threads = producer_voices(card.id, lang), lively(4, producer_id=card.id)
    people = lines({row.person_id for row in voices if row and row.person_id} | {
        row.author_id for row in threads if row.author_id}, me)
    story = known.texts.get("story", ("", lang))
    face = known.faces[0] if known.faces else None
    cards = product_cards([c.id for c in goods], lang, me, mint("product", card.slug[:30]))
    return ProducerPage(
        name=card.name, place=f"{card.place}, {card.region}", subject=card.subject,
        since_words=_("here since %(month)s", month=month(known.opened_on))
        if known.opened_on else "", picture=header_picture(card),
        breadcrumb=[(_("Producers"), url_for("storefront.producers"))],
        labels=[(_("trader"), "producer")] if card.trader else [],
        paused_words=_paused(known), face=(face.name, face.role, face.picture_url, face.words,
                                           lang) if face else None,
        verdict=reviews.producer_verdict(card.id),
        follow=FollowTrust(url_for("producers.follow", slug=card.slug), known.follows,
                           f"producer-{card.slug}", sign_in_url=sign_in_url()),
        followers=card.follower_count, hours=hours_view(card.id, own_url),
        promises=_promises(card.id),
        supporting=quote_of(voices[0], people), critical=quote_of(voices[1], people),
        products=[(c, None) for c in cards],
        products_url=url_for("storefront.products", producer=card.slug),
        product_count=len(cards), story=prose(story[0]) if story[0] else "",
        story_lang=story[1], method=prose(known.texts["method"][0])
        if "method" in known.texts else "",
        threads=thread_cards(threads, me, people),
        threads_url=url_for("dialogue.threads", producer=card.slug), facts=_facts(known),
        imprint_url=url_for("storefront.imprint", slug=card.slug), shop_url="",
        share=share(card.name),
        report_url=url_for("moderation.report", kind="product", ref=goods[0].slug)
        if goods else "", help_url=url_for("dialogue.new", about=own_url))


def _paused(known: Known) -> str:
    if known.card.state != "paused":
        return ""
    head = _("Paused until %(day)s.", day=day(known.paused_until)) if known.paused_until else \
        _("Paused just now.")
    return f"{head} {known.paused_words}".strip()


def _promises(producer_id: int) -> list[PromiseLine]:
    """What was promised, and how often it was kept. Loads: 3 statements a minute."""
    known, (k, n), said = kept(("promises", producer_id), lambda: (
        producers.promises_of([producer_id])[producer_id], answer_figures(producer_id),
        reviews.reply_figures(producer_id)))
    rows, how = [], url_for("storefront.how_checked")
    if "answer_hours" in known:
        rows.append(PromiseLine(_("Answers within %(n)s hours", n=known["answer_hours"]), k, n,
                                clock.today() - timedelta(days=90), how))
    if said.shown:
        words = _("Answers critical voices in public") if said.median_hours is None else _(
            "Answers critical voices in public, half of them within %(n)s hours",
            n=number(round(said.median_hours)))
        rows.append(PromiseLine(words, said.answered, said.critical,
                                clock.today() - timedelta(days=365), how))
    if "dispatch_days" in known:
        rows.append(PromiseLine(_("Dispatches within %(n)s working days",
                                  n=known["dispatch_days"]), 0, 0, None, how))
    return rows


def _facts(known: Known) -> list[tuple[str, str]]:
    trader = known.trader
    if trader is None or not trader.street:
        return []
    rows = [(_("Name"), trader.legal_name),
            (_("Address"), ", ".join((trader.street, f"{trader.postcode} {trader.city}",
                                         country_name(trader.country)))),
            (_("E-mail"), trader.e_mail), (_("Phone"), trader.phone),
            (_("Register"), f"{trader.register} {trader.register_no}".strip()),
            (_("VAT number"), trader.vat_id or "")]
    return [(label, words) for label, words in rows if words]


@pages.get("/producers/<slug>/imprint")
@visitor_page
def imprint(slug: str) -> Response:
    """Who the trader is, as the law asks."""
    known = producers.producer_page(slug, current_lang(), None)
    if known is None:
        raise NotFound(_("There is no such producer here."))
    page: Mapping[str, Any] = {
        "name": known.card.name, "url": known.card.url, "facts": _facts(known),
        "trader": known.card.trader}
    return answer("producers/imprint.html", page)
