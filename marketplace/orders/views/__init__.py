"""Pages of `orders`."""

from flask import Blueprint

pages = Blueprint("orders", __name__)

from marketplace.orders.views import (  # noqa: E402
    after,
    buyer,
    complaints,
    documents,
    export,
    looking,
    moving,
    operator,
    own,
    packing,
    part,
    photos,
    rate_file,
    rates,
    receipts,
    slips,
    stock,
    studio,
    tax_table,
    taxes,
    wishes,
    withdraw,
)

__all__ = ["after", "buyer", "complaints", "documents", "export", "looking", "moving", "operator",
           "own", "packing", "pages", "part", "photos", "rate_file", "rates", "receipts", "slips",
           "stock", "studio", "tax_table", "taxes", "wishes",
           "withdraw"]
