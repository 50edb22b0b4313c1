"""Pages of `people`."""

from flask import Blueprint

pages = Blueprint("people", __name__)

from marketplace.people.views import (  # noqa: E402
    account,
    addresses,
    changing,
    choices,
    data,
    data_words,
    fields,
    gate,
    helping,
    network,
    privacy,
    profile,
    resetting,
    second_step,
    security,
    signing,
    strong,
    ties,
    tokens,
    wishes,
)

__all__ = [
    "account", "addresses", "changing", "choices", "data", "data_words", "fields", "gate",
    "helping", "network", "pages", "privacy", "profile", "resetting", "second_step", "security",
    "signing", "strong", "ties", "tokens", "wishes",
]
