"""Pages of `catalog`: a producer's goods in the studio."""

from flask import Blueprint

pages = Blueprint("catalog", __name__)

from marketplace.catalog.views import goods, product  # noqa: E402

__all__ = ["goods", "pages", "product"]
