"""Pages of `producers`: following, opening a house, its studio pages, the operator's checks."""

from flask import Blueprint

pages = Blueprint("producers", __name__)

from marketplace.producers.views import (  # noqa: E402
    checking,
    dealing,
    documents,
    evidence,
    fairness,
    films,
    following,
    legal,
    media,
    opening,
    operating,
    owners,
    pausing,
    profile,
    settings,
    staff,
)

__all__ = [
    "checking", "dealing", "documents", "evidence", "fairness", "films", "following", "legal",
    "media", "opening", "operating", "owners", "pages", "pausing", "profile", "settings", "staff",
]
