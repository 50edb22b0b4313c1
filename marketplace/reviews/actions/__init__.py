"""Changes of `reviews`."""

from marketplace.reviews.actions.rating import Answer, add_photo, invite, rate, set_words_standing
from marketplace.reviews.actions.scoring import rebuild_scores, score_changed
from marketplace.reviews.actions.talking import reply, vote_helpful

__all__ = [
    "Answer", "add_photo", "invite", "rate", "rebuild_scores", "reply", "score_changed",
    "set_words_standing", "vote_helpful",
]
