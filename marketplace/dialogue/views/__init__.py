"""Pages of `dialogue`."""

from flask import Blueprint

pages = Blueprint("dialogue", __name__)

from marketplace.dialogue.views import (  # noqa: E402
    acts,
    caring,
    comments,
    lists,
    news,
    opening,
    ratings,
    studio,
    threads,
)

__all__ = [
    "acts", "caring", "comments", "lists", "news", "opening", "pages", "ratings", "studio",
    "threads",
]
