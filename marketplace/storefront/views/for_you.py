"""The list of suggestions, by what one chooses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, request, url_for
from flask_login import current_user

from marketplace.catalog.queries import ProductCard
from marketplace.people.queries import has_consent
from marketplace.recommend.queries import (
    feedback_of,
    going_with,
    kept_order,
    less_of,
    signal_count,
    suggestions,
    things,
    well_known,
)
from marketplace.recommend.queries.offer import VISITOR, Left, left_out
from marketplace.recommend.queries.willing import MATCHING
from marketplace.recommend.queries.words import order_names, reason_names
from marketplace.recommend.rules.ages import may_profile
from marketplace.storefront.queries.cards import Card, product_cards
from marketplace.storefront.views import pages
from marketplace.web.access import viewer_id
from marketplace.web.answers import answer
from marketplace.web.languages import current_lang
from marketplace.web.links import mint
from marketplace.web.shapes import Tab, sign_in_url

A_LIST, JUST, ENOUGH = 12, 3, 3


@dataclass(frozen=True, slots=True)
class ForYouPage:
    """Suggestions with reasons and the choices of what they go by."""

    tabs: Sequence[Tab]
    cards: Sequence[Card]
    choice: str
    words: str
    keep_url: str
    three_url: str
    all_url: str
    ranking_url: str
    taste_url: str
    sign_in_url: str
    objected: bool
    too_young: str
    ask_consent: bool
    consent_url: str
    feedback: Sequence[tuple[Card, str]]
    taken_away: Sequence[tuple[str, str, str]]
    fewer: Sequence[tuple[str, str]]
    less_url: str
    known: Sequence[tuple[Any, str, str, str, bool]]
    known_slugs: Sequence[str]
    known_url: str


@pages.get("/for-you")
def for_you() -> Response:
    """Suggestions by taste, by my people, by everybody's verdict, or without anything personal."""
    me, lang, kept = viewer_id(), current_lang(), kept_order(viewer_id())
    names = order_names()
    choice = request.args.get("by", kept)
    choice = choice if choice in [key for key, _name, _words in names] else kept
    three = request.args.get("just") == "three"
    picked = _picked(lang)
    told = going_with(picked, _left(me), JUST if three else A_LIST, lang) if picked else \
        suggestions(me, lang, JUST if three else A_LIST, choice=choice)
    cards = product_cards([s.product_id for s in told], lang, None if choice == "plain" else me,
                          mint("suggestion", choice), {s.product_id: s for s in told})
    tabs = [(name, url_for("storefront.for_you", by=key), key == choice, None)
            for key, name, _words in names]
    words = {key: hint for key, _name, hint in names}[choice]
    return answer("recommend/for_you.html", ForYouPage(
        tabs, cards, choice, words,
        url_for("recommend.keep_order") if me and choice != kept else "",
        "" if three else url_for("storefront.for_you", by=choice, just="three"),
        url_for("storefront.for_you", by=choice) if three else "",
        url_for("storefront.ranking"), url_for("recommend.taste") if me else "", sign_in_url(),
        me is not None and not current_user.suggestions_on,
        _too_young(),
        me is not None and choice == "taste" and not has_consent(me, MATCHING),
        url_for("people.consent_matching") if me else "", _feedback(cards, me),
        _taken_away(me, lang), _fewer(me), url_for("recommend.less") if me else "",
        _known(picked, me, choice, lang), [_slug(card.url) for card in picked],
        url_for("recommend.keep_known") if me and picked else ""))


def _feedback(cards: Sequence[Card], me: int | None) -> list[tuple[Card, str]]:
    """Each card with the address that takes what a member says to it."""
    return [(card, url_for("recommend.feedback", slug=_slug(card.url))) for card in cards] \
        if me else []


def _slug(url: str) -> str:
    return url.split("/")[2].split("?")[0]


def _taken_away(me: int | None, lang: str) -> list[tuple[str, str, str]]:
    """What a member took away last: title, address that takes it back, kind."""
    last = feedback_of(me)[:3] if me else []
    goods = things({("product", row.product_id) for row in last}, lang)
    return [(thing.title, url_for("recommend.feedback", slug=_slug(thing.url)), row.kind)
            for row in last if (thing := goods.get(("product", row.product_id)))]


def _fewer(me: int | None) -> list[tuple[str, str]]:
    """Kinds of reasons a member wants fewer of: key, words."""
    names = reason_names()
    return [(kind, names[kind]) for kind in sorted(less_of(me))] if me else []


def _left(me: int | None) -> Left:
    return left_out(me) if me else VISITOR


def _too_young() -> str:
    """What a member stated of their age, where it is too little for suggestions of their own."""
    if not current_user.is_authenticated:
        return ""
    stated: str = current_user.age_class
    enough = may_profile(stated, current_app.config["ZURUF"].profiling_age)
    return "" if enough else stated


def _picked(lang: str) -> list[ProductCard]:
    """Goods of the nine that the address says one knows."""
    asked = set(request.args.getlist("know")[:9])
    known = well_known(lang) if asked and not _too_young() else ()
    return [card for card in known if _slug(card.url) in asked]


def _known(picked: Sequence[ProductCard], me: int | None, choice: str, lang: str
           ) -> list[tuple[Any, str, str, str, bool]]:
    """The nine pictures for whoever has said little yet: picture, title, its language, address."""
    if choice not in (("taste",) if me else ("taste", "verdict")):
        return []
    if _too_young() or (me and not picked and signal_count(me) >= ENOUGH):
        return []
    chosen = {_slug(card.url) for card in picked}
    rows = []
    for card in well_known(lang):
        slug = _slug(card.url)
        now = sorted(chosen ^ {slug})
        rows.append((card.picture, card.title, card.lang,
                     url_for("storefront.for_you", by="taste", know=now), slug in chosen))
    return rows
