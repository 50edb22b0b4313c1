"""Words that were taken over from elsewhere, as a product's page shows them: apart and labelled."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from marketplace.reviews.queries import ImportedWords
from marketplace.storefront.queries.reviews import ReviewView, removed_because
from marketplace.web.formats import month, number
from marketplace.web.shapes import Gone, Tombstone


def imported_views(rows: Sequence[ImportedWords]) -> list[ReviewView]:
    """Each with its source, its value on its own scale, and where to complain; no vote."""
    return [_view(row) for row in rows]


def _view(row: ImportedWords) -> ReviewView:
    hidden = row.words_standing != "visible"
    gone = Tombstone(_("The words were removed: %(reason)s.",
                       reason=removed_because(row.words_reason)), None, None,
                     url_for("moderation.log")) if hidden else None
    labels = [(_("taken over from %(source)s, without proof of purchase", source=row.source),
               "imported"), (_scale_words(row), "imported")]
    return ReviewView(
        row.code, Gone(_("somebody on %(source)s", source=row.source)), month(row.at), None,
        "" if hidden else row.words, "", labels, "", "", "", [], None, None,
        "" if hidden else url_for("moderation.report", kind="imported", ref=row.code), gone)


def _scale_words(row: ImportedWords) -> str:
    """The value as it was given: 4 on a scale from 1 to 5."""
    low, _dash, high = row.scale.partition("-")
    worst, best = float(low), float(high)
    return _("%(value)s on a scale from %(low)s to %(high)s",
             value=number(round(worst + row.value * (best - worst), 1)), low=low, high=high)
