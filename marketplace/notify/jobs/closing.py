"""Telling everybody that the market closes, in batches."""

from __future__ import annotations

from marketplace.foundation.database import committing
from marketplace.foundation.jobs import ended_here, enqueue, job
from marketplace.notify.actions.closing import remind_of_closing, tell_closing

BATCH = 500


@job("notify.closing")
def closing(closing_id: int, which: int, after: int) -> None:
    """One batch of people, then the next in a job of its own; each person once."""
    with committing():
        if not ended_here():
            return
        following = tell_closing(closing_id, which, after, BATCH)
        if following is not None:
            enqueue("notify.closing", f"closing {closing_id} {which}", closing_id=closing_id,
                    which=which, after=following)


@job("notify.closing_again", every_seconds=86_400)
def closing_again() -> None:
    """Everybody hears of the closing once more, thirty and seven days before."""
    with committing():
        remind_of_closing()
