"""Pages of `checkout`."""

from flask import Blueprint

pages = Blueprint("checkout", __name__)

from marketplace.checkout.views import basket, placing, steps  # noqa: E402

__all__ = ["basket", "pages", "placing", "steps"]
