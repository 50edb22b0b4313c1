"""Reads of `reviews`."""

from marketplace.reviews.queries.asking import (
    answered_lines,
    answers_of,
    asked_line,
    own_rating,
    rating_by_code,
    unanswered,
)
from marketplace.reviews.queries.formulas import formula_history, formula_in_force
from marketplace.reviews.queries.imported import ImportedWords, imported_count, imported_words
from marketplace.reviews.queries.liking import Taps, group_ranking, taps_of
from marketplace.reviews.queries.lists import (
    Filters,
    ReviewRow,
    producer_voices,
    ratings_of_person,
    review_list,
    top_voices,
    unanswered_critics,
    voices_of_today,
)
from marketplace.reviews.queries.personal import personal
from marketplace.reviews.queries.producers import (
    ReplyFigures,
    history_of,
    reply_figures,
    reply_versions,
    studio_voices,
)
from marketplace.reviews.queries.verdicts import (
    LotVerdict,
    VerdictView,
    all_answers,
    occasion_counts,
    producer_verdict,
    producer_verdicts,
    rated_cards,
    stars_shown,
    verdict_with_lots,
    verdicts,
)
from marketplace.reviews.queries.words import difference_words, parameter_words

__all__ = [
    "Filters", "ImportedWords", "LotVerdict", "ReplyFigures", "ReviewRow", "Taps",
    "VerdictView", "all_answers", "answered_lines", "answers_of", "asked_line",
    "difference_words", "formula_history", "formula_in_force", "group_ranking", "history_of",
    "imported_count", "imported_words", "occasion_counts", "own_rating", "parameter_words",
    "personal", "producer_verdict", "producer_verdicts", "producer_voices", "rated_cards",
    "rating_by_code", "ratings_of_person", "reply_figures", "reply_versions", "review_list",
    "stars_shown", "studio_voices", "taps_of", "top_voices", "unanswered", "unanswered_critics",
    "verdict_with_lots", "verdicts", "voices_of_today",
]
