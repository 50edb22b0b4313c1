"""Pages of `insights`."""

from flask import Blueprint

pages = Blueprint("insights", __name__)

from marketplace.insights.views import assortment, buying, metrics  # noqa: E402

__all__ = ["assortment", "buying", "metrics", "pages"]
