"""How far a making anew of the index is."""

from __future__ import annotations

from sqlalchemy import delete, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.events import OperatorActed, announce
from marketplace.foundation.jobs import enqueue
from marketplace.search.models import SearchRebuild

KEPT = 20


def ask_rebuild(operator_id: int) -> None:
    """Have the index made anew, unless that waits already.

    Changes search_rebuilds, jobs; announces OperatorActed.
    """
    waiting = db.session.scalar(select(SearchRebuild.id).where(SearchRebuild.phase == "waiting"))
    if waiting is None:
        row = SearchRebuild(asked_by=operator_id, asked_at=clock.now())
        db.session.add(row)
        db.session.flush()
        announce(OperatorActed(operator_id, "search.rebuild", "search", row.id, ""))
    enqueue("search.rebuild", "all")


def begin_rebuild() -> int:
    """The one that was asked for begins, or one that nobody asked for; its id. What began before
    and did not end was broken off. Changes search_rebuilds.
    """
    for row in db.session.scalars(select(SearchRebuild).where(
            SearchRebuild.started_at.is_not(None), SearchRebuild.ended_at.is_(None))):
        row.phase, row.ended_at = "broken", clock.now()
    found = db.session.scalar(select(SearchRebuild).where(SearchRebuild.phase == "waiting")
                              .order_by(SearchRebuild.id).limit(1))
    if found is None:
        found = SearchRebuild(asked_at=clock.now())
        db.session.add(found)
    found.started_at, found.phase = clock.now(), "documents"
    db.session.flush()
    old = select(SearchRebuild.id).order_by(SearchRebuild.id.desc()).offset(KEPT)
    db.session.execute(delete(SearchRebuild).where(
        SearchRebuild.id.in_(list(db.session.scalars(old)))))
    return found.id


def note_progress(rebuild_id: int, phase: str, done: int, total: int) -> None:
    """How far it is; "ready" ends it. Changes search_rebuilds."""
    row = db.session.get(SearchRebuild, rebuild_id)
    if row is not None:
        row.phase, row.done, row.total = phase, done, total
        row.ended_at = clock.now() if phase == "ready" else None
        db.session.flush()
