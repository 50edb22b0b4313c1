"""Pages of `recommend`."""

from flask import Blueprint

pages = Blueprint("recommend", __name__)

from marketplace.recommend.views import (  # noqa: E402
    answering,
    asking,
    asks,
    changing,
    giving,
    lists,
    operating,
    own,
    pairings,
    suggestion,
    taste,
)

__all__ = [
    "answering", "asking", "asks", "changing", "giving", "lists", "operating", "own", "pages",
    "pairings", "suggestion", "taste",
]
