"""Reads of `recommend`."""

from marketplace.recommend.queries.given import (
    RecommendationRow,
    Recommender,
    by_author,
    goods_recommended_by,
    outcomes_of,
    recommendation_by_code,
    recommenders,
    shows_to,
    thanks_of,
    to_person,
)
from marketplace.recommend.queries.suggested import Suggestion, explain, suggestions, why
from marketplace.recommend.queries.things import ThingView, thing_by, things

__all__ = [
    "RecommendationRow", "Recommender", "Suggestion", "ThingView", "by_author", "explain",
    "goods_recommended_by", "outcomes_of", "recommendation_by_code", "recommenders", "shows_to",
    "suggestions", "thanks_of", "thing_by", "things", "to_person", "why",
]
