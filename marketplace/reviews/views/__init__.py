"""Pages of `reviews`: answering, voting and tapping, what was said before, the studio."""

from flask import Blueprint

pages = Blueprint("reviews", __name__)

from marketplace.reviews.views import acting, answering, history, operating, studio  # noqa: E402

__all__ = ["acting", "answering", "history", "operating", "pages", "studio"]
