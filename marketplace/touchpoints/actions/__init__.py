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
from marketplace.touchpoints.actions.saying import (
    answer_survey,
    ask_again,
    decline,
    never_ask,
    rest_if_annoying,
)
from marketplace.touchpoints.actions.surveys import STEPS, make_survey, step_survey

__all__ = [
    "STEPS", "answer_survey", "ask_again", "decline", "expire", "look_at_mention", "make_survey",
    "never_ask", "note_complaints", "note_mention", "offer", "offer_guest", "rest_if_annoying",
    "step_survey", "take_out_mention", "tell_dead", "write_letters",
]
