"""Reads of `reviews`."""

from marketplace.reviews.queries.lists import (
    Filters,
    ReviewRow,
    answered_lines,
    own_rating,
    ratings_of_person,
    review_list,
    top_voices,
    unanswered_critics,
    voices_of_today,
)
from marketplace.reviews.queries.verdicts import (
    VerdictView,
    all_answers,
    imported_count,
    lot_verdicts,
    occasion_counts,
    producer_verdict,
    producer_verdicts,
    rated_cards,
    rated_goods,
    verdict_of,
    verdicts,
)

__all__ = [
    "Filters", "ReviewRow", "VerdictView", "all_answers", "answered_lines", "imported_count",
    "lot_verdicts", "occasion_counts", "own_rating", "producer_verdict", "producer_verdicts",
    "rated_cards", "rated_goods", "ratings_of_person", "review_list", "top_voices",
    "unanswered_critics", "verdict_of", "verdicts", "voices_of_today",
]
