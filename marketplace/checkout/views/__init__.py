"""Pages of `checkout`."""

from flask import Blueprint

pages = Blueprint("checkout", __name__)

from marketplace.checkout.views import (  # noqa: E402
    again,
    basket,
    beginning,
    changing,
    coupons,
    placing,
    programs,
    review,
    steps,
)

__all__ = ["again", "basket", "beginning", "changing", "coupons", "pages", "placing",
           "programs", "review", "steps"]
