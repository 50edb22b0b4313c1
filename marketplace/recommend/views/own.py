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
    asks_url: str
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
    orders, again = outcomes_of(me)
    page = MinePage(
        [_made(row, known, said, _to_words(row, people, groups)) for row in made],
        [_received(row, known, said, people) for row in received],
        _total_words(orders, again),
        url_for("storefront.products"), url_for("recommend.asks", list="mine"),
        url_for("dialogue.new", about="/account/recommendations"))
    return answer("recommend/mine.html", page)


def _total_words(orders: int, again: int) -> str:
    """All that one's recommendations led to, in a sentence; none before the first purchase."""
    if not orders:
        return ""
    first = ngettext("%(num)s order came of your word.", "%(num)s orders came of your word.",
                     orders)
    more = ngettext("%(num)s time the same was bought again.",
                    "%(num)s times the same was bought again.", again) if again else ""
    return f"{first} {more}".strip()


def outcome_words(row: RecommendationRow) -> str:
    """What one recommendation led to; of a small circle only what somebody chose to tell."""
    told = ngettext("%(num)s person told you that they bought it",
                    "%(num)s people told you that they bought it", row.told) if row.told else ""
    if not row.exact:
        return told
    parts = [(row.opened, _("opened: %(num)s", num=row.opened)),
             (row.basket, _("in baskets: %(num)s", num=row.basket)),
             (row.orders, _("ordered: %(num)s", num=row.orders)),
             (row.reorders, _("ordered again: %(num)s", num=row.reorders))]
    return " · ".join(filter(None, [*(words for n, words in parts if n), told]))


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
    thanks = ngettext("%(num)s thanks", "%(num)s thanks", count) if count else ""
    return OwnRow(
        thing.title if thing else _("gone"), thing.url if thing else "", thing.by if thing else "",
        thing.picture if thing else None, None, to_words, day(row.made_at), row.reason, row.lang,
        outcome_words(row), thanks, url_for("recommend.withdraw", code=row.code), "", False)


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


@pages.post("/recommendations/<code>/bought")
@signed_in
@limiter.limit("120 per hour")
def bought(code: str) -> Response:
    """Tell the author that one bought it; nobody is told otherwise."""
    row = recommendation_by_code(code)
    if row is None or not shows_to(row, person_id()):
        raise NotFound(_("There is nothing at this address."))
    with committing():
        actions.tell_bought(code, person_id())
    flash(_("The author knows now; nobody else does."), "good")
    return back(url_for("recommend.suggestion", ref=f"r-{code}"))
