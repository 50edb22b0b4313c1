"""Background work of `orders`."""

from __future__ import annotations

from marketplace.catalog.actions.watching import warn_low
from marketplace.foundation.database import committing
from marketplace.foundation.jobs import job
from marketplace.orders.actions import expire_due
from marketplace.orders.actions.figures import count_dispatch
from marketplace.orders.queries import sold_lately


@job("orders.expire", every_seconds=300)
def expire() -> None:
    """End unpaid parts whose time is over."""
    with committing():
        expire_due()


@job("orders.figures", every_seconds=86_400)
def figures() -> None:
    """Count how often producers kept their day of dispatch."""
    with committing():
        count_dispatch()


@job("orders.low_stock", every_seconds=3600)
def low_stock() -> None:
    """Warn producers whose stock fell to its limit, once each."""
    sold = sold_lately()
    with committing():
        warn_low(sold)
