"""Whether words show, by a decision; the answer counts as before."""

from __future__ import annotations

from flask_babel import gettext as _

from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid
from marketplace.foundation.events import announce
from marketplace.reviews.events import ImportedWordsChanged, WordsStandingChanged
from marketplace.reviews.models import ImportedRating, Rating


def set_words_standing(rating_id: int, standing: str, reason: str | None) -> None:
    """Show or hide words by a decision; answer and counts stay. Changes ratings; announces."""
    row = db.session.get(Rating, rating_id, populate_existing=True)
    if row is None:
        raise Invalid({"": _("There is nothing at this address.")})
    if row.words_standing == "erased":
        return
    row.words_standing, row.words_reason = standing, reason
    if standing == "hidden":
        row.hidden_to = row.version
    elif standing == "visible":
        row.hidden_to = 0
    db.session.flush()
    announce(WordsStandingChanged(rating_id, row.product_id, standing))


def set_imported_standing(imported_id: int, standing: str, reason: str | None) -> None:
    """Show or hide the words of a rating from elsewhere by a decision. Changes imported_ratings;
    announces.
    """
    row = db.session.get(ImportedRating, imported_id, populate_existing=True)
    if row is None:
        raise Invalid({"": _("There is nothing at this address.")})
    row.words_standing, row.words_reason = standing, reason
    db.session.flush()
    announce(ImportedWordsChanged(imported_id, row.product_id, standing))
