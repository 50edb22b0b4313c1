"""Pages of `people`."""

from flask import Blueprint

pages = Blueprint("people", __name__)

from marketplace.people.views import (  # noqa: E402
    account,
    gate,
    second_step,
    security,
    signing,
    strong,
    ties,
)

__all__ = ["account", "gate", "pages", "second_step", "security", "signing", "strong", "ties"]
