"""The editor of words that mean the same, with what a pair would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.catalog.queries import cards
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid
from marketplace.search.actions import add_pair, check_pair, end_pair
from marketplace.search.queries import Asked, find
from marketplace.search.queries.pairs import pairs_in_force
from marketplace.search.rules.synonyms import Pair
from marketplace.search.views import pages
from marketplace.web.access import operators_only, person_id
from marketplace.web.answers import answer, see_other
from marketplace.web.forms import clean, sent
from marketplace.web.languages import current_lang

SHOWN = 5
NO_FAULTS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Change:
    """What one side finds now and would find; titles of the first goods then."""

    words: str
    before: int
    after: int
    titles: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PairPage:
    """A pair being written, and what it would change."""

    words: str
    other: str
    lang: str
    both: bool
    always: bool
    faults: Mapping[str, str]
    changes: Sequence[Change]
    back_url: str


@pages.get("/operator/search/pairs", endpoint="pairs")
@operators_only
def pairs() -> Response:
    """Words on two sides; with both, what would be found."""
    args = request.args
    pair = Pair(_said(args.get("words", "")), _said(args.get("other", "")),
                args.get("both", "" if args.get("other") else "1") == "1",
                args.get("always") == "1", args.get("lang", ""))
    if not pair.other:
        return _page(pair)
    try:
        check_pair(pair)
    except Invalid as refused:
        return _page(pair, refused.faults)
    return _page(pair, changes=_changes(pair))


def _said(typed: str) -> str:
    return " ".join((clean(typed) or "").split())[:80]


def _page(pair: Pair, faults: Mapping[str, str] = NO_FAULTS, changes: Sequence[Change] = ()
          ) -> Response:
    return answer("search/pairs.html", PairPage(
        pair.words, pair.other, pair.lang, pair.both_ways, pair.always, faults, changes,
        url_for("search.operator")), 422 if faults else 200)


def _changes(pair: Pair) -> list[Change]:
    """Both sides before and after. Loads: at most 4 statements."""
    lang, sides = current_lang(), (pair.words, pair.other)
    known, found = tuple(pairs_in_force()), []
    for words in sides if pair.both_ways else sides[:1]:
        asked = Asked(words=words, lang=pair.lang or lang, plain=True)
        before = find(replace(asked, pairs=known), 0)
        after = find(replace(asked, pairs=(*known, pair)), SHOWN)
        goods = cards(after.ids, lang)
        found.append(Change(words, before.total, after.total, [
            (goods[i].title, goods[i].url) for i in after.ids if i in goods]))
    return found


@pages.post("/operator/search/pairs", endpoint="add_pair")
@operators_only
def add_pair_post() -> Response:
    """Keep a pair."""
    body, me = sent(), person_id()
    pair = Pair(_said(str(body.get("words", ""))), _said(str(body.get("other", ""))),
                body.get("both") == "1", body.get("always") == "1", str(body.get("lang", ""))[:2])
    db.session.rollback()
    try:
        with committing():
            add_pair(me, pair)
    except Invalid as refused:
        return _page(pair, refused.faults)
    flash(_("From now on “%(words)s” finds “%(other)s” too.", words=pair.words,
            other=pair.other), "good")
    return see_other(url_for("search.operator") + "#pairs")


@pages.post("/operator/search/pairs/<int:pair_id>/end", endpoint="end_pair")
@operators_only
def end_pair_post(pair_id: int) -> Response:
    """End a pair; it stays in the list of what was."""
    me = person_id()
    db.session.rollback()
    with committing():
        end_pair(me, pair_id)
    return see_other(url_for("search.operator") + "#pairs")
