"""Reads of `recommend`."""

from marketplace.recommend.queries.given import (
    RecommendationRow,
    Recommender,
    by_author,
    outcomes_of,
    recommendation_by_code,
    recommenders,
    to_person,
)
from marketplace.recommend.queries.suggested import Suggestion, explain, suggestions, why

__all__ = [
    "RecommendationRow", "Recommender", "Suggestion", "by_author", "explain", "outcomes_of",
    "recommendation_by_code", "recommenders", "suggestions", "to_person", "why",
]
