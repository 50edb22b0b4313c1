"""One's own recommendations: made, received, thanked, and what came of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.foundation.database import committing
from marketplace.foundation.errors import NotFound
from marketplace.groups.queries import names
from marketplace.people.queries import lines
from marketplace.recommend import actions
from marketplace.recommend.queries import (
    RecommendationRow,
    ThingView,
    by_author,
    outcomes_of,
    recommendation_by_code,
    shows_to,
    thanks_of,
    things,
    to_person,
)
from marketplace.recommend.views import pages
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, back
from marketplace.web.formats import day
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter
from marketplace.web.links import mint
from marketplace.web.shapes import nobody


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One recommendation, made or received."""

    title: str
    url: str
    by_words: str
    picture: Any
    by: Any
    to_words: str
    when: str
    reason: str
    lang: str
    outcome_words: str
    thanks_words: str
    withdraw_url: str
    thanks_url: str
    thanked: bool


@dataclass(frozen=True, slots=True)
class MinePage:
    """All of one's recommendations."""

    made: Sequence[OwnRow]
    received: Sequence[OwnRow]
    total_words: str
    products_url: str
    help_url: str


@pages.get("/account/recommendations")
@signed_in
def mine() -> Response:
    """What I recommended and what came of it; what was recommended to me."""
    me, lang = person_id(), current_lang()
    made, received = by_author(me, me), to_person(me)
    known = things({(row.thing, row.thing_id) for row in (*made, *received)}, lang)
    said = thanks_of([row.code for row in (*made, *received)], me)
    people = lines({*(r.person_id for r in made if r.person_id),
                    *(r.author_id for r in received)}, me)
    groups = names({row.group_id for row in made if row.group_id})
    orders, units = outcomes_of(me)
    page = MinePage(
        [_made(row, known, said, _to_words(row, people, groups)) for row in made],
        [_received(row, known, said, people) for row in received],
        ngettext("%(num)s piece was bought by your word, in %(orders)s orders.",
                 "%(num)s pieces were bought by your word, in %(orders)s orders.", units,
                 orders=orders) if units else "",
        url_for("storefront.products"), url_for("dialogue.new", about="/account/recommendations"))
    return answer("recommend/mine.html", page)


def _to_words(row: RecommendationRow, people: Mapping[int, Any], groups: Mapping[Any, Any]) -> str:
    if row.audience == "person":
        return _("to %(name)s", name=people.get(row.person_id or 0, nobody()).name)
    if row.audience == "group":
        return _("to %(name)s", name=groups[row.group_id][1]) if row.group_id in groups \
            else _("to a group")
    return {"all": _("to everybody"), "members": _("to members")}[row.audience]


def _made(row: RecommendationRow, known: Mapping[tuple[str, int], ThingView],
          said: Mapping[str, tuple[int, bool]], to_words: str) -> OwnRow:
    thing, count = known.get((row.thing, row.thing_id)), said.get(row.code, (0, False))[0]
    outcome = ngettext("%(num)s piece bought by it", "%(num)s pieces bought by it", row.units) \
        if row.units else ""
    thanks = ngettext("%(num)s thanks", "%(num)s thanks", count) if count else ""
    return OwnRow(
        thing.title if thing else _("gone"), thing.url if thing else "", thing.by if thing else "",
        thing.picture if thing else None, None, to_words, day(row.made_at), row.reason, row.lang,
        outcome, thanks, url_for("recommend.withdraw", code=row.code), "", False)


def _received(row: RecommendationRow, known: Mapping[tuple[str, int], ThingView],
              said: Mapping[str, tuple[int, bool]], people: Mapping[int, Any]) -> OwnRow:
    thing, thanked = known.get((row.thing, row.thing_id)), said.get(row.code, (0, False))[1]
    url = f"{thing.url}?e={mint('recommendation', row.code)}" if thing else ""
    return OwnRow(
        thing.title if thing else _("gone"), url, thing.by if thing else "",
        thing.picture if thing else None, people.get(row.author_id, nobody()), "",
        day(row.made_at), row.reason, row.lang, "", "", "",
        url_for("recommend.thank", code=row.code), thanked)


@pages.post("/recommendations/<code>/withdraw")
@signed_in
@limiter.limit("120 per hour")
def withdraw(code: str) -> Response:
    """Take one's recommendation back."""
    with committing():
        actions.withdraw(code, person_id())
    flash(_("It is taken back and stands nowhere any more."), "info")
    return back(url_for("recommend.mine"))


@pages.post("/recommendations/<code>/thanks")
@signed_in
@limiter.limit("120 per hour")
def thank(code: str) -> Response:
    """Say thanks for a recommendation one may read; twice is once."""
    row = recommendation_by_code(code)
    if row is None or not shows_to(row, person_id()):
        raise NotFound(_("There is nothing at this address."))
    with committing():
        actions.thank(code, person_id())
    flash(_("Your thanks are on their way."), "good")
    return back(url_for("recommend.suggestion", ref=f"r-{code}"))
