"""The directory of bundles, and the list that a group keeps of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Response, request, url_for
from flask_babel import gettext as _

from marketplace.bundles import queries as bundles
from marketplace.bundles.queries import running_challenge
from marketplace.bundles.queries.ordering import A_PAGE
from marketplace.catalog import queries as catalog
from marketplace.foundation.kept import kept
from marketplace.groups.queries import GroupCard, group_card, group_ids_of
from marketplace.groups.rules import may_care, part_of
from marketplace.storefront.queries.cards import bundle_cards
from marketplace.storefront.views import pages
from marketplace.storefront.views.bundle_files import feed_url
from marketplace.storefront.views.challenges import phase_words
from marketplace.web.access import viewer_id
from marketplace.web.answers import answer
from marketplace.web.languages import current_lang
from marketplace.web.page_cache import visitor_page
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import Facets, OrderLine, PagerView, pager


@dataclass(frozen=True, slots=True)
class ByHand:
    """How moderators order the list of their group; places: slug and place of each card, place 0 of
    what only its author sees there.
    """

    url: str
    group: str
    places: Sequence[tuple[str, int]]
    all: int
    made: bool


@dataclass(frozen=True, slots=True)
class BundlesPage:
    """The directory of bundles."""

    title: str
    count: int
    chips: Sequence[tuple[str, str, bool]]
    order: OrderLine
    facets: Facets
    cards: Sequence[Any]
    pager: PagerView
    new_url: str
    empty_words: str
    help_url: str
    challenge: Any = None
    polls_url: str = ""
    feed_url: str = ""
    by_hand: ByHand | None = None
    order_url: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the reader asked for: order, occasion, whose bundles, and of which group."""

    order: str
    occasion: Any
    source: str
    group: GroupCard | None
    by_hand: bool

    def url(self, **other: str) -> str:
        """The same list, changed in one thing; what is empty is left out."""
        asked = {"order": self.order, "from": self.source,
                 "occasion": self.occasion.slug if self.occasion else "", **other}
        return "/bundles?" + urlencode({k: v for k, v in asked.items() if v}, safe=":")

    @property
    def cares(self) -> bool:
        """Whether the reader looks after the group whose list it is."""
        return self.group is not None and may_care(part_of(self.group.role, True))


def _chosen(lang: str, me: int | None) -> Chosen:
    known = {o.slug: o for o in catalog.occasions().values()}
    source = request.args.get("from", "")
    source = source if me is not None or source == "offers" else ""
    group = _group_named(source, lang, me)
    by_hand = group is not None and bundles.has_group_order(group.id)
    orders = ("best", "new", "group") if group is not None else ("best", "new")
    order = request.args.get("order", "")
    order = order if order in orders else "group" if by_hand else "best"
    return Chosen(order, known.get(request.args.get("occasion", "")), source, group, by_hand)


@pages.get("/bundles", endpoint="bundles")
@visitor_page
def bundles_list() -> Response:
    """Bundles by votes or by date; of a group also in its own order."""
    lang, me, number = current_lang(), viewer_id(), asked_page(500)
    chosen = _chosen(lang, me)
    group, occasion, source = chosen.group, chosen.occasion, chosen.source
    rows, total = bundles.listed(me, chosen.order, (number - 1) * A_PAGE, A_PAGE,
                                 occasion.id if occasion else None, group.id if group else None,
                                 followed=source == "followed",
                                 groups=group_ids_of(me) if me and source == "groups" else None,
                                 offers=source == "offers")
    chips = [(occasion.name(lang), chosen.url(occasion=""), True)] if occasion else []
    if group:
        chips.append((group.name, url_for("storefront.bundles"), True))
    page = BundlesPage(
        _("Bundles"), total, chips, _order_line(chosen),
        Facets("/bundles", False, [("order", chosen.order), *([("from", source)] if group else [])],
               _bundle_facets(lang, me, chosen)),
        bundle_cards(rows, lang, me), pager(Pages(rows, number, A_PAGE, total)),
        url_for("bundles.new"), _("Nothing for this yet. Make the first one."),
        url_for("dialogue.new", about="/bundles"), feed_url=feed_url(),
        polls_url=url_for("bundles.polls"), challenge=_challenge(),
        by_hand=_by_hand(chosen, [row.slug for row in rows]),
        order_url=chosen.url(order="group", occasion="")
        if chosen.cares and chosen.order != "group" else "")
    return answer("bundles/directory.html", page)


def _order_line(chosen: Chosen) -> OrderLine:
    words = {"best": _("votes"), "new": _("newest"), "group": _("order of the group")}
    orders = ("group", "best", "new") if chosen.by_hand or chosen.order == "group" \
        else ("best", "new")
    return OrderLine(words[chosen.order], [
        (words[one], chosen.url(order=one), one == chosen.order) for one in orders],
        url_for("storefront.ranking"), "", False)


def _by_hand(chosen: Chosen, slugs: Sequence[str]) -> ByHand | None:
    """What moderators move; nothing while the list is narrowed to an occasion."""
    group = chosen.group
    if group is None or not chosen.cares or chosen.order != "group" or chosen.occasion:
        return None
    places = {row.slug: place for place, row in enumerate(
        bundles.in_group_order(group.id), start=1)}
    return ByHand(url_for("bundles.order_group", slug=group.slug), group.name,
                  [(slug, places.get(slug, 0)) for slug in slugs], len(places), chosen.by_hand)


def _group_named(source: str, lang: str, me: int | None) -> GroupCard | None:
    """The group whose shared list is asked for, for its members; None for everybody else.

    Loads: 1 statement where one is named.
    """
    kind, _colon, slug = source.partition(":")
    card = group_card(slug[:60], lang, me) if kind == "group" and me is not None else None
    return card if card is not None and card.role else None


def _challenge() -> tuple[str, str, str] | None:
    """The challenge that runs: theme, address, time left. Loads: 1 statement a minute."""
    row = kept("running challenge", running_challenge)
    return (row.theme, row.url, phase_words(row)) if row else None


def _bundle_facets(lang: str, me: int | None, chosen: Chosen) -> list[Any]:
    source = chosen.source
    rows = [(o.slug, o.name(lang), None, chosen.occasion is not None
             and o.id == chosen.occasion.id) for o in list(catalog.occasions().values())[:14]]
    if chosen.group is not None:
        return [(_("For what"), "occasion", rows)]
    makers = [("offers", _("of producers, or with a set price"), None, source == "offers")]
    if me:
        makers = [("followed", _("people I follow"), None, source == "followed"),
                  ("groups", _("my groups"), None, source == "groups"), *makers]
    return [(_("For what"), "occasion", rows), (_("By whom"), "from", makers)]
