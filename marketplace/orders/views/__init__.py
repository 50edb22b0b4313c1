"""Pages of `orders`."""

from flask import Blueprint

pages = Blueprint("orders", __name__)

from marketplace.orders.views import (  # noqa: E402
    buyer,
    documents,
    export,
    rates,
    slips,
    stock,
    studio,
    tax_table,
    taxes,
    withdraw,
)

__all__ = ["buyer", "documents", "export", "pages", "rates", "slips", "stock", "studio",
           "tax_table", "taxes", "withdraw"]
