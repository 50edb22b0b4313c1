"""Changes of `groups`."""

from marketplace.groups.actions.ambassadors import (
    agree_ambassador,
    begin_ambassador,
    end_ambassador,
)
from marketplace.groups.actions.belonging import (
    choose_mail,
    come_in,
    decide_request,
    join,
    leave,
    show_membership,
    take_request_back,
)
from marketplace.groups.actions.carrying import close_what_is_due, let_older_be_seen
from marketplace.groups.actions.choosing import (
    add_to_list,
    make_picks,
    start_list,
    take_from_list,
    vote_item,
    vote_pick,
)
from marketplace.groups.actions.electing import stand, stand_no_more
from marketplace.groups.actions.excluding import (
    exclude,
    keep_line,
    let_in_again,
    lift_exclusion,
)
from marketplace.groups.actions.founding import describe, ensure_tags, found, touched
from marketplace.groups.actions.inviting import accept, decline, invite_person, make_link, revoke
from marketplace.groups.actions.leading import (
    answer_offer,
    name_moderator,
    offer_founding,
    step_down,
)
from marketplace.groups.actions.proposing import (
    ask_again,
    cast,
    decide_votes,
    open_votes,
    propose,
    veto,
)
from marketplace.groups.actions.succession import (
    acted,
    end_what_is_due,
    look_for_successors,
    tell_of_ends,
)

__all__ = [
    "accept", "acted", "add_to_list", "agree_ambassador", "answer_offer", "ask_again",
    "begin_ambassador", "cast", "choose_mail", "close_what_is_due", "come_in", "decide_request",
    "decide_votes", "decline", "describe", "end_ambassador", "end_what_is_due", "ensure_tags",
    "exclude", "found", "invite_person", "join", "keep_line", "leave", "let_in_again",
    "let_older_be_seen", "lift_exclusion", "look_for_successors", "make_link", "make_picks",
    "name_moderator", "offer_founding", "open_votes", "propose", "revoke", "show_membership",
    "stand", "stand_no_more", "start_list", "step_down", "take_from_list", "take_request_back",
    "tell_of_ends", "touched", "veto", "vote_item", "vote_pick",
]
