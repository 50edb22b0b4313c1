"""The directory of producers; every filter is a link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from marketplace.people.queries import subjects
from marketplace.producers import queries as producers
from marketplace.producers.queries import Wanted
from marketplace.reviews import queries as reviews
from marketplace.storefront.queries.cards import NONE, producer_card
from marketplace.storefront.queries.directory import known_in_groups, reasons_of
from marketplace.storefront.views import pages
from marketplace.storefront.views.filters import with_
from marketplace.web.access import viewer_id
from marketplace.web.answers import answer
from marketplace.web.forms import clean
from marketplace.web.languages import current_lang
from marketplace.web.page_cache import visitor_page
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import PagerView, Tab, pager, sign_in_url

A_PAGE, LONGEST = 12, 80


@dataclass(frozen=True, slots=True)
class DirectoryPage:
    """Producers with what narrows them: `ways` can be chosen, `chosen` can be taken away."""

    title: str
    count: int
    tabs: Sequence[Tab]
    ways: Sequence[tuple[str, str, bool]]
    region: str
    regions: Sequence[tuple[str, str, int, bool]]
    chosen: Sequence[tuple[str, str, bool]]
    cards: Sequence[Any]
    pager: PagerView
    empty_words: str
    empty_way: tuple[str, str] | None


@pages.get("/producers", endpoint="producers")
@visitor_page
def producers_list() -> Response:
    """Producers by name; by trade, region, answers, and the knowledge of one's groups if asked."""
    lang, me, page = current_lang(), viewer_id(), asked_page(1000)
    known = known_in_groups(me) if me else {}
    asked = _asked()
    wanted = replace(asked, among=frozenset(known)) if _of_groups() else asked
    rows, total = producers.directory(lang, wanted, (page - 1) * A_PAGE, A_PAGE)
    said = reviews.producer_verdicts([card.id for card in rows])
    why = reasons_of(rows, known)
    cards = [replace(producer_card(card, said.get(card.id, NONE)), reason=why[card.id])
             for card in rows]
    named = {one.slug: one.name_de if lang == "de" else one.name_en for one in subjects()}
    regions = producers.regions(replace(wanted, region=""))
    there = {name for name, _count in regions}
    if wanted.region and wanted.region not in there:
        there = {name for name, _count in producers.regions(Wanted(region=wanted.region))}
    words, way = _empty(wanted, me)
    return answer("producers/directory.html", DirectoryPage(
        _("Producers"), total, _tabs(named, wanted.subject), _ways(wanted, me), wanted.region,
        [(name, with_(region=name), count, name == wanted.region) for name, count in regions],
        _chosen(wanted, named, there), cards,
        pager(Pages(cards, page, A_PAGE, total)), words, way))


def _of_groups() -> bool:
    return request.args.get("known") == "groups"


def _asked() -> Wanted:
    given = {name: (clean(request.args.get(name, "")) or "")[:LONGEST]
             for name in ("subject", "region", "answers")}
    return Wanted(given["subject"], given["region"], given["answers"] == "day")


def _tabs(named: dict[str, str], chosen: str) -> list[Tab]:
    return [(_("All"), with_(subject=None), not chosen, None),
            *((words, with_(subject=slug), slug == chosen, None)
              for slug, words in named.items())]


def _ways(wanted: Wanted, me: int | None) -> list[tuple[str, str, bool]]:
    """Yes or no: each link turns its filter on, or off again."""
    rows = [(_("answers within a day"), with_(answers=None if wanted.quick else "day"),
             wanted.quick)]
    if me is not None or _of_groups():
        on = _of_groups()
        rows.append((_("my groups know them"), with_(known=None if on else "groups"), on))
    return rows


def _chosen(wanted: Wanted, named: dict[str, str], regions: set[str]
            ) -> list[tuple[str, str, bool]]:
    """What was asked for and is no way of its own: a region, or something nobody knows."""
    rows = []
    if wanted.region:
        rows.append((wanted.region, with_(region=None), wanted.region in regions))
    if wanted.subject and wanted.subject not in named:
        rows.append((wanted.subject, with_(subject=None), False))
    return rows


def _empty(wanted: Wanted, me: int | None) -> tuple[str, tuple[str, str] | None]:
    """What an empty list says, and the way out."""
    everybody = (_("Show all producers"), url_for("storefront.producers"))
    if _of_groups() and me is None:
        return _("Sign in to see whom your groups know."), (_("Sign in"), sign_in_url())
    if _of_groups() and not wanted.among:
        return (_("None of your groups has picked or listed anything yet."),
                (_("To the groups"), url_for("storefront.groups")))
    if wanted.quick or wanted.region or wanted.among is not None:
        return _("Nobody fits all of this. Take one of the filters away."), everybody
    return _("Nobody of this trade yet. Do you make something yourself?"), None
