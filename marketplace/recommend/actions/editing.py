"""An author changes the words of a recommendation; what it said before is kept."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.foundation.events import announce
from marketplace.recommend.events import RecommendationChanged
from marketplace.recommend.models import Recommendation, RecommendationVersion
from marketplace.web.masking import masked


def change(code: str, author_id: int, reason: str, occasion_id: int | None) -> Recommendation:
    """Give a recommendation other words; the same words change nothing.

    Raises NotFound, Invalid. Changes recommendations, recommendation_versions; announces
    RecommendationChanged.
    """
    row = db.session.scalar(select(Recommendation).where(
        Recommendation.code == code, Recommendation.author_id == author_id,
        Recommendation.state == "visible").with_for_update())
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    check_words(row.audience, reason)
    words = masked(reason, row.lang)
    if (words, occasion_id) != (row.reason, row.occasion_id):
        db.session.add(RecommendationVersion(
            recommendation_id=row.id, version=row.version, reason=row.reason,
            occasion_id=row.occasion_id, said_until=clock.now()))
        row.reason, row.occasion_id, row.version = words, occasion_id, row.version + 1
        db.session.flush()
        announce(RecommendationChanged(row.id, author_id))
    return row


def check_words(audience: str, reason: str) -> None:
    """A reason is asked for, except between two people. Raises Invalid."""
    if audience != "person" and len(reason) < 10:
        raise Invalid({"reason": _("Say in a sentence what it is good for, and for whom.")})
    if len(reason) > 600:
        raise Invalid({"reason": _("At most 600 characters.")})
