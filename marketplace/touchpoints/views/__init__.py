"""Pages of `touchpoints`."""

from flask import Blueprint

pages = Blueprint("touchpoints", __name__)

from marketplace.touchpoints.views import (  # noqa: E402
    asked,
    mentions,
    panel,
    panels,
    studio,
    surveys,
)

__all__ = ["asked", "mentions", "pages", "panel", "panels", "studio", "surveys"]
