"""Changes of `dialogue`."""

from marketplace.dialogue.actions.care import NewCare, care, take_back
from marketplace.dialogue.actions.cases import (
    close_case,
    count_again,
    empty_board,
    empty_post,
    empty_thread,
    hide_board,
    hide_post,
    hide_thread,
    open_case,
)
from marketplace.dialogue.actions.figures import count_figures
from marketplace.dialogue.actions.groups import kind_changed, topic_of_proposal
from marketplace.dialogue.actions.news import (
    Locked,
    NewNews,
    lock_words,
    mail_voices,
    tell_news,
)
from marketplace.dialogue.actions.outcomes import set_outcome, settle_ask
from marketplace.dialogue.actions.threads import (
    NewThread,
    check,
    open_thread,
    say,
    support,
    vote,
)

__all__ = [
    "Locked", "NewCare", "NewNews", "NewThread", "care", "check", "close_case", "count_again",
    "count_figures", "empty_board", "empty_post", "empty_thread", "hide_board", "hide_post",
    "hide_thread", "kind_changed", "lock_words", "mail_voices", "open_case", "open_thread", "say",
    "set_outcome", "settle_ask", "support", "take_back", "tell_news", "topic_of_proposal", "vote",
]
