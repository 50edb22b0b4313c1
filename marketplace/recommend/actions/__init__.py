"""Changes of `recommend`."""

from marketplace.recommend.actions.choosing import (
    choose_accepts,
    choose_named,
    choose_order,
    drop_signal,
    keep_known,
    less_of,
)
from marketplace.recommend.actions.editing import change
from marketplace.recommend.actions.outcomes import recount_outcomes, tell_bought
from marketplace.recommend.actions.recommending import (
    NewRecommendation,
    check,
    give_feedback,
    recommend,
    thank,
    withdraw,
)
from marketplace.recommend.actions.signals import (
    forget_person,
    keep_signal,
    note_change,
    ties_changed,
)

__all__ = [
    "NewRecommendation", "change", "check", "choose_accepts", "choose_named", "choose_order",
    "drop_signal", "forget_person", "give_feedback", "keep_known", "keep_signal", "less_of",
    "note_change", "recommend", "recount_outcomes", "tell_bought", "thank", "ties_changed",
    "withdraw",
]
