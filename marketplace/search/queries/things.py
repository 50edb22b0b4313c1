"""Finding people, producers, groups, bundles and threads: how many of each, and one kind's page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, or_, select

from marketplace.adapters.doors import doors
from marketplace.adapters.fulltext.contract import Filters, IndexMissing, OneOf, Query
from marketplace.foundation.database import db
from marketplace.search.models import SearchDocument
from marketplace.search.queries.learnt import learnt
from marketplace.search.rules import analysis, ranking, spelling
from marketplace.search.rules.audiences import Audience

KINDS = ("producer", "member", "group", "bundle", "thread")
"""What is found beside goods, in the order of its tabs."""


@dataclass(frozen=True, slots=True)
class Things:
    """Ids of one kind in order with their number, and how many there are of every kind."""

    ids: Sequence[int]
    total: int
    counts: Mapping[str, int]


def find_things(words: str, viewer: Audience, kind: str = "", limit: int = 0, offset: int = 0,
                fact: str = "") -> Things:
    """Things that have all the words and that this viewer may find; only those of one kind are
    listed, all are counted. Loads: none, 2 statements while there is no index.

    fact: one value that has to hold, as "state=solved".
    """
    if not words.strip():
        return Things((), 0, {})
    try:
        return _from_index(words, viewer, kind, limit, offset, fact)
    except IndexMissing:
        return _from_database(words, viewer, kind, limit, offset)


def _from_index(words: str, viewer: Audience, kind: str, limit: int, offset: int, fact: str
                ) -> Things:
    engine = doors().fulltext
    must = [*viewer.must(), OneOf("kind", frozenset((kind,) if kind else KINDS))]
    if fact:
        must.append(OneOf("attribute", frozenset((fact,))))
    found = engine.find(_query(engine, words), Filters(tuple(must), tuple(viewer.must_not())),
                        "relevance", limit, ("kind",), offset)
    counts = {one.value: one.count for one in found.facets["kind"] if one.value in KINDS}
    ids = [int(hit.id.partition(":")[2]) for hit in found.hits] if kind else []
    return Things(ids, found.total, counts)


def _query(engine: Any, typed: str) -> Query:
    """All words have to be there: half of what was asked is no person and no group."""
    folded = analysis.fold(typed)[: analysis.LONGEST_QUERY]
    useful = " ".join(w for w in analysis.tokens(folded) if not analysis.is_function_word(w))
    known, words = learnt(engine)
    meant = {c.typed: c.meant for c in spelling.corrections(folded, words)}
    return ranking.query(useful or folded, known, meant=meant,
                         ranking=replace(ranking.STANDARD, enough=0))


def _from_database(words: str, viewer: Audience, kind: str, limit: int, offset: int) -> Things:
    """Titles only, while the index is being made."""
    row = SearchDocument
    where = [row.kind.in_(KINDS), row.visibility.in_(sorted(viewer.marks())),
             or_(row.author_id.is_(None), row.author_id.not_in(sorted(viewer.parted)))]
    where += [row.title_folded.contains(word, autoescape=True)
              for word in analysis.tokens(words)[:8]]
    counts: dict[str, int] = dict(db.session.execute(
        select(row.kind, func.count()).where(*where).group_by(row.kind)).all())
    ids = db.session.scalars(
        select(row.object_id).where(*where, row.kind == kind)
        .order_by(row.newest.desc(), row.object_id).limit(limit).offset(offset)
    ).all() if kind and limit else []
    return Things(ids, counts.get(kind, 0), counts)
