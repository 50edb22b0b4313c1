"""Pages of `moderation`."""

from flask import Blueprint

pages = Blueprint("moderation", __name__)

from marketplace.moderation.views import deciding, reporting  # noqa: E402

__all__ = ["deciding", "pages", "reporting"]
