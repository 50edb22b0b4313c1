"""Tables of `reviews`: answers of buyers, their words, replies, checks, and the kept scores."""

from marketplace.reviews.models.checks import RatingFlag, Relation, TextPrint
from marketplace.reviews.models.ratings import (
    ImportedRating,
    Rating,
    RatingOccasion,
    RatingPhoto,
    RatingVersion,
)
from marketplace.reviews.models.scores import (
    FormulaVersion,
    GroupScore,
    Score,
    ScoreDay,
    ScoreDifference,
)
from marketplace.reviews.models.talking import HelpfulVote, Invitation, Reply, ReplyVersion, Tap

__all__ = [
    "FormulaVersion", "GroupScore", "HelpfulVote", "ImportedRating", "Invitation", "Rating",
    "RatingFlag", "RatingOccasion", "RatingPhoto", "RatingVersion", "Relation", "Reply",
    "ReplyVersion", "Score", "ScoreDay", "ScoreDifference", "Tap", "TextPrint",
]
