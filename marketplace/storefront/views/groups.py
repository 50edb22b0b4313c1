"""Groups: the directory, a group's page, its ranking and its lists, composed of several rooms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _

from marketplace.catalog import queries as catalog
from marketplace.dialogue.queries import Topics, topics_for
from marketplace.dialogue.queries.cards import thread_cards
from marketplace.foundation.errors import Gone, NotFound
from marketplace.foundation.kept import kept
from marketplace.groups import queries as groups
from marketplace.groups.queries import GroupCard
from marketplace.groups.queries.words import (
    kind_name,
    proposal_url,
    seats_words,
    tabs_of,
    title_of,
    when_of,
    when_words,
)
from marketplace.groups.rules import how_to_enter, may_care, may_read, may_write, part_of
from marketplace.groups.rules.succession import end_of
from marketplace.people.queries import lines, subjects
from marketplace.recommend.queries import ask_cards, asks_of_group
from marketplace.storefront.queries.cards import group_card, kind_words
from marketplace.storefront.queries.community import GroupPage, Join, PickCard, ranking_of
from marketplace.storefront.views import pages
from marketplace.web.access import viewer_id
from marketplace.web.answers import answer
from marketplace.web.formats import day, month
from marketplace.web.forms import clean
from marketplace.web.languages import LANGS, current_lang
from marketplace.web.links import mint
from marketplace.web.page_cache import visitor_page
from marketplace.web.paging import Pages, asked_page
from marketplace.web.readers import looked_at
from marketplace.web.shapes import PagerView, pager, share, sign_in_url

A_PAGE = 12


@dataclass(frozen=True, slots=True)
class GroupsPage:
    """The directory of groups."""

    title: str
    count: int
    query: str
    tabs: Sequence[tuple[str, str, bool, int | None]]
    mine: Sequence[Any]
    cards: Sequence[Any]
    pager: PagerView
    new_url: str
    empty_words: str
    langs: Sequence[tuple[str, str]]
    lang: str
    tags: Sequence[tuple[str, str]]
    tag: str
    subject: str
    mine_url: str


@pages.get("/groups", endpoint="groups")
@visitor_page
def groups_list() -> Response:
    """Groups by subject and words; own ones first."""
    lang, me, number = current_lang(), viewer_id(), asked_page(500)
    chosen, words = request.args.get("subject"), (clean(request.args.get("q", "")) or "")[:60]
    said_in, tag = request.args.get("spoken", ""), request.args.get("tag", "")
    tags = kept("group tags", groups.tags_known)
    rows, total = groups.directory(
        lang, me, chosen, said_in if said_in in LANGS else None, words, (number - 1) * A_PAGE,
        A_PAGE, tag if tag in {one.slug for one in tags} else None)
    tabs = [(_("All"), url_for("storefront.groups"), not chosen, None)]
    tabs += [(s.name_de if lang == "de" else s.name_en,
              url_for("storefront.groups", subject=s.slug), s.slug == chosen, None)
             for s in subjects()]
    mine = [group_card(card) for card in groups.of_person(me, lang, me)] if me else []
    page = GroupsPage(
        _("Groups"), total, words, tabs, mine, [group_card(card) for card in rows],
        pager(Pages(rows, number, A_PAGE, total)), url_for("groups.new"),
        _("No group for this yet. Found one; it takes two minutes."),
        [("", _("all languages")), ("de", "Deutsch"), ("en", "English")], said_in,
        [("", _("all tags")), *((t.slug, t.name_de if lang == "de" else t.name_en)
                                for t in tags)], tag, chosen or "",
        url_for("groups.mine") if me else "")
    return answer("groups/directory.html", page)


@pages.get("/groups/<slug>")
@visitor_page
def group(slug: str) -> Response:
    """What a group is, its pick, its talk, its ranking."""
    lang, me = current_lang(), viewer_id()
    card = groups.group_card(slug, lang, me)
    if card is None:
        raise NotFound(_("There is no such group here."))
    if card.state == "ended":
        raise Gone(_("This group has ended. What its members wrote is theirs; they could take it "
                     "along."))
    looked_at("view.group", "group", card.id)
    return answer("groups/group.html", _group_page(card, lang, me))


def _group_page(card: GroupCard, lang: str, me: int | None) -> GroupPage:
    part = part_of(card.role, me is not None)
    reads = may_read(card.kind, part)
    talk = topics_for(card, me, 12) if reads else Topics([], None)
    rules = kept(("rules of", card.id), lambda: groups.rules_of(card.id))
    lists = groups.lists_of(card.id) if reads else []
    asked = groups.open_requests(card.id) if may_care(part) else []
    members = groups.member_ids(card.id, 24) if reads and me else []
    people = lines({*members, *(row.author_id or 0 for row in talk.rows)}, me)
    return GroupPage(
        name=card.name, purpose=card.purpose, lang=card.lang, kind_words=kind_words(card.kind),
        kind_hint={"open": _("everybody reads, members write"),
                   "closed": _("members read and write"),
                   "secret": _("only members know of it")}[card.kind],
        members=card.member_count, subject=card.subject, region=card.region, labels=(),
        not_reading=card.producers == "not_reading", may_read=reads, join=_join(card, me),
        leave_url=url_for("groups.leave", slug=card.slug) if me else "",
        state_words=_state_words(card),
        wake_url=f"{card.url}/proposals" if card.role and card.state == "resting" else "",
        tabs=tabs_of(card, "talk") if reads else [], pick=_pick(card, lang, me) if reads else None,
        topics=thread_cards(talk.rows, me, people),
        topics_url=url_for("storefront.group_topics", slug=card.slug) if talk.after else "",
        new_topic_url=url_for("dialogue.new", about=card.url, kind="topic")
        if may_write(part) and card.state == "alive" else "",
        ranking=kept(
            ("ranking", card.id, lang), lambda: ranking_of(card.id, lang)) if reads else [],
        ranking_url=f"{card.url}/ranking", how_url=url_for("storefront.how_checked"),
        lists=[(entry.title, f"{card.url}/lists/{entry.id}", len(entry.items))
               for entry in lists],
        people=[people[i] for i in members if i in people],
        people_url=url_for("groups.people", slug=card.slug) if me and reads else "",
        care_url=url_for("groups.care", slug=card.slug) if may_care(part) else "",
        care_count=len(asked), rules=rules,
        share=share(card.name) if card.kind == "open" else None,
        report_url=url_for("moderation.report", kind="group", ref=card.slug),
        help_url=url_for("dialogue.new", about=card.url),
        lists_url=url_for("groups.new_list", slug=card.slug) if may_write(part) else "",
        bundles_url=f"/bundles?from=group:{card.slug}" if card.role else "",
        picks_url=url_for("groups.picks", slug=card.slug) if reads else "",
        proposals=kept(("proposals", card.id, lang), lambda: _to_decide(card))
        if card.role else [],
        open_older_url=url_for("groups.open_older", slug=card.slug)
        if me and card.role and card.opened_at and me not in groups.opened_by(card.id) else "",
        rules_url=url_for("groups.proposals", slug=card.slug) if reads else "",
        dates=kept(("dates", card.id, lang), lambda: _next_dates(card))
        if card.kind == "open" else [],
        dates_url=url_for("groups.dates", slug=card.slug),
        feed_url=f"{card.url}/feed.atom" if card.kind == "open" else "",
        asks=ask_cards(asks_of_group(card.id, me), me) if me and card.role else [],
        ask_url=url_for("recommend.new_ask", group=card.slug) if may_write(part) else "")


def _to_decide(card: GroupCard) -> list[tuple[str, str, str]]:
    return [(title_of(row), proposal_url(card, row.id), when_of(row))
            for row in groups.open_proposals(card.id)]


def _next_dates(card: GroupCard) -> list[tuple[str, str, str, str]]:
    return [(row.title, when_words(row), f"/dates/{row.id}", seats_words(row))
            for row in groups.calendar(None, group_id=card.id, limit=3)]


def _join(card: GroupCard, me: int | None) -> Join:
    state = "in" if card.role else {"at_once": "may_join", "by_request": "may_ask",
                                    "by_invite": "none"}[how_to_enter(card.kind)]
    if state == "may_ask" and me is not None:
        known = groups.own_request(card.id, me)
        state = "asked" if known is not None and known.result is None else state
    return Join(url_for("groups.join", slug=card.slug), state,
                _questions(card) if state == "may_ask" else [],
                sign_in_url())


def _questions(card: GroupCard) -> list[tuple[str, str]]:
    """What is asked of those who want in, with the name of each field."""
    return [(f"words_{i}", words) for i, words in enumerate(card.questions.splitlines())] or [
        ("words", _("Why would you like to join?"))]


def _state_words(card: GroupCard) -> str:
    if card.ends_at is not None:
        return _("This group ends on %(day)s. Its moderators can take everything along.",
                 day=day(end_of(card.ends_at)))
    if card.next_kind and card.next_kind_at:
        return _("From %(day)s on this group is %(kind)s.", day=day(card.next_kind_at),
                 kind=kind_name(card.next_kind))
    return "" if card.state == "alive" else _(
        "This group rests: everything can be read, nothing new begins. A member who stands for "
        "election wakes it.")


def _pick(card: GroupCard, lang: str, me: int | None) -> PickCard | None:
    rows = groups.picks_of(card.id, 1)
    goods = catalog.cards([row.product_id for row in rows], lang)
    if not rows or rows[0].product_id not in goods:
        return None
    pick, product = rows[0], goods[rows[0].product_id]
    return PickCard(product.title, f"{product.url}?e={mint('group', card.slug[:40])}",
                    product.picture, pick.votes, pick.active,
                    month(date.fromisoformat(f"{pick.month}-01")), "", card.lang)


@pages.get("/groups/<slug>/feed.atom")
@visitor_page
def group_feed(slug: str) -> Response:
    """The newest topics of an open group; closed and secret ones have no feed."""
    card = groups.group_card(slug, current_lang(), None)
    if card is None or card.kind != "open" or card.state == "ended":
        raise NotFound(_("There is nothing at this address."))
    rows = [row for row in topics_for(card, None, 20).rows if row.visibility == "public"]
    page = {"name": card.name, "purpose": card.purpose, "lang": card.lang, "url": card.url,
            "updated": card.last_act_at, "rows": rows}
    return Response(render_template("groups/feed.xml", page=page),
                    mimetype="application/atom+xml")


@pages.get("/groups/<slug>/ranking")
@visitor_page
def group_ranking(slug: str) -> Response:
    """What members would buy again, from five answers on, with how it is computed."""
    lang, me = current_lang(), viewer_id()
    card = groups.group_card(slug, lang, me)
    if card is None or not may_read(card.kind, part_of(card.role, bool(me))):
        raise NotFound(_("There is no such group here."))
    page = {"group": (card.name, card.url), "lang": card.lang, "tabs": tabs_of(card, "ranking"),
            "rows": kept(("ranking", card.id, lang, 50), lambda: ranking_of(card.id, lang, 50)),
            "how_url": url_for("storefront.how_checked")}
    return answer("groups/ranking.html", page)
