"""Tables of `reviews`: answers of buyers, their words, replies, and the kept scores."""

from marketplace.reviews.models.ratings import (
    HelpfulVote,
    ImportedRating,
    Invitation,
    Rating,
    RatingOccasion,
    RatingPhoto,
    RatingVersion,
    Reply,
    ReplyVersion,
)
from marketplace.reviews.models.scores import FormulaVersion, Score

__all__ = [
    "FormulaVersion", "HelpfulVote", "ImportedRating", "Invitation", "Rating", "RatingOccasion",
    "RatingPhoto", "RatingVersion", "Reply", "ReplyVersion", "Score",
]
