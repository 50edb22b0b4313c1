"""Background work of `checkout`."""

from __future__ import annotations

from marketplace.checkout.actions import (
    empty_guest_baskets,
    forget_drafts,
    forget_old_clicks,
)
from marketplace.foundation.database import committing
from marketplace.foundation.jobs import job


@job("checkout.sweep", every_seconds=3_600)
def sweep() -> None:
    """Delete old baskets, drafts of orders after a day, and clicks older than thirty days."""
    with committing():
        forget_old_clicks()
        forget_drafts()
        empty_guest_baskets()
