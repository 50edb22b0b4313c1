"""Background work of `checkout`."""

from __future__ import annotations

from marketplace.checkout.actions import empty_guest_baskets
from marketplace.foundation.database import committing
from marketplace.foundation.jobs import job


@job("checkout.sweep", every_seconds=86_400)
def sweep() -> None:
    """Delete guest baskets nobody touched for thirty days."""
    with committing():
        empty_guest_baskets()
