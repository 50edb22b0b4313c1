"""Pages of `groups`."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask_babel import gettext as _

from marketplace.groups.queries import GroupCard

pages = Blueprint("groups", __name__)

Tab = tuple[str, str, bool, int | None]


def tabs_of(card: GroupCard, current: str) -> list[Tab]:
    """The pages of one group; `current` is the one that is open."""
    rows = [("talk", _("Talk"), card.url),
            ("picks", _("Picks and lists"), url_for("groups.picks", slug=card.slug)),
            ("ranking", _("Ranking"), f"{card.url}/ranking"),
            ("dates", _("Dates"), url_for("groups.dates", slug=card.slug)),
            ("people", _("People"), url_for("groups.people", slug=card.slug)),
            ("rules", _("Rules and votes"), url_for("groups.proposals", slug=card.slug))]
    return [(words, url, name == current, None) for name, words, url in rows]


from marketplace.groups.views import (  # noqa: E402
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
    "Tab", "caring", "coming", "dates", "dating", "deciding", "entering", "exporting",
    "founding", "inviting", "lists", "mine", "pages", "people", "picks", "proposals",
    "settings", "tabs_of",
]
