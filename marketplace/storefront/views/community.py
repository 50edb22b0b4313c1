"""Groups: directory and pages, composed of several rooms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from marketplace.catalog import queries as catalog
<<<<<<< HEAD
from marketplace.dialogue.queries import newest_topics
from marketplace.dialogue.queries.cards import thread_cards
from marketplace.foundation.errors import NotFound
from marketplace.foundation.kept import kept
from marketplace.groups import queries as groups
from marketplace.groups.queries import GroupCard
from marketplace.groups.rules import how_to_enter, may_care, may_read, may_write, part_of
from marketplace.journal.actions import count
from marketplace.people.queries import lines, subjects
from marketplace.recommend.queries import ask_cards, asks_of_group
from marketplace.reviews.queries import verdicts
from marketplace.storefront.queries.cards import NONE, group_card, kind_words
from marketplace.storefront.queries.community import GroupPage, Join, PickCard, ranking_of
=======
from marketplace.catalog.queries.cards import PriceView
from marketplace.checkout.actions import clicked
from marketplace.dialogue.queries import comments_of
from marketplace.dialogue.queries.cards import comment_posts
from marketplace.journal.actions import count
from marketplace.people.queries import lines
from marketplace.storefront.queries.cards import (
    bundle_cards,
    bundle_vote,
)
from marketplace.storefront.queries.community import (
    BundlePage,
    bundle_rows,
    bundle_total,
)
>>>>>>> origin/main
from marketplace.storefront.views import pages
from marketplace.web.access import viewer_id
from marketplace.web.answers import answer
<<<<<<< HEAD
from marketplace.web.formats import month
from marketplace.web.forms import clean
=======
from marketplace.web.formats import day, money
>>>>>>> origin/main
from marketplace.web.languages import current_lang
from marketplace.web.links import mint
from marketplace.web.page_cache import visitor_page
from marketplace.web.paging import Pages, asked_page
<<<<<<< HEAD
from marketplace.web.shapes import PagerView, nobody, pager, share, sign_in_url
=======
from marketplace.web.shapes import (
    Composer,
    Facets,
    OrderLine,
    PagerView,
    nobody,
    pager,
    share,
)
>>>>>>> origin/main

A_PAGE = 12


@dataclass(frozen=True, slots=True)
<<<<<<< HEAD
class GroupsPage:
    """The directory of groups."""

    title: str
    count: int
    query: str
    tabs: Sequence[tuple[str, str, bool, int | None]]
    mine: Sequence[Any]
=======
class BundlesPage:
    """The directory of bundles."""

    title: str
    count: int
    chips: Sequence[tuple[str, str, bool]]
    order: OrderLine
    facets: Facets
>>>>>>> origin/main
    cards: Sequence[Any]
    pager: PagerView
    new_url: str
    empty_words: str
<<<<<<< HEAD


@pages.get("/groups", endpoint="groups")
@visitor_page
def groups_list() -> Response:
    """Groups by subject and words; own ones first."""
    lang, me, number = current_lang(), viewer_id(), asked_page(500)
    chosen, words = request.args.get("subject"), (clean(request.args.get("q", "")) or "")[:60]
    rows, total = groups.directory(lang, me, chosen, None, words, (number - 1) * A_PAGE, A_PAGE)
    tabs = [(_("All"), url_for("storefront.groups"), not chosen, None)]
    tabs += [(s.name_de if lang == "de" else s.name_en,
              url_for("storefront.groups", subject=s.slug), s.slug == chosen, None)
             for s in subjects()]
    mine = [group_card(card) for card in groups.of_person(me, lang, me)] if me else []
    page = GroupsPage(
        _("Groups"), total, words, tabs, mine, [group_card(card) for card in rows],
        pager(Pages(rows, number, A_PAGE, total)), url_for("groups.new"),
        _("No group for this yet. Found one; it takes two minutes."))
    return answer("groups/directory.html", page)


@pages.get("/groups/<slug>")
@visitor_page
def group(slug: str) -> Response:
    """What a group is, its pick, its talk, its ranking."""
    lang, me = current_lang(), viewer_id()
    card = groups.group_card(slug, lang, me)
    if card is None:
        raise NotFound(_("There is no such group here."))
    count("view.group", "group", card.id)
    return answer("groups/group.html", _group_page(card, lang, me))


def _group_page(card: GroupCard, lang: str, me: int | None) -> GroupPage:
    part = part_of(card.role, me is not None)
    reads = may_read(card.kind, part)
    topics = newest_topics(card.id, 12) if reads else []
    rules = kept(("rules of", card.id), lambda: groups.rules_of(card.id))
    lists = groups.lists_of(card.id) if reads else []
    asked = groups.open_requests(card.id) if may_care(part) else []
    members = groups.member_ids(card.id, 24) if reads and me else []
    people = lines({*members, *(row.author_id or 0 for row in topics)}, me)
    return GroupPage(
        name=card.name, purpose=card.purpose, lang=card.lang, kind_words=kind_words(card.kind),
        kind_hint={"open": _("everybody reads, members write"),
                   "closed": _("members read and write"),
                   "secret": _("only members know of it")}[card.kind],
        members=card.member_count, subject=card.subject, region=card.region, labels=(),
        not_reading=False, may_read=reads, join=_join(card, me),
        leave_url=url_for("groups.leave", slug=card.slug) if me else "",
        state_words="" if card.state == "alive" else _("This group rests."),
        tabs=[], pick=_pick(card, lang, me) if reads else None,
        topics=thread_cards(topics, me, people), topics_url="",
        new_topic_url=url_for("dialogue.new", about=card.url, kind="topic")
        if may_write(part) else "",
        ranking=kept(
            ("ranking", card.id, lang), lambda: ranking_of(card.id, lang)) if reads else [],
        ranking_url="",
        how_url=url_for("storefront.how_checked"),
        lists=[(entry.title, f"{card.url}/lists/{entry.id}", len(entry.items))
               for entry in lists],
        people=[people[i] for i in members if i in people], people_url="",
        care_url=url_for("groups.care", slug=card.slug) if may_care(part) else "",
        care_count=len(asked), rules=rules,
        share=share(card.name) if card.kind == "open" else None,
        report_url=url_for("moderation.report", kind="group", ref=card.slug),
        help_url=url_for("dialogue.new", about=card.url),
        lists_url=url_for("groups.new_list", slug=card.slug) if may_write(part) else "",
        picks_url=url_for("groups.picks", slug=card.slug) if reads else "",
        asks=ask_cards(asks_of_group(card.id, me), me) if me and card.role else [],
        ask_url=url_for("recommend.new_ask", group=card.slug) if may_write(part) else "")


def _join(card: GroupCard, me: int | None) -> Join:
    state = "in" if card.role else {"at_once": "may_join", "by_request": "may_ask",
                                    "by_invite": "none"}[how_to_enter(card.kind)]
    if state == "may_ask" and me is not None:
        known = groups.own_request(card.id, me)
        state = "asked" if known is not None and known.result is None else state
    return Join(url_for("groups.join", slug=card.slug), state,
                [("words", _("Why would you like to join?"))] if state == "may_ask" else [],
                sign_in_url())


def _pick(card: GroupCard, lang: str, me: int | None) -> PickCard | None:
    rows = groups.picks_of(card.id, 1)
    goods = catalog.cards([row.product_id for row in rows], lang)
    if not rows or rows[0].product_id not in goods:
        return None
    pick, product = rows[0], goods[rows[0].product_id]
    return PickCard(product.title, f"{product.url}?e={mint('group', card.slug[:40])}",
                    product.picture, pick.votes, pick.active,
                    month(date.fromisoformat(f"{pick.month}-01")), "", card.lang)


@pages.get("/groups/<slug>/lists/<int:list_id>")
@visitor_page
def group_list(slug: str, list_id: int) -> Response:
    """A shared list: each product with who put it there and why."""
    lang, me = current_lang(), viewer_id()
    card = groups.group_card(slug, lang, me)
    found = next((entry for entry in groups.lists_of(card.id) if entry.id == list_id),
                 None) if card else None
    if card is None or found is None or not may_read(card.kind, part_of(card.role, bool(me))):
        raise NotFound(_("There is no such list here."))
    goods = catalog.cards([item[0] for item in found.items], lang)
    people = lines([item[1] for item in found.items], me)
    said = verdicts(list(goods))
    source = mint("group", card.slug[:40])
    rows = [(goods[p], f"{goods[p].url}?e={source}", said.get(p, NONE),
             people.get(who, nobody()), why) for p, who, why in found.items if p in goods]
    page = {"title": found.title, "purpose": found.purpose, "group": (card.name, card.url),
            "rows": rows, "lang": card.lang,
            "add_url": url_for("groups.add", slug=slug, list_id=list_id) if card.role else ""}
    return answer("groups/list.html", page)
=======
    help_url: str
    challenge: Any = None
    feed_url: str = ""


@pages.get("/bundles", endpoint="bundles")
@visitor_page
def bundles_list() -> Response:
    """Bundles by votes or by date."""
    lang, me, number = current_lang(), viewer_id(), asked_page(500)
    order = request.args.get("order", "best")
    order = order if order in ("best", "new") else "best"
    known = {o.slug: o for o in catalog.occasions().values()}
    occasion = known.get(request.args.get("occasion", ""))
    followed = request.args.get("from") == "followed" and me is not None
    rows, total = bundles.listed(me, order, (number - 1) * A_PAGE, A_PAGE,
                                 occasion.id if occasion else None, followed=followed)
    chips = [(occasion.name(lang), url_for("storefront.bundles", order=order), True)] \
        if occasion else []
    page = BundlesPage(
        _("Bundles"), total, chips, OrderLine(
            _("votes") if order == "best" else _("newest"),
            [(_("votes"), url_for("storefront.bundles"), order == "best"),
             (_("newest"), url_for("storefront.bundles", order="new"), order == "new")],
            url_for("storefront.ranking"), "", False),
        Facets("/bundles", False, [("order", order)], _bundle_facets(lang, me, followed, occasion)),
        bundle_cards(rows, lang, me), pager(Pages(rows, number, A_PAGE, total)),
        url_for("bundles.new"), _("Nothing for this yet. Make the first one."),
        url_for("dialogue.new", about="/bundles"))
    return answer("bundles/directory.html", page)


def _bundle_facets(lang: str, me: int | None, followed: bool, chosen: Any) -> list[Any]:
    rows = [(o.slug, o.name(lang), None, chosen is not None and o.id == chosen.id)
            for o in list(catalog.occasions().values())[:14]]
    found: list[Any] = [(_("For what"), "occasion", rows)]
    if me:
        found.append((_("By whom"), "from", [("followed", _("people I follow"), None, followed)]))
    return found


@pages.get("/bundles/<slug>")
@visitor_page
def bundle(slug: str) -> Response:
    """One bundle: parts, prices, votes, comments, everything into the basket in one step."""
    lang, me = current_lang(), viewer_id()
    row = bundles.bundle_for(slug, me)
    count("view.bundle", "bundle", row.id)
    source = arrived_by()
    if source is not None:
        clicked((source.kind, source.ref), [i.product_id for i in row.items], me, basket_key())
    return answer("bundles/bundle.html", _bundle_page(row, lang, me))


def _bundle_page(row: BundleRow, lang: str, me: int | None) -> BundlePage:
    own_url = url_for("storefront.bundle", slug=row.slug)
    parts = bundle_rows(row, lang)
    people = lines([row.author_id] if row.author_id else [], me)
    occasion = catalog.occasions().get(row.occasion_id or 0)
    names = {"colour": _("colour"), "price": _("price"), "occasion": _("occasion"),
             "style": _("style"), "fits": _("fits together"),
             "does_not_fit": _("does not fit"), "choice": _("choice")}
    whole = all(item.available for item in row.items)
    return BundlePage(
        title=row.title, text=row.words, lang=row.lang, labels=(),
        occasion=occasion.name(lang) if occasion else "",
        author=people.get(row.author_id or 0, nobody()),
        when=day(row.published_at) if row.published_at else _("draft"),
        picture=parts[0].picture if parts else None, alt="", state=None, rows=parts,
        credits=[part.picture.credit for part in parts[:1] if part.picture and part.picture.credit],
        total=bundle_total(row, parts),
        basket_url=url_for("bundles.into_basket", slug=row.slug),
        basket_words=_("Everything into the basket") if whole else _("Choose what goes in"),
        source=mint("bundle", row.slug[:40]), vote=bundle_vote(row, me),
        reasons=[(names[reason], n) for reason, n in bundles.vote_reasons(row.id).items()],
        comments=comment_posts(comments_of(row.id), me),
        composer=Composer(url_for("dialogue.comment", slug=row.slug), _("Your comment"),
                          _("Say it"), locked="" if me else _("Sign in to comment.")),
        edit_url=url_for("bundles.edit", slug=row.slug) if me and me == row.author_id else "",
        recommend_url=url_for("recommend.recommend", thing="bundle", slug=row.slug)
        if row.state == "published" and row.visibility == "public" else "",
        share=share(row.title),
        report_url=url_for("moderation.report", kind="bundle", ref=row.slug),
        help_url=url_for("dialogue.new", about=own_url),
        price_words=money(row.price_minor), price=PriceView(row.price_minor, "EUR", None, "",
                                                            False))
>>>>>>> origin/main
