"""Background work of `checkout`."""

from __future__ import annotations

from marketplace.checkout.actions import empty_guest_baskets, forget_old_clicks
from marketplace.foundation.database import committing
from marketplace.foundation.jobs import job


@job("checkout.sweep", every_seconds=86_400)
def sweep() -> None:
    """Delete guest baskets nobody touched for thirty days, and clicks older than that."""
    with committing():
        forget_old_clicks()
        empty_guest_baskets()
