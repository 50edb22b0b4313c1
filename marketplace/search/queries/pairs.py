"""Words that mean the same: those in force, and all there ever were."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.foundation.kept import kept
from marketplace.search.models import Synonym
from marketplace.search.rules.synonyms import Pair

KEY = "synonyms"


def pairs_in_force() -> Sequence[Pair]:
    """Pairs that searches use. Loads: 1 statement a minute."""
    return kept(KEY, _load)


def _load() -> Sequence[Pair]:
    rows = db.session.scalars(select(Synonym).where(Synonym.ended_at.is_(None))
                              .order_by(Synonym.id).limit(2000))
    return [Pair(row.words, row.other, row.both_ways, row.always, row.lang) for row in rows]


def all_pairs(limit: int = 200) -> Sequence[Synonym]:
    """Pairs in force first, newest first, then those that ended. Loads: 1 statement."""
    return db.session.scalars(
        select(Synonym).order_by(Synonym.ended_at.is_not(None), Synonym.id.desc()).limit(limit)
    ).all()
