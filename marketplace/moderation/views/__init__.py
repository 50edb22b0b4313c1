"""Pages of `moderation`."""

from flask import Blueprint

pages = Blueprint("moderation", __name__)

from marketplace.moderation.views import (  # noqa: E402
    answering,
    appealing,
    deciding,
    excluded,
    excluding,
    reporting,
    second,
)

__all__ = ["answering", "appealing", "deciding", "excluded", "excluding", "pages",
           "reporting", "second"]
