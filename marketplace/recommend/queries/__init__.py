"""Reads of `recommend`."""

from marketplace.recommend.queries.given import (
    RecommendationRow,
    Recommender,
    by_author,
    goods_recommended_by,
    most_led,
    my_people_first,
    opened_by,
    outcomes_of,
    recommendation_by_code,
    recommenders,
    shows_to,
    thanks_of,
    to_person,
    told_by,
    versions_of,
)
from marketplace.recommend.queries.own_taste import (
    Circle,
    OwnSignal,
    circle_of,
    feedback_of,
    less_of,
    signal_count,
    signals_of,
)
from marketplace.recommend.queries.start import going_with, well_known
from marketplace.recommend.queries.suggested import Suggestion, explain, suggestions, why
from marketplace.recommend.queries.things import ThingView, thing_by, things
from marketplace.recommend.queries.willing import Chosen, blocked_with, chosen, kept_order

__all__ = [
    "Chosen", "Circle", "OwnSignal", "RecommendationRow", "Recommender", "Suggestion",
    "ThingView", "blocked_with", "by_author", "chosen", "circle_of", "explain", "feedback_of",
    "going_with", "goods_recommended_by", "kept_order", "less_of", "most_led", "my_people_first",
    "opened_by", "outcomes_of", "recommendation_by_code", "recommenders", "shows_to",
    "signal_count", "signals_of", "suggestions", "thanks_of", "thing_by", "things", "to_person",
    "told_by", "versions_of", "well_known", "why",
]
