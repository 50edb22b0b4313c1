"""Pages of `producers`: following, opening a house, its studio pages, the operator's checks."""

from flask import Blueprint

pages = Blueprint("producers", __name__)

from marketplace.producers.views import (  # noqa: E402
    checking,
    dealing,
    evidence,
    fairness,
    following,
    legal,
    media,
    opening,
    operating,
    pausing,
    profile,
    settings,
    staff,
)

__all__ = [
    "checking", "dealing", "evidence", "fairness", "following", "legal", "media", "opening",
    "operating", "pages", "pausing", "profile", "settings", "staff",
]
