"""Background work of `recommend`."""

from __future__ import annotations

from marketplace.foundation.database import committing
from marketplace.foundation.jobs import job
from marketplace.recommend.actions import note_unanswered, put, recount_outcomes


@job("recommend.outcomes", every_seconds=3600)
def outcomes() -> None:
    """Count what recommendations led to."""
    with committing():
        recount_outcomes()


@job("recommend.route")
def route(ask_id: int) -> None:
    """Put an ask to people and groups who know."""
    with committing():
        put(ask_id)


@job("recommend.unanswered", every_seconds=900)
def unanswered() -> None:
    """Bring asks without an answer to the request board."""
    with committing():
        note_unanswered()
