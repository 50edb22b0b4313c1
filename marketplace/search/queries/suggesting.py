"""Suggestions while somebody types: words, goods, houses, groups, solved threads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from marketplace.adapters.doors import doors
from marketplace.adapters.fulltext.contract import (
    Filters,
    Form,
    IndexMissing,
    OneOf,
    Query,
    Wanted,
)
from marketplace.foundation.meters import timed
from marketplace.search.queries.learnt import learnt, searched_before
from marketplace.search.rules import analysis, completing, ranking
from marketplace.search.rules.audiences import Audience

MOST_WORDS, MOST_PAST, LOOKED_AT, BEGINS = 3, 2, 10, 3
GIVEN: Mapping[str, int] = {"product": 3, "producer": 2, "group": 1, "thread": 1}
"""How many of each kind at most, in this order."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """Words to search for, and ids of things by kind, best first."""

    words: Sequence[str]
    ids: Mapping[str, Sequence[int]]


NOTHING = Suggested((), {})


@timed("completion")
def suggest(typed: str, viewer: Audience) -> Suggested:
    """What may be meant by what is typed so far, of what this viewer may find. Loads: none."""
    done, begun = completing.beginning(typed[: analysis.LONGEST_QUERY])
    if len(begun) + len(done) < 2:
        return NOTHING
    try:
        return _suggest(doors().fulltext, done, begun, viewer)
    except IndexMissing:
        return NOTHING


def _suggest(engine: Any, done: str, begun: str, viewer: Audience) -> Suggested:
    known, _words = learnt(engine)
    ends = completing.read(engine.suggest(begun, LOOKED_AT)) if begun else []
    query = _query(done, begun, ends, known)
    ids = {kind: _ids(engine, query, kind, most, viewer) for kind, most in GIVEN.items()}
    whole = [f"{done} {end}".strip() for end in ends]
    words = [one for one in whole if not done or _finds(engine, one, known)]
    typed = f"{done} {begun}".strip()
    past = [one for one in searched_before(engine).of(typed, LOOKED_AT)
            if one != typed and _finds(engine, one, known)][:MOST_PAST]
    return Suggested(_once([*past, *words])[:MOST_WORDS], ids)


def _once(words: Sequence[str]) -> list[str]:
    """Words without doubles; of those that fold alike the later, which is written as in titles."""
    best = {analysis.fold(one): one for one in words}
    return list(best.values())


def _query(done: str, begun: str, ends: Sequence[str], known: ranking.Whole) -> Query:
    """All finished words, and any word that begins like the last one."""
    query = ranking.query(done, known, ranking=replace(ranking.STANDARD, enough=0))
    if not begun:
        return query
    forms = [Form((analysis.stem(begun),))]
    for end in ends:
        found = tuple(analysis.stem(word) for word in analysis.tokens(end))
        forms.append(Form(found))
    last = Wanted(begun, tuple(dict.fromkeys(form for form in forms if form.words)))
    return replace(query, wanted=(*query.wanted, last), whole="", neighbours=())


def _ids(engine: Any, query: Query, kind: str, most: int, viewer: Audience) -> list[int]:
    must = [*viewer.must(), OneOf("kind", frozenset((kind,)))]
    if kind == "thread":
        must.append(OneOf("attribute", frozenset(("state=solved", "state=answered"))))
    hits = engine.find(query, Filters(tuple(must), tuple(viewer.must_not())), "relevance",
                       most).hits
    return [int(hit.id.partition(":")[2]) for hit in hits]


def _finds(engine: Any, words: str, known: ranking.Whole) -> bool:
    """Whether something public has all these words: nobody is sent to an empty page."""
    asked = ranking.query(words, known, ranking=replace(ranking.STANDARD, enough=0))
    public = OneOf("visibility", frozenset(("public",)))
    return bool(engine.find(asked, Filters((public,)), "relevance", 1).total)


def similar(words: str, most: int = 5) -> list[str]:
    """Words of the index that begin like those that found nothing. Loads: none."""
    engine, found = doors().fulltext, dict[str, None]()
    try:
        for word in analysis.tokens(words)[:6]:
            begun = word[: max(BEGINS, len(word) - 3)]
            if len(word) >= BEGINS and not analysis.is_function_word(word):
                found.update(dict.fromkeys(completing.read(engine.suggest(begun, LOOKED_AT))))
    except IndexMissing:
        return []
    return [one for one in found if analysis.fold(one) != analysis.fold(words)][:most]
