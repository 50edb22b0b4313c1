"""Whom one follows, whom one trusts on what, and who is of like taste; each removed in a click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, current_app, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.kept import kept
from marketplace.people import actions
from marketplace.people.queries import (
    PersonLine,
    lines,
    net_of,
    open_purposes,
    subjects,
)
from marketplace.people.rules.consents import TASTE_MATCHING, WAY_TO_ORDER
from marketplace.people.views import pages
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, back
from marketplace.web.formats import month
from marketplace.web.languages import current_lang


@dataclass(frozen=True, slots=True)
class Tied:
    """Somebody in a list, why they are there, and the way out of it."""

    person: PersonLine
    why: str
    end_url: str


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """Ties with their reasons."""

    following: Sequence[Tied]
    trusting: Sequence[Tied]
    followers: Sequence[PersonLine]
    circle: Sequence[tuple[PersonLine, str]]
    consent: bool
    consent_url: str
    way_consent: bool
    way_url: str
    taste_url: str


@pages.get("/account/network")
@signed_in
def network() -> Response:
    """Whom I follow and trust and why they stand in my lists."""
    me, lang = person_id(), current_lang()
    net, agreed = net_of(me), open_purposes(me)
    names = {s.id: s.name_de if lang == "de" else s.name_en for s in kept("subjects", subjects)}
    like = current_app.extensions["like_taste"](me) if TASTE_MATCHING in agreed else []
    people = lines({*net.follows, *net.trusts, *net.followers, *(i for i, _words in like)}, me)
    page = NetworkPage(
        [Tied(people[i], _("what they say comes to your feed and counts in your lists"),
              url_for("people.follow", handle=people[i].handle))
         for i in net.follows if i in people],
        [Tied(people[i], _("on %(subjects)s since %(month)s: their word counts first there",
                           subjects=", ".join(names[s] for s in sorted(on) if s in names),
                           month=month(since)),
              url_for("people.untrust", handle=people[i].handle))
         for i, (on, since) in net.trusts.items() if i in people],
        [people[i] for i in net.followers if i in people],
        [(people[i], words) for i, words in like if i in people],
        TASTE_MATCHING in agreed, url_for("people.consent_matching"), WAY_TO_ORDER in agreed,
        url_for("people.consent_way"), url_for("recommend.taste"))
    return answer("people/network.html", page)


@pages.post("/account/network/matching", endpoint="consent_matching")
@signed_in
def consent_matching() -> Response:
    """Agree to be compared with others and named to them, or take it back."""
    return _consent(TASTE_MATCHING)


@pages.post("/account/network/way", endpoint="consent_way")
@signed_in
def consent_way() -> Response:
    """Agree to have clicks remembered for 30 days, or take it back: then they are gone."""
    return _consent(WAY_TO_ORDER)


def _consent(purpose: str) -> Response:
    with committing():
        if request.values.get("agree") == "yes":
            actions.give_consent(person_id(), purpose, "2026-11", "network")
        else:
            actions.withdraw_consent(person_id(), purpose)
    return back(url_for("people.network"))
