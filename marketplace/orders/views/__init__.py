"""Pages of `orders`."""

from flask import Blueprint

pages = Blueprint("orders", __name__)

from marketplace.orders.views import buyer, rates, slips, stock, studio, withdraw  # noqa: E402

__all__ = ["buyer", "pages", "rates", "slips", "stock", "studio", "withdraw"]
