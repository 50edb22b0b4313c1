"""The page of a producer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from marketplace.catalog import queries as catalog
from marketplace.dialogue.queries import NewsRow, lively, news_of
from marketplace.dialogue.queries.cards import matter_words, thread_cards
from marketplace.foundation import clock
from marketplace.foundation.errors import NotFound
from marketplace.foundation.kept import kept
from marketplace.journal.actions import count
from marketplace.people.queries import lines
from marketplace.producers import queries as producers
from marketplace.producers.queries import ProducerCard, Proof
from marketplace.producers.queries import ProducerPage as Known
from marketplace.producers.queries.media import FilmView, Shown, shown_media
from marketplace.producers.queries.said import evidence_words, legal_forms, text_words
from marketplace.reviews import queries as reviews
from marketplace.reviews.queries import VerdictView, producer_voices
from marketplace.storefront.queries.cards import (
    header_picture,
    product_cards,
)
from marketplace.storefront.queries.producer import promise_lines
from marketplace.storefront.queries.product import hours_view
from marketplace.storefront.queries.reviews import quote_of
from marketplace.storefront.views import pages
from marketplace.storefront.views.said import SaidRow, said_rows
from marketplace.touchpoints.queries import said_of_house
from marketplace.web.access import viewer_id
from marketplace.web.answers import answer
from marketplace.web.formats import country_name, day, month, size_words
from marketplace.web.languages import current_lang
from marketplace.web.links import mint
from marketplace.web.page_cache import each_look, visitor_page
from marketplace.web.shapes import (
    FollowTrust,
    Gone,
    Share,
    Tombstone,
    plain_words,
    share,
    sign_in_url,
)
from marketplace.web.words import prose

LICENCES = {"cc0": "CC0", "cc-by": "CC BY", "cc-by-sa": "CC BY-SA"}


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
    said: Sequence[tuple[str, Any, str]]
    threads: Sequence[Any]
    threads_url: str
    facts: Sequence[tuple[str, str]]
    imprint_url: str
    shop_url: str
    share: Share
    rest_url: str
    report_url: str
    help_url: str
    teaser: str = ""
    faces: Sequence[tuple[str, str, str, str]] = ()
    state: Any = None
    reputation_url: str = ""
    not_for: str = ""
    news: Sequence[Any] = ()
    learned: Sequence[Any] = ()
    learned_url: str = ""
    dates: Sequence[Any] = ()
    evidence: Sequence[Any] = ()
    gallery: Sequence[Any] = ()
    films: Sequence[Any] = ()
    history_url: str = ""
    press_contact: str = ""
    said_elsewhere: Sequence[SaidRow] = ()
    feed_url: str = ""
    json_ld: str = ""


@pages.get("/producers/<slug>")
@visitor_page
def producer(slug: str) -> Response:
    """People, place and promises; what buyers say; the goods with voices."""
    lang, me = current_lang(), viewer_id()
    known = producers.producer_page(slug, lang, me)
    if known is None:
        raise NotFound(_("There is no such producer here."))
    each_look(count, "view.producer", "producer", known.card.id)
    return answer("producers/producer.html", _page(known, lang, me))


def _page(known: Known, lang: str, me: int | None) -> ProducerPage:
    card = known.card
    own_url = url_for("storefront.producer", slug=card.slug)
    goods = catalog.by_producer(card.id, lang, 60)
    voices, threads = producer_voices(card.id, lang), lively(4, producer_id=card.id)
    people = lines({row.person_id for row in voices if row and row.person_id} | {
        row.author_id for row in threads if row.author_id}, me)
    face = known.faces[0] if known.faces else None
    shown = house_shown(card.id, lang)
    cards = product_cards([c.id for c in goods], lang, me, mint("product", card.slug[:30]))
    return ProducerPage(
        name=card.name, place=f"{card.place}, {card.region}", subject=card.subject,
        since_words=_("here since %(month)s", month=month(known.opened_on))
        if known.opened_on else "", picture=header_picture(card),
        breadcrumb=[(_("Producers"), url_for("storefront.producers"))],
        labels=[(_("trader"), "producer")] if card.trader else [],
        paused_words=_paused(known), face=(face.name, face.role, face.picture_url, face.words,
                                           lang) if face else None,
        teaser=card.teaser, faces=[(one.picture_url, one.name, one.role, one.words)
                                   for one in known.faces[1:]],
        verdict=reviews.producer_verdict(card.id),
        follow=FollowTrust(url_for("producers.follow", slug=card.slug), known.follows,
                           f"producer-{card.slug}", sign_in_url=sign_in_url()),
        followers=card.follower_count, hours=hours_view(card.id, own_url),
        promises=promise_lines(card.id, card.slug),
        supporting=quote_of(voices[0], people), critical=quote_of(voices[1], people),
        products=[(c, None) for c in cards],
        products_url=url_for("storefront.products", producer=card.slug),
        product_count=len(cards), said=_said(known),
        rest_url=url_for("notify.rest", thing="producer", ref=card.slug) if known.follows else "",
        reputation_url=url_for("storefront.reputation", slug=card.slug),
        history_url=url_for("storefront.producer_history", slug=card.slug),
        news=[_news(row, card) for row in shown.news],
        learned=[(row.title, day(row.made_at), row.url) for row in shown.learned],
        evidence=[proof_line(one) for one in shown.evidence],
        gallery=[(photo, photo.url, photo.alt) for photo in shown.media.photos],
        films=[film_line(one, card.name) for one in shown.media.films],
        state=_ended(known), press_contact=known.press_contact,
        said_elsewhere=said_rows(("said of house", card.id), lambda: said_of_house(card.id)),
        threads=thread_cards(threads, me, people),
        threads_url=url_for("dialogue.threads", producer=card.slug), facts=trader_facts(known),
        imprint_url=url_for("storefront.imprint", slug=card.slug), shop_url="",
        share=share(card.name),
        report_url=url_for("moderation.report", kind="product", ref=goods[0].slug)
        if goods else "", help_url=url_for("dialogue.new", about=own_url))


def _said(known: Known) -> list[tuple[str, Any, str]]:
    """The words of a house: heading ("" for the story), paragraphs, language."""
    named = {**text_words(), "story": ""}
    return [(named[part], prose(known.texts[part][0]), known.texts[part][1])
            for part in ("story", "place", "method", "people") if known.texts.get(part, ("",))[0]]


def _paused(known: Known) -> str:
    if known.card.state != "paused":
        return ""
    head = _("Paused until %(day)s.", day=day(known.paused_until)) if known.paused_until else \
        _("Paused just now.")
    return f"{head} {known.paused_words}".strip()


def _ended(known: Known) -> Tombstone | None:
    if known.card.state != "ended":
        return None
    return Tombstone(_("This house has ended. Nothing is sold any more; the voices stay."),
                     known.ended_on, None, "")


def _news(row: NewsRow, card: ProducerCard) -> NewsEntry:
    """News as an entry with the producer's name and label."""
    name = row.signed or card.name
    return NewsEntry(Gone(name, card.url), matter_words().get(row.matter, ""), day(row.made_at),
                     row.title, row.url, plain_words(row.words, 280), row.lang)


def proof_line(proof: Proof) -> CheckedLine:
    """A confirmation in words: kind, who confirms it, its number, until when."""
    return CheckedLine(evidence_words()[proof.kind], f"{proof.issuer}, {proof.number}",
                       proof.until, proof.public_url or "")


@dataclass(frozen=True, slots=True)
class FilmLine:
    """A film with its words in writing and by what right it stands there."""

    title: str
    url: str
    type: str
    size: str
    still_url: str
    transcript: Any
    lang: str
    licence: str


def film_line(film: FilmView, house: str) -> FilmLine:
    """A film as its part draws it."""
    by, right = film.credit or house, LICENCES.get(film.licence, "")
    return FilmLine(film.title, film.url, film.type, size_words(film.size_bytes), film.still_url,
                    prose(film.transcript), film.lang, f"{by}, {right}" if right else by)


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """What somebody else confirms, until a day."""

    words: str
    by: str
    on: date
    url: str
    until: bool = True


@dataclass(frozen=True, slots=True)
class NewsEntry:
    """Something a producer told, in the form of the feed."""

    by: Any
    words: str
    when: str
    title: str
    url: str
    text: str
    lang: str
    commercial: bool = True
    picture: Any = None
    verdict: Any = None


@dataclass(frozen=True, slots=True)
class HouseShown:
    """What a producer shows besides its words."""

    news: Sequence[NewsRow]
    learned: Sequence[NewsRow]
    evidence: Sequence[Proof]
    media: Shown


def house_shown(producer_id: int, lang: str) -> HouseShown:
    """News, changes, evidence of today, photographs and films. Loads: 4 statements a minute."""
    today = clock.today()
    return kept(("house shown", producer_id, lang, today), lambda: HouseShown(
        news_of(producer_id, 3), news_of(producer_id, 3, "change"),
        producers.valid_evidence(producer_id, today), shown_media(producer_id, lang)))


def trader_facts(known: Known) -> list[tuple[str, str]]:
    """What the law lets everybody read of a trader; nothing where nothing is kept."""
    trader = known.trader
    if trader is None or not trader.street:
        return []
    form = dict(legal_forms()).get(trader.legal_form, "") if trader.legal_form else ""
    word = _("given on %(day)s", day=day(trader.self_certified_at)) \
        if trader.self_certified_at else ""
    rows = [(_("Name"), trader.legal_name), (_("Form of the business"), form),
            (_("Represented by"), trader.representative),
            (_("Address"), ", ".join((trader.street, f"{trader.postcode} {trader.city}",
                                         country_name(trader.country)))),
            (_("E-mail"), trader.e_mail), (_("Phone"), trader.phone),
            (_("Register"), f"{trader.register} {trader.register_no}".strip()),
            (_("VAT number"), trader.vat_id or ""),
            (_("Supervising authority"), trader.authority),
            (_("Its word to offer only what the law of the European Union allows"), word)]
    return [(label, words) for label, words in rows if words]
