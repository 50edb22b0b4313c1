"""Changes of `recommend`."""

from marketplace.recommend.actions.answering import answer_ask
from marketplace.recommend.actions.asking import (
    NewAsk,
    check_ask,
    mark_helped,
    open_ask,
    turn_ask,
)
from marketplace.recommend.actions.choosing import (
    choose_accepts,
    choose_asked,
    choose_named,
    choose_order,
    drop_signal,
    keep_known,
    less_of,
)
from marketplace.recommend.actions.editing import change
from marketplace.recommend.actions.forgetting import forget_person
from marketplace.recommend.actions.hiding import (
    empty_ask,
    empty_recommendation,
    hide_ask,
    hide_recommendation,
)
from marketplace.recommend.actions.outcomes import recount_outcomes, tell_bought
from marketplace.recommend.actions.pairings import (
    count_pairings,
    forget_pairings,
    propose,
    vote_pairing,
)
from marketplace.recommend.actions.recommending import (
    NewRecommendation,
    check,
    give_feedback,
    recommend,
    thank,
    withdraw,
)
from marketplace.recommend.actions.retaking import retake
from marketplace.recommend.actions.routing import (
    keep_board,
    new_routes,
    note_unanswered,
    put,
    say_fits,
)
from marketplace.recommend.actions.signals import (
    keep_signal,
    note_change,
    ties_changed,
)
from marketplace.recommend.actions.storing import store_list, tidy_lists

__all__ = [
    "NewAsk",
    "NewRecommendation",
    "answer_ask",
    "change",
    "check",
    "check_ask",
    "choose_accepts",
    "choose_asked",
    "choose_named",
    "choose_order",
    "count_pairings",
    "drop_signal",
    "empty_ask",
    "empty_recommendation",
    "forget_pairings",
    "forget_person",
    "give_feedback",
    "hide_ask",
    "hide_recommendation",
    "keep_board",
    "keep_known",
    "keep_signal",
    "less_of",
    "mark_helped",
    "new_routes",
    "note_change",
    "note_unanswered",
    "open_ask",
    "propose",
    "put",
    "recommend",
    "recount_outcomes",
    "retake",
    "say_fits",
    "store_list",
    "tell_bought",
    "thank",
    "tidy_lists",
    "ties_changed",
    "turn_ask",
    "vote_pairing",
    "withdraw",
]
