"""Notices, what reaches me, and stopping with one click."""

from flask import Blueprint

pages = Blueprint("notify", __name__)

from marketplace.notify.views import notices, operating, resting, settings, stopping  # noqa: E402
from marketplace.notify.views.words import class_words  # noqa: E402

__all__ = ["class_words", "notices", "operating", "pages", "resting", "settings", "stopping"]
