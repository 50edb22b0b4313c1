"""Background work of `moderation`."""

from __future__ import annotations

from marketplace.foundation.database import committing
from marketplace.foundation.jobs import job
from marketplace.moderation.actions import call_due, empty_old, remind_of_appeals


@job("moderation.due", every_seconds=3600)
def due() -> None:
    """Put before a person what waited long enough for its author, and remind of late appeals."""
    for step in (call_due, remind_of_appeals):
        with committing():
            step()


@job("moderation.empty_old", every_seconds=86_400)
def forget_removed() -> None:
    """Empty what was removed six months ago."""
    with committing():
        empty_old()
