"""Background work of `insights`."""

from __future__ import annotations

from marketplace.foundation.database import committing
from marketplace.foundation.jobs import job
from marketplace.insights.actions import count_came_back, remake_figures
from marketplace.recommend.actions import recount_outcomes


@job("insights.nightly", every_seconds=86_400)
def nightly() -> None:
    """Make all figures anew."""
    with committing():
        recount_outcomes()
        remake_figures()
        count_came_back()
