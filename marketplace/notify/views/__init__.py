"""Notices, what reaches me, and stopping with one click."""

from flask import Blueprint

pages = Blueprint("notify", __name__)

from marketplace.notify.views import (  # noqa: E402
    notices,
    operating,
    pushing,
    resting,
    settings,
    stopping,
    watching,
)
from marketplace.notify.views.words import class_words  # noqa: E402

__all__ = ["class_words", "notices", "operating", "pages", "pushing", "resting", "settings",
           "stopping", "watching"]
