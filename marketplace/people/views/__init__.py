"""Pages of `people`."""

from flask import Blueprint

pages = Blueprint("people", __name__)

from marketplace.people.views import account, signing, ties  # noqa: E402

__all__ = ["account", "pages", "signing", "ties"]
