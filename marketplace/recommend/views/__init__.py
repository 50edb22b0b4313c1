"""Pages of `recommend`."""

from flask import Blueprint

pages = Blueprint("recommend", __name__)

from marketplace.recommend.views import changing, giving, lists, operating, own, suggestion, taste  # noqa: E402

__all__ = ["changing", "giving", "lists", "operating", "own", "pages", "suggestion", "taste"]
