"""Who recommends a thing, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.catalog.queries import occasions
from marketplace.groups.queries import names
from marketplace.people.queries import lines
from marketplace.recommend import queries
from marketplace.recommend.queries import Recommender, ThingView
from marketplace.recommend.queries.words import honest_labels
from marketplace.recommend.views.giving import for_each_thing, known_thing
from marketplace.web.access import viewer_id
from marketplace.web.answers import answer
from marketplace.web.formats import month
from marketplace.web.languages import current_lang
from marketplace.web.page_cache import visitor_page
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import Label, PagerView, nobody, pager

A_PAGE = 20


@dataclass(frozen=True, slots=True)
class GivenRow:
    """One recommendation in the list of a thing."""

    url: str
    by: Any
    context: str
    reason: str
    lang: str
    occasion: str
    labels: Sequence[Label]


@dataclass(frozen=True, slots=True)
class RecommendersPage:
    """Everybody who recommends a thing, as this viewer may know."""

    thing: ThingView
    count_words: str
    rows: Sequence[GivenRow]
    pager: PagerView
    recommend_url: str
    help_url: str


@for_each_thing("recommendations", endpoint="recommenders", methods=["GET"])
@visitor_page
def recommenders(thing: str, slug: str) -> Response:
    """Trusted people first, then those one follows and one's groups, then the newest."""
    found, me, number = known_thing(thing, slug), viewer_id(), asked_page(500)
    told = queries.recommenders(thing, [found.id], me).get(found.id, [])
    shown = told[(number - 1) * A_PAGE:number * A_PAGE]
    people = lines({row.author_id for row in shown}, me)
    groups = names({row.group_id for row in shown if row.group_id})
    page = RecommendersPage(
        found, ngettext("%(num)s recommendation", "%(num)s recommendations", len(told)),
        [_row(row, thing, people, groups) for row in shown],
        pager(Pages(shown, number, A_PAGE, len(told))),
        url_for("recommend.recommend", thing=thing, slug=slug),
        url_for("dialogue.new", about=found.url))
    return answer("recommend/recommenders.html", page)


def _row(row: Recommender, thing: str, people: Any, groups: Any) -> GivenRow:
    labels: list[Label] = []
    if row.trusted:
        labels.append((_("you trust them"), "relation"))
    elif row.followed:
        labels.append((_("you follow them"), "relation"))
    labels += honest_labels(row.relation, row.benefit, thing, row.bought)
    known = occasions().get(row.occasion_id or 0)
    context = month(row.made_at)
    if row.group_id in groups:
        context = f"{groups[row.group_id][1]}, {context}"
    return GivenRow(
        url_for("recommend.suggestion", ref=f"r-{row.code}"), people.get(row.author_id, nobody()),
        context, row.reason, row.lang, known.name(current_lang()) if known else "", labels)
