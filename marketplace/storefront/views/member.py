"""A member's public page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.bundles.queries import BundleRow, newest_of
from marketplace.catalog import queries as catalog
from marketplace.catalog.queries import ProductCard
from marketplace.foundation.errors import NotFound
from marketplace.foundation.kept import kept
from marketplace.groups import queries as groups
from marketplace.groups.queries import GroupCard
from marketplace.people.queries import (
    PersonLine,
    Profile,
    lines,
    moved_handle,
    net_of,
    profile,
    subjects,
)
from marketplace.recommend.queries import RecommendationRow, Suggestion, by_author
from marketplace.recommend.queries.taste import agreement
from marketplace.reviews.queries import ReviewRow, rated_cards, ratings_of_person
from marketplace.storefront.queries.cards import Around, bundle_cards, firsts, product_cards
from marketplace.storefront.queries.reviews import ReviewView, review_views
from marketplace.storefront.views import pages
from marketplace.web.access import viewer_id
from marketplace.web.answers import answer, redirected
from marketplace.web.formats import month
from marketplace.web.languages import current_lang
from marketplace.web.links import mint
from marketplace.web.page_cache import visitor_page
from marketplace.web.shapes import FollowTrust, Label, Reason, Share, Tombstone, share, sign_in_url


@dataclass(frozen=True, slots=True)
class Last:
    """The last recommendation with its reason."""

    title: str
    url: str
    picture: Any
    words: str
    lang: str
    occasion: str
    when: str


@dataclass(frozen=True, slots=True)
class MemberPage:
    """A member as the viewer may see them."""

    person: Profile
    since_words: str
    labels: Sequence[Label]
    region: str
    about: str
    about_lang: str
    shared: Sequence[str]
    follow: FollowTrust | None
    own_url: str
    last: Last | None
    thanks: Sequence[str]
    subjects: Sequence[tuple[str, str]]
    ratings: Sequence[Any]
    bundles: Sequence[Any]
    recommendations: Sequence[Any]
    groups: Sequence[tuple[str, str]]
    hidden_words: str
    block_url: str
    report_url: str
    share: Share
    state: Tombstone | None
    ratings_url: str = ""
    languages_words: str = ""
    mute_url: str = ""
    blocks: bool = False
    mutes: bool = False
    ties: Sequence[tuple[str, Sequence[PersonLine]]] = ()
    lists: Sequence[Any] = ()
    json_ld: str = ""


@pages.get("/members/<handle>")
@visitor_page
def member(handle: str) -> Response:
    """What this viewer may see of a person, and what the two share."""
    lang, me = current_lang(), viewer_id()
    who = profile(handle, me)
    if who is None and (moved := moved_handle(handle)):
        return redirected(url_for("storefront.member", handle=moved))
    if who is None:
        raise NotFound(_("There is nobody of this handle."))
    return answer("people/profile.html", _page(who, lang, me))


def _page(who: Profile, lang: str, me: int | None) -> MemberPage:
    given = by_author(who.id, me) if "recommendations" in who.shown else \
        [r for r in by_author(who.id, None) if r.audience == "all"]
    given = [row for row in given if row.thing == "product"]
    rows = ratings_of_person(who.id, lang, 8) if "ratings" in who.shown else []
    rows = [row for row in rows if (row.words and row.shown_as == "handle") or who.is_owner]
    own = newest_of(who.id, me, 3) if "bundles" in who.shown else []
    member_of = groups.of_person(who.id, lang, me) if "groups" in who.shown else []
    around = _around(given[:6], rows, own, lang, me)
    state = Tombstone(_("This account is suspended."), None, None,
                      url_for("moderation.log")) if who.state == "suspended" else None
    return MemberPage(
        person=who, since_words=_("here since %(month)s", month=month(who.joined_on)),
        labels=_labels(who), region=who.region or "", about=who.about or "", about_lang=who.lang,
        shared=_shared(who, member_of, lang, me), follow=_follow(who, lang, me),
        own_url=url_for("people.edit_profile") if who.is_owner else "",
        last=_last(given, around.goods, lang), thanks=_thanks(who),
        subjects=_knows(who, lang),
        ratings=_named(rows, around, me), bundles=bundle_cards(own, lang, me, around),
        recommendations=product_cards(
            [r.thing_id for r in given[:6]], lang, me, mint("member", who.handle),
            _spoken_for(given[:6], who.name), around),
        groups=[(g.name, g.url) for g in member_of],
        hidden_words="" if me or who.is_owner else _("Some fields are for members only."),
        block_url="" if who.is_owner or not me else url_for("people.block", handle=who.handle),
        blocks=who.tie.blocks, mutes=who.tie.mutes,
        mute_url="" if who.is_owner or not me else url_for("people.mute", handle=who.handle),
        languages_words=who.languages or "", ties=_ties(who, me),
        report_url="" if who.is_owner else url_for("moderation.report", kind="person",
                                                   ref=who.handle),
        share=share(who.name), state=state)


def _around(
    given: Sequence[RecommendationRow], rows: Sequence[ReviewRow], bundles: Sequence[BundleRow],
    lang: str, me: int | None,
) -> Around:
    """All goods and persons that this page names. Loads: 2 statements."""
    named = {row.person_id for row in rows} | {row.author_id for row in bundles}
    goods = {row.thing_id for row in given} | {row.product_id for row in rows} | firsts(bundles)
    return Around(*rated_cards(goods, lang), {}, lines({i for i in named if i}, me))


def _spoken_for(given: Sequence[RecommendationRow], name: str) -> Mapping[int, Suggestion]:
    """Each recommended product with its author as the reason: this page is about them."""
    return {row.thing_id: Suggestion(row.thing_id, 0.0, Reason(
        _("recommended by %(name)s", name=name), f"/suggestions/r-{row.code}", "person"))
        for row in given}


def _named(rows: Sequence[ReviewRow], around: Around, me: int | None) -> list[ReviewView]:
    """Reviews with the product they are about: on this page nothing else names it."""
    named = {i: (card.title, card.url) for i, card in around.goods.items()}
    return [replace(view, thing=named.get(row.product_id))
            for row, view in zip(rows, review_views(rows, me, around.people), strict=True)]


def _thanks(who: Profile) -> list[str]:
    """What others thank this person for, never counted by yes or no."""
    helpers, answers, ideas = who.thanks
    said = [(helpers, ngettext("helped %(num)s person", "helped %(num)s people", helpers)),
            (answers, ngettext("%(num)s answer", "%(num)s answers", answers)),
            (ideas, ngettext("%(num)s idea taken up", "%(num)s ideas taken up", ideas))]
    return [words for count, words in said if count]


def _knows(who: Profile, lang: str) -> list[tuple[str, str]]:
    """Subjects on which others trust this person, with the place to look around in."""
    known = {s.id: s for s in kept("subjects", subjects)}
    return [(known[i].name_de if lang == "de" else known[i].name_en,
             url_for("storefront.search", q=known[i].name_de if lang == "de"
                     else known[i].name_en)) for i in who.knows if i in known]


def _ties(who: Profile, me: int | None) -> list[tuple[str, Sequence[PersonLine]]]:
    """Whom they follow and trust, and who follows them, where they show it."""
    if not {"follows", "followers", "trusts"} & who.shown or who.is_owner:
        return []
    net = net_of(who.id, 12)
    people = lines({*net.follows, *net.followers, *net.trusts}, me)
    shown = [("follows", _("Follows"), net.follows),
             ("followers", _("Followed by"), net.followers),
             ("trusts", _("Trusts"), list(net.trusts))]
    return [(words, [people[i] for i in ids if i in people]) for field, words, ids in shown
            if field in who.shown and ids]


def _labels(who: Profile) -> list[Label]:
    return [(_("you"), "state")] if who.is_owner else []


def _shared(who: Profile, member_of: Sequence[GroupCard], lang: str, me: int | None) -> list[str]:
    """What the two have in common: agreement (if both agreed to that) and groups."""
    if me is None or who.is_owner or not who.may_see_more:
        return []
    said = []
    found = agreement(me, who.id)
    if found is not None and found.common:
        said.append(_("You agreed on %(same)s of %(both)s", same=found.same, both=found.common))
    both = [g.name for g in member_of or groups.of_person(who.id, lang, me) if g.role]
    if both:
        said.append(ngettext("You are both in %(names)s", "You are both in %(names)s", len(both),
                             names=", ".join(both[:3])))
    return said


def _follow(who: Profile, lang: str, me: int | None) -> FollowTrust | None:
    if who.is_owner:
        return None
    rows = [(s.slug, s.name_de if lang == "de" else s.name_en, s.id in who.tie.trusts)
            for s in kept("subjects", subjects)] if me else []
    return FollowTrust(
        url_for("people.follow", handle=who.handle), who.tie.follows, who.handle,
        url_for("people.trust", handle=who.handle) if me else "", rows, sign_in_url())


def _last(
    given: Sequence[RecommendationRow], goods: Mapping[int, ProductCard], lang: str
) -> Last | None:
    if not given or not given[0].reason:
        return None
    first = given[0]
    card = goods.get(first.thing_id)
    if card is None:
        return None
    occasion = catalog.occasions().get(first.occasion_id or 0)
    return Last(card.title, f"{card.url}?e={mint('recommendation', first.code)}", card.picture,
                first.reason, first.lang, occasion.name(lang) if occasion else "",
                month(first.made_at))
