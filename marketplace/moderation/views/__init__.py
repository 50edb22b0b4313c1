"""Pages of `moderation`."""

from flask import Blueprint

pages = Blueprint("moderation", __name__)

from marketplace.moderation.views import answering, deciding, reporting  # noqa: E402

__all__ = ["answering", "deciding", "pages", "reporting"]
