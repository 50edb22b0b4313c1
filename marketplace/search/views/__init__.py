"""Pages of `search` for the people who run the marketplace."""

from flask import Blueprint

pages = Blueprint("search", __name__)

from marketplace.search.views import operating, pairs  # noqa: E402

__all__ = ["operating", "pages", "pairs"]
