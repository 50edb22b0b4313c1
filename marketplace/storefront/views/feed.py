"""The feed and the list of suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from marketplace.recommend.queries import suggestions
from marketplace.storefront.queries.cards import Card, product_cards
from marketplace.storefront.queries.feed import KINDS, feed_entries
from marketplace.storefront.views import pages
from marketplace.web.access import person_id, signed_in, viewer_id
from marketplace.web.answers import answer
from marketplace.web.languages import current_lang
from marketplace.web.links import mint
from marketplace.web.shapes import Tab


@dataclass(frozen=True, slots=True)
class FeedPage:
    """What my people and groups did."""

    tabs: Sequence[Tab]
    feed_entries: Sequence[Any]
    more_url: str
    people_url: str
    groups_url: str
    help_url: str


@dataclass(frozen=True, slots=True)
class ForYouPage:
    """Suggestions with reasons and the choices of what they go by."""

    tabs: Sequence[Tab]
    cards: Sequence[Card]
    choice: str
    words: str
    others_url: str
    ranking_url: str
    consent: bool
    consent_url: str
    feedback: Sequence[tuple[Card, str]]


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None


@pages.get("/feed")
@signed_in
def feed() -> Response:
    """Strictly by time, twenty at a time."""
    kind = request.args.get("kind", "all")
    kind = kind if kind in KINDS else "all"
    names = {"all": _("All"), "recommendations": _("Recommendations"), "answers": _("Answers"),
             "talk": _("Talk")}
    entries, more = feed_entries(person_id(), current_lang(), 20,
                                 _moment(request.args.get("before", "")), kind)
    page = FeedPage(
        [(names[k], url_for("storefront.feed", kind=k), k == kind, None) for k in KINDS], entries,
        url_for("storefront.feed", kind=kind, before=more.isoformat()) if more else "",
        url_for("storefront.products"), url_for("storefront.groups"),
        url_for("dialogue.new", about="/feed"))
    return answer("storefront/feed.html", page)


@pages.get("/for-you")
def for_you() -> Response:
    """Suggestions by taste, by my people, or by everybody's verdict."""
    from marketplace.people.queries import has_consent

    me, lang = viewer_id(), current_lang()
    choice = request.args.get("by", "taste" if me else "verdict")
    choice = choice if choice in ("taste", "people", "verdict") else "verdict"
    told = suggestions(me, lang, 12, choice=choice)
    cards = product_cards([s.product_id for s in told], lang, me, mint("suggestion", choice),
                          {s.product_id: s for s in told})
    tabs: list[Tab] = [(_("My taste"), url_for("storefront.for_you", by="taste"),
                        choice == "taste", None),
                       (_("My people"), url_for("storefront.for_you", by="people"),
                        choice == "people", None)] if me else []
    tabs.append((_("Everybody's verdict"), url_for("storefront.for_you", by="verdict"),
                 choice == "verdict", None))
    words = {"taste": _("By people whose answers agree with yours, then by those you follow."),
             "people": _("Only by people you follow or trust."),
             "verdict": _("The same list for everybody, by what buyers would buy again.")}
    feedback = [(card, url_for("recommend.feedback", slug=card.url.split("/")[2].split("?")[0]))
                for card in cards] if me else []
    page = ForYouPage(
        tabs, cards, choice, words[choice], "", url_for("storefront.ranking"),
        me is not None and has_consent(me, "taste_matching"),
        url_for("people.consent_matching") if me else "", feedback)
    return answer("recommend/for_you.html", page)
