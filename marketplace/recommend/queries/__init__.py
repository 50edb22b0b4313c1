"""Reads of `recommend`."""

from marketplace.recommend.queries.ask_cards import ask_cards
from marketplace.recommend.queries.asks import (
    AnswerRow,
    AskRow,
    answers_to,
    ask_by_code,
    ask_code,
    ask_shows_to,
    asks,
    asks_of_group,
    goods_one_likes,
    put_to,
    put_to_me,
    to_answer,
)
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
from marketplace.recommend.queries.pairings import (
    Fitting,
    PairingRow,
    fits_words,
    fitting,
    fitting_product,
    forget_pairings_of,
    going_with_product,
    paired_occasions,
    pairings_of,
)
from marketplace.recommend.queries.start import going_with, well_known
from marketplace.recommend.queries.suggested import (
    Suggestion,
    explain,
    suggestions,
    told_reason,
    why,
)
from marketplace.recommend.queries.things import ThingView, thing_by, things
from marketplace.recommend.queries.willing import (
    Chosen,
    active_people,
    blocked_with,
    chosen,
    kept_order,
)

__all__ = [
    "AnswerRow", "AskRow", "Chosen", "Circle", "Fitting", "OwnSignal", "PairingRow",
    "RecommendationRow", "Recommender", "Suggestion", "ThingView", "active_people",
    "answers_to", "ask_by_code", "ask_cards", "ask_code", "ask_shows_to", "asks",
    "asks_of_group", "blocked_with", "by_author", "chosen", "circle_of", "explain",
    "feedback_of", "fits_words", "fitting", "fitting_product", "forget_pairings_of",
    "going_with", "going_with_product", "goods_one_likes", "goods_recommended_by", "kept_order",
    "less_of", "most_led", "my_people_first", "opened_by", "outcomes_of", "paired_occasions",
    "pairings_of", "put_to", "put_to_me", "recommendation_by_code", "recommenders", "shows_to",
    "signal_count", "signals_of", "suggestions", "thanks_of", "thing_by", "things", "to_answer",
    "to_person", "told_by", "told_reason", "versions_of", "well_known", "why",
]
