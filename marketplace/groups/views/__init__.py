"""Pages of `groups`."""

from flask import Blueprint

pages = Blueprint("groups", __name__)

from marketplace.groups.views import (  # noqa: E402
    ambassadors,
    caring,
    coming,
    dates,
    dating,
    deciding,
    entering,
    exporting,
    founding,
    inviting,
    lists,
    mine,
    people,
    picks,
    proposals,
    settings,
)

__all__ = [
    "ambassadors", "caring", "coming", "dates", "dating", "deciding", "entering", "exporting",
    "founding", "inviting", "lists", "mine", "pages", "people", "picks", "proposals", "settings",
]
