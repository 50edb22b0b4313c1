"""Why am I shown this? The proof of one recommendation or of one computed suggestion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from marketplace.catalog.queries import occasions
from marketplace.foundation.errors import NotFound
from marketplace.groups.queries import names
from marketplace.orders.queries import ever_bought
from marketplace.people.queries import has_consent, lines
from marketplace.recommend.models import Recommendation
from marketplace.recommend.queries import (
    ThingView,
    explain,
    feedback_of,
    less_of,
    recommendation_by_code,
    shows_to,
    thanks_of,
    things,
    told_by,
    told_reason,
)
from marketplace.recommend.queries.stored import Peer, Reckoned
from marketplace.recommend.queries.taste import agreement
from marketplace.recommend.queries.words import honest_labels, reason_names
from marketplace.recommend.views import pages
from marketplace.reviews.queries import VerdictView, verdicts
from marketplace.reviews.queries.verdicts import NONE
from marketplace.web.access import person_id, viewer_id
from marketplace.web.answers import answer
from marketplace.web.formats import day
from marketplace.web.languages import current_lang
from marketplace.web.links import mint
from marketplace.web.readers import looked_at
from marketplace.web.shapes import Label, Reason, Share, nobody, share
from marketplace.web.sharing import passed_on

MOST_PEERS = 12


@dataclass(frozen=True, slots=True)
class Less:
    """Wanting fewer suggestions for one kind of reason, or having said so."""

    url: str
    kind: str
    words: str
    on: bool


@dataclass(frozen=True, slots=True)
class GivenPage:
    """One recommendation by a person."""

    thing: ThingView
    url: str
    verdict: VerdictView | None
    by: Any
    when: str
    reason: str
    lang: str
    occasion: str
    to_words: str
    labels: Sequence[Label]
    thanks_url: str
    thanked: bool
    bought_url: str
    told: bool
    withdraw_url: str
    change_url: str
    less: Less | None
    all_url: str
    share: Share | None
    report_url: str
    help_url: str


@dataclass(frozen=True, slots=True)
class ReckonedPage:
    """One computed suggestion: parts of its score, who speaks for it, the switches."""

    thing: ThingView
    url: str
    verdict: VerdictView
    reason: Reason | None
    parts: Sequence[tuple[str, int]]
    peers: Sequence[tuple[Any, str]]
    others_words: str
    consent: bool
    consent_url: str
    feedback_url: str
    said: Sequence[str]
    less: Less | None
    for_you_url: str
    ranking_url: str
    help_url: str


@pages.get("/suggestions/<ref>")
def suggestion(ref: str) -> Response:
    """The explanation: r-<code> of a recommendation, p-<product id> of a suggestion."""
    kind, _dash, rest = ref.partition("-")
    if kind == "r":
        return answer("recommend/given.html", _given(rest))
    if kind == "p" and rest.isdecimal() and len(rest) < 18:
        return answer("recommend/suggestion.html", _reckoned(int(rest)))
    raise NotFound(_("There is nothing at this address."))


def _given(code: str) -> GivenPage:
    """A recommendation for those it was meant for. Raises NotFound for all others."""
    row, me, lang = recommendation_by_code(code), viewer_id(), current_lang()
    if row is None or not shows_to(row, me):
        raise NotFound(_("There is nothing at this address."))
    thing = things([(row.thing, row.thing_id)], lang).get((row.thing, row.thing_id))
    if thing is None:
        raise NotFound(_("What was recommended here is gone."))
    if row.author_id != me:
        looked_at("view.recommendation", "recommendation", row.id)
    known, own = occasions().get(row.occasion_id or 0), row.author_id == me
    thanked = me is not None and thanks_of([code], me).get(code, (0, False))[1]
    slug = thing.url.rpartition("/")[2]
    return GivenPage(
        thing, f"{thing.url}?e={mint('recommendation', row.code)}",
        verdicts([thing.id]).get(thing.id, NONE) if thing.thing == "product" else None,
        lines({row.author_id}, me).get(row.author_id, nobody()), day(row.made_at), row.reason,
        row.lang, known.name(lang) if known else "", _to_words(row, me), _labels(row),
        "" if own or me is None else url_for("recommend.thank", code=code), thanked,
        _bought_url(row, me), me is not None and told_by(code, me),
        url_for("recommend.withdraw", code=code) if own and row.state == "visible" else "",
        url_for("recommend.change", code=code) if own and row.state == "visible" else "",
        _less(me, "person") if me is not None and not own else None,
        url_for("recommend.recommenders", thing=thing.thing, slug=slug)
        if thing.thing != "group" else "", _share(row, thing, own),
        url_for("moderation.report", kind="recommendation", ref=code),
        url_for("dialogue.new", about=thing.url))


def _less(me: int, kind: str) -> Less | None:
    """Fewer of this kind of reason, for who has suggestions of their own."""
    names = reason_names()
    if kind not in names or not current_user.suggestions_on:
        return None
    return Less(url_for("recommend.less"), kind, names[kind], kind in less_of(me))


def _share(row: Recommendation, thing: ThingView, own: bool) -> Share | None:
    """What may be passed on: only what everybody may read."""
    if row.audience != "all" or row.state != "visible":
        return None
    words = passed_on(row.reason, current_lang())
    said = _("I recommend %(title)s: “%(words)s”", title=thing.title, words=words) if own \
        else _("%(title)s is recommended: “%(words)s”", title=thing.title, words=words)
    return share(thing.title, said)


def _bought_url(row: Recommendation, me: int | None) -> str:
    """Where a reader who bought it may tell the author so."""
    if me is None or me == row.author_id or row.thing != "product":
        return ""
    had = me in ever_bought([me], row.thing_id)
    return url_for("recommend.bought", code=row.code) if had else ""


def _to_words(row: Recommendation, me: int | None) -> str:
    if row.audience == "person":
        return _("Only to you") if row.person_id == me else _("Only to one person")
    if row.audience == "group":
        found = names({row.group_id or 0}).get(row.group_id or 0)
        return _("To the members of %(name)s", name=found[1]) if found else _("To a group")
    return {"all": _("To everybody"), "members": _("To members")}[row.audience]


def _labels(row: Recommendation) -> list[Label]:
    if row.state != "visible":
        return [(_("taken back"), "state")]
    return honest_labels(row.relation, row.benefit, row.thing, row.bought)


def _reckoned(product_id: int) -> ReckonedPage:
    """Why this product stands in one's own suggestions. Raises NotSignedIn, NotFound."""
    me, lang = person_id(), current_lang()
    thing = things([("product", product_id)], lang).get(("product", product_id))
    if thing is None:
        raise NotFound(_("There is nothing at this address."))
    found = explain(me, product_id)
    peers = [peer for peer in found.peers if peer.weight > 0] if found else []
    people = lines({peer.person_id for peer in peers if peer.person_id}, me)
    named, reason = _named(me, found, peers, people), told_reason(me, lang, product_id, found)
    rest = len(peers) - len(named)
    return ReckonedPage(
        thing, f"{thing.url}?e={mint('suggestion', 'taste')}",
        verdicts([product_id]).get(product_id, NONE),
        reason if reason and not reason.url.startswith("/suggestions/p-") else None,
        _parts(found), named,
        ngettext("%(num)s more member speaks for it, without being named here",
                 "%(num)s more members speak for it, without being named here", rest)
        if rest else "", has_consent(me, "taste_matching"), url_for("people.consent_matching"),
        url_for("recommend.feedback", slug=thing.url.rpartition("/")[2]),
        [row.kind for row in feedback_of(me) if row.product_id == product_id],
        _less(me, reason.kind) if reason and found else None, url_for("storefront.for_you"),
        url_for("storefront.ranking"), url_for("dialogue.new", about=thing.url))


def _named(me: int, found: Reckoned | None, peers: Sequence[Peer], people: Mapping[int, Any]
           ) -> list[tuple[Any, str]]:
    """Who may be named and why they are heard; people of like taste agreed at least once."""
    said: list[tuple[Any, str]] = []
    for peer in peers:
        person = people.get(peer.person_id) if peer.person_id is not None else None
        if person is None or peer.person_id is None or len(said) == MOST_PEERS:
            continue
        if found is not None and found.from_ties:
            said.append((person, _("you follow or trust them")))
            continue
        both = agreement(me, peer.person_id)
        if both is not None and both.same:
            said.append((person, _("you agreed on %(same)s of %(both)s", same=both.same,
                                   both=both.common)))
    return said


def _parts(found: Reckoned | None) -> list[tuple[str, int]]:
    """The parts of the score in hundredths of the whole."""
    if found is None:
        return []
    rows = [(_("Taste"), found.taste_share), (_("People you follow or trust"), found.trust_share),
            (_("Everybody's verdict"), found.pop_share)]
    whole = sum(max(part, 0.0) for _words, part in rows)
    return [(words, round(100 * max(part, 0.0) / whole)) for words, part in rows] if whole else []
