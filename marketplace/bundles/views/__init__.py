"""Pages of `bundles`."""

from flask import Blueprint

pages = Blueprint("bundles", __name__)

from marketplace.bundles.views import (  # noqa: E402
    acting,
    bringing,
    challenges,
    editing,
    laying,
    making,
    offers,
    ordering,
    photos,
    polls,
)

__all__ = [
    "acting", "bringing", "challenges", "editing", "laying", "making", "offers", "ordering",
    "pages", "photos", "polls",
]
