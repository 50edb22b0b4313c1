"""Pages of `touchpoints`."""

from flask import Blueprint

pages = Blueprint("touchpoints", __name__)

from marketplace.touchpoints.views import asked, mentions, studio, surveys  # noqa: E402

__all__ = ["asked", "mentions", "pages", "studio", "surveys"]
