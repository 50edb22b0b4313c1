"""Pages of `groups`."""

from flask import Blueprint

pages = Blueprint("groups", __name__)

from marketplace.groups.views import caring, entering, founding, lists, picks  # noqa: E402

__all__ = ["caring", "entering", "founding", "lists", "pages", "picks"]
