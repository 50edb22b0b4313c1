"""Background work of `moderation`."""

from __future__ import annotations

from marketplace.foundation.database import committing
from marketplace.foundation.jobs import job
from marketplace.moderation.actions import call_due


@job("moderation.due", every_seconds=3600)
def due() -> None:
    """Put before a person what waited long enough for its author."""
    with committing():
        call_due()
