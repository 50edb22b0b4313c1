"""What the operator sees of the index."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from sqlalchemy import func, select

from marketplace.adapters.doors import doors
from marketplace.adapters.fulltext.contract import Filters, IndexMissing, OneOf
from marketplace.foundation.database import db
from marketplace.foundation.jobs import Job
from marketplace.search.models import SearchDocument, SearchRebuild

Fault = Literal["", "missing", "damaged", "older"]
NEWEST = 200
"""So many of the newest goods are looked for in the index, to see whether it is an old one."""


def documents_by_kind() -> Mapping[str, int]:
    """How many things of each kind can be found, most first. Loads: 1 statement."""
    rows = db.session.execute(
        select(SearchDocument.kind, func.count()).group_by(SearchDocument.kind)
        .order_by(func.count().desc(), SearchDocument.kind))
    return {row[0]: int(row[1]) for row in rows}


def last_rebuild() -> SearchRebuild | None:
    """The newest making anew of the index. Loads: 1 statement."""
    return db.session.scalar(select(SearchRebuild).order_by(SearchRebuild.id.desc()).limit(1))


def index_fault() -> Fault:
    """What is wrong with the index beside the database; nothing while changes wait to be written.

    Loads: 3 statements at most.
    """
    kinds = documents_by_kind()
    if not kinds:
        return ""
    engine = doors().fulltext
    try:
        if not engine.health().in_force:
            return "damaged"
        if _changes_wait() or _holds(kinds, _newest()):
            return ""
        return "older"
    except IndexMissing:
        return "missing"


def _changes_wait() -> bool:
    return db.session.scalar(select(Job.id).where(
        Job.kind.in_(("search.reindex", "search.rebuild", "search.forget")),
        Job.state.in_(("waiting", "running"))).limit(1)) is not None


def _holds(kinds: Mapping[str, int], newest: set[str]) -> bool:
    """Whether the index has as many things of each kind, and the newest goods. Raises IndexMissing.
    """
    engine = doors().fulltext
    found = engine.find(k=0, facets=("kind",)).facets["kind"]
    if {one.value: one.count for one in found} != dict(kinds):
        return False
    goods = Filters((OneOf("kind", frozenset(("product",))),))
    hits = engine.find(None, goods, "newest", NEWEST).hits
    return newest <= {hit.id for hit in hits}


def _newest() -> set[str]:
    """The newest goods, as the index names them; without those as old as the last of them."""
    row = SearchDocument
    rows = db.session.execute(
        select(row.object_id, row.available, row.newest).where(row.kind == "product")
        .order_by(row.available.desc(), row.newest.desc()).limit(NEWEST)).all()
    marks = [(one.available, int(one.newest.timestamp())) for one in rows]
    return {f"product:{one.object_id}" for one, mark in zip(rows, marks, strict=True)
            if len(rows) < NEWEST or mark != marks[-1]}
