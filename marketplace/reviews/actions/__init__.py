"""Changes of `reviews`."""

from marketplace.reviews.actions.flagging import (
    check_all,
    check_rating,
    decide_flags,
    raise_flag,
    release_checks,
    set_standing,
)
from marketplace.reviews.actions.forgetting import forget
from marketplace.reviews.actions.formulas import change_formula
from marketplace.reviews.actions.grouping import member_came, member_went
from marketplace.reviews.actions.inviting import ask_due, decline, invite
from marketplace.reviews.actions.photos import add_photo, remove_photo
from marketplace.reviews.actions.rating import (
    Answer,
    keep_draft,
    rate,
    rate_line,
    refusal_of,
    withdraw_answer,
)
from marketplace.reviews.actions.rebuilding import rebuild_scores
from marketplace.reviews.actions.relations import (
    end_relation,
    end_relations,
    find_relation,
)
from marketplace.reviews.actions.scoring import ensure_row
from marketplace.reviews.actions.talking import (
    draft_reply,
    read_reply,
    reply,
    tap,
    vote_helpful,
)
from marketplace.reviews.actions.telling import tell_rating
from marketplace.reviews.actions.words import (
    empty_imported,
    empty_reply,
    empty_words,
    hide_reply,
    set_imported_standing,
    set_words_standing,
)

__all__ = [
    "Answer", "add_photo", "ask_due", "change_formula", "check_all", "check_rating",
    "decide_flags", "decline", "draft_reply", "empty_imported", "empty_reply", "empty_words",
    "end_relation", "end_relations", "ensure_row", "find_relation", "forget", "hide_reply",
    "invite", "keep_draft", "member_came", "member_went", "raise_flag", "rate", "rate_line",
    "read_reply", "rebuild_scores", "refusal_of", "release_checks", "remove_photo", "reply",
    "set_imported_standing", "set_standing", "set_words_standing", "tap", "tell_rating",
    "vote_helpful", "withdraw_answer",
]
