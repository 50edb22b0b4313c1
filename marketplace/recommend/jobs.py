"""Background work of `recommend`."""

from __future__ import annotations

from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import enqueue, job
from marketplace.recommend.actions import (
    note_unanswered,
    put,
    recount_outcomes,
    store_list,
    tidy_lists,
)
from marketplace.recommend.queries import active_people
from marketplace.recommend.queries.taste import made_for

AT_ONCE = 500


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


@job("recommend.refresh")
def refresh(person_id: int) -> None:
    """Store a person's list; a change that comes meanwhile has a larger number than the list."""
    made = made_for(person_id)
    db.session.rollback()
    with committing():
        store_list(person_id, made)


@job("recommend.nightly", every_seconds=86_400)
def nightly() -> None:
    """Tidy up, then have the list of everybody stored who was here within a month."""
    with committing():
        tidy_lists()
    after = 0
    while people := active_people(after, AT_ONCE):
        db.session.rollback()
        with committing():
            for person_id in people:
                enqueue("recommend.refresh", str(person_id), priority=-10, person_id=person_id)
        after = people[-1]
