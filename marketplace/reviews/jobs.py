"""Background work of `reviews`."""

from __future__ import annotations

from marketplace.foundation.database import committing
from marketplace.foundation.jobs import job
from marketplace.reviews.actions import rebuild_scores
from marketplace.reviews.actions.rating import ask_due


@job("reviews.ask_due", every_seconds=3600)
def ask() -> None:
    """Ask buyers whose question is due."""
    with committing():
        ask_due()


@job("reviews.nightly", every_seconds=86_400)
def nightly() -> None:
    """Count all scores anew from the answers."""
    with committing():
        rebuild_scores()
