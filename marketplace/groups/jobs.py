"""Background work of `groups`."""

from __future__ import annotations

from datetime import timedelta

from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.jobs import job
from marketplace.groups.actions import make_picks


@job("groups.picks", every_seconds=21_600)
def picks() -> None:
    """Make last month's picks from its votes."""
    last = clock.today().replace(day=1) - timedelta(days=1)
    with committing():
        make_picks(last.strftime("%Y-%m"))
