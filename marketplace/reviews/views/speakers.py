"""Who gave an answer, as they chose to be shown."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _

from marketplace.reviews.models import Rating
from marketplace.web.shapes import Gone, nobody


def speaker(row: Rating, people: Mapping[int, object]) -> object:
    """The person, "a buyer" where they chose that, "a guest", or a former member."""
    if (row.guest_key or "").startswith("gone:"):
        return nobody()
    if row.person_id is None:
        return Gone(_("a guest"))
    if row.shown_as == "buyer":
        return Gone(_("a buyer"))
    return people.get(row.person_id) or nobody()
