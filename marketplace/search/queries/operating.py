"""What the operator sees of the index."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select

from marketplace.foundation.database import db
from marketplace.search.models import SearchDocument, SearchRebuild


def documents_by_kind() -> Mapping[str, int]:
    """How many things of each kind can be found, most first. Loads: 1 statement."""
    rows = db.session.execute(
        select(SearchDocument.kind, func.count()).group_by(SearchDocument.kind)
        .order_by(func.count().desc(), SearchDocument.kind))
    return {row[0]: int(row[1]) for row in rows}


def last_rebuild() -> SearchRebuild | None:
    """The newest making anew of the index. Loads: 1 statement."""
    return db.session.scalar(select(SearchRebuild).order_by(SearchRebuild.id.desc()).limit(1))
