"""Changes of `touchpoints`."""

from marketplace.touchpoints.actions.asking import (
    expire,
    note_complaints,
    offer,
    offer_guest,
    write_letters,
)
from marketplace.touchpoints.actions.mentions import (
    look_at_mention,
    note_mention,
    take_out_mention,
    tell_dead,
)
from marketplace.touchpoints.actions.panels import (
    PANEL_STEPS,
    decide_panel,
    make_panel,
    step_panel,
    tell_panel,
)
from marketplace.touchpoints.actions.saying import (
    answer_survey,
    ask_again,
    decline,
    never_ask,
    rest_if_annoying,
)
from marketplace.touchpoints.actions.surveys import STEPS, make_survey, step_survey
from marketplace.touchpoints.actions.voting import (
    empty_panel_words,
    hide_panel_words,
    join_panel,
    leave_panel,
    take_vote_back,
    vote_panel,
)

__all__ = [
    "PANEL_STEPS", "STEPS", "answer_survey", "ask_again", "decide_panel", "decline",
    "empty_panel_words", "expire", "hide_panel_words", "join_panel", "leave_panel",
    "look_at_mention", "make_panel", "make_survey", "never_ask", "note_complaints", "note_mention",
    "offer", "offer_guest", "rest_if_annoying", "step_panel", "step_survey", "take_out_mention",
    "take_vote_back", "tell_dead", "tell_panel", "vote_panel", "write_letters",
]
