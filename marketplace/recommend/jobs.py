"""Background work of `recommend`."""

from __future__ import annotations

from marketplace.foundation.database import committing
from marketplace.foundation.jobs import job
from marketplace.recommend.actions import recount_outcomes


@job("recommend.outcomes", every_seconds=3600)
def outcomes() -> None:
    """Count what recommendations led to."""
    with committing():
        recount_outcomes()
