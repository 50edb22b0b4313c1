"""The list of suggestions, by what one chooses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, request, url_for
from flask_login import current_user

from marketplace.people.queries import has_consent
from marketplace.recommend.queries import kept_order, suggestions
from marketplace.recommend.queries.willing import MATCHING
from marketplace.recommend.queries.words import order_names
from marketplace.storefront.queries.cards import Card, product_cards
from marketplace.storefront.views import pages
from marketplace.web.access import viewer_id
from marketplace.web.answers import answer
from marketplace.web.languages import current_lang
from marketplace.web.links import mint
from marketplace.web.shapes import Tab, sign_in_url

A_LIST, JUST = 12, 3


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
    ask_consent: bool
    consent_url: str
    feedback: Sequence[tuple[Card, str]]


@pages.get("/for-you")
def for_you() -> Response:
    """Suggestions by taste, by my people, by everybody's verdict, or without anything personal."""
    me, lang, kept = viewer_id(), current_lang(), kept_order(viewer_id())
    names = order_names()
    choice = request.args.get("by", kept)
    choice = choice if choice in [key for key, _name, _words in names] else kept
    three = request.args.get("just") == "three"
    told = suggestions(me, lang, JUST if three else A_LIST, choice=choice)
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
        me is not None and choice == "taste" and not has_consent(me, MATCHING),
        url_for("people.consent_matching") if me else "", _feedback(cards, me)))


def _feedback(cards: Sequence[Card], me: int | None) -> list[tuple[Card, str]]:
    """Each card with the address that takes what a member says to it."""
    return [(card, url_for("recommend.feedback", slug=card.url.split("/")[2].split("?")[0]))
            for card in cards] if me else []
