"""Pages of `checkout`."""

from flask import Blueprint

pages = Blueprint("checkout", __name__)

from marketplace.checkout.views import (  # noqa: E402
    basket,
    beginning,
    changing,
    coupons,
    placing,
    review,
    steps,
)

__all__ = ["basket", "beginning", "changing", "coupons", "pages", "placing", "review", "steps"]
