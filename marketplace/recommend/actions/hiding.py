"""What moderation takes out of sight and gives back; what its author took back stays so."""

from __future__ import annotations

from sqlalchemy import case, delete, select, update

from marketplace.foundation.database import db
from marketplace.recommend.models import Ask, Recommendation, RecommendationVersion


def hide_recommendation(recommendation_id: int, hidden: bool) -> None:
    """Take a recommendation out of sight by a decision, or back. Changes recommendations."""
    before, after = ("visible", "hidden") if hidden else ("hidden", "visible")
    db.session.execute(
        update(Recommendation)
        .where(Recommendation.id == recommendation_id, Recommendation.state == before)
        .values(state=after))


def hide_ask(ask_id: int, hidden: bool) -> None:
    """Take an ask out of sight by a decision, or back, open or closed as it was then.

    Where its author opened the same wish anew meanwhile, it comes back closed. Changes asks.
    """
    if hidden:
        db.session.execute(update(Ask).where(Ask.id == ask_id, Ask.state.in_(("open", "closed")))
                           .values(state="hidden"))
        return
    other = db.aliased(Ask)
    again = select(other.id).where(
        other.id != Ask.id, other.state == "open", other.person_id == Ask.person_id,
        other.wish == Ask.wish, other.audience == Ask.audience,
        other.group_id.is_not_distinct_from(Ask.group_id)).exists()
    db.session.execute(
        update(Ask).where(Ask.id == ask_id, Ask.state == "hidden")
        .values(state=case((Ask.closed_at.is_not(None) | again, "closed"), else_="open"))
        .execution_options(synchronize_session=False))


def empty_recommendation(recommendation_id: int) -> None:
    """The words of a recommendation that a decision removed long ago go, former ones too.

    Changes recommendations, recommendation_versions.
    """
    hidden = select(Recommendation.id).where(Recommendation.id == recommendation_id,
                                             Recommendation.state == "hidden")
    for change in (
        delete(RecommendationVersion).where(
            RecommendationVersion.recommendation_id.in_(hidden)),
        update(Recommendation).where(Recommendation.id.in_(hidden)).values(reason=""),
    ):
        db.session.execute(change.execution_options(synchronize_session=False))


def empty_ask(ask_id: int) -> None:
    """The words of an ask that a decision removed long ago go. Changes asks."""
    db.session.execute(update(Ask).where(Ask.id == ask_id, Ask.state == "hidden")
                       .values(wish="", chips=[]))
