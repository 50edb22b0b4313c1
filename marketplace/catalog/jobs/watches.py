"""Telling those who wait."""

from __future__ import annotations

from marketplace.catalog.actions.watching import tell_watchers
from marketplace.foundation.database import committing
from marketplace.foundation.jobs import job


@job("catalog.watches")
def watches(product_id: int, what: str) -> None:
    """Tell those who have waited longest for a product."""
    with committing():
        tell_watchers(product_id, what)
