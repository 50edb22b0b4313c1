"""Pages of `recommend`."""

from flask import Blueprint

pages = Blueprint("recommend", __name__)

from marketplace.recommend.views import (  # noqa: E402
    answering,
    ask_routes,
    asking,
    asks,
    changing,
    giving,
    lists,
    operating,
    ordered,
    own,
    pairings,
    suggestion,
    taste,
)

__all__ = [
    "answering", "ask_routes", "asking", "asks", "changing", "giving", "lists", "operating",
    "ordered", "own", "pages", "pairings", "suggestion", "taste",
]
