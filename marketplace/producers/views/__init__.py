"""Pages of `producers`: following, opening a house, its studio pages, the operator's check."""

from flask import Blueprint

pages = Blueprint("producers", __name__)

from marketplace.producers.views import (  # noqa: E402
    following,
    legal,
    opening,
    operating,
    profile,
    settings,
    staff,
)

__all__ = ["following", "legal", "opening", "operating", "pages", "profile", "settings", "staff"]
