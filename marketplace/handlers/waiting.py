"""Those who wait for goods are told when there is something to tell."""

from __future__ import annotations

from marketplace.catalog.actions.watching import plan_watches
from marketplace.catalog.events import LotStarted, PriceChanged, StockChanged


def back_in_stock(event: StockChanged) -> None:
    """Something can be had again."""
    if event.available:
        plan_watches(event.product_id, "back")


def next_lot(event: LotStarted) -> None:
    """The next vintage is on sale."""
    plan_watches(event.product_id, "next_lot")


def price_fell(event: PriceChanged) -> None:
    """Something costs less."""
    if event.new_minor < event.old_minor:
        plan_watches(event.product_id, "price")
