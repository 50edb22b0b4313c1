"""Changes of `producers`."""

from marketplace.producers.actions.facts import keep_fact
from marketplace.producers.actions.opening import (
    advance,
    demand_room_for_draft,
    go_public,
    open_producer,
    refresh,
    tick,
)
from marketplace.producers.actions.pages import (
    change_page,
    demand,
    follow,
    mark_seen,
    promise,
    recount_followers,
    unfollow,
)
from marketplace.producers.actions.settings import (
    end_pauses,
    keep_hours,
    keep_promises,
    keep_registration,
    pause,
    resume,
)
from marketplace.producers.actions.staff import change_role, end_staff, invite, join_staff
from marketplace.producers.actions.traders import (
    check,
    forget_ended,
    keep_trader,
    look,
    remind_tax,
    send_back,
    stop_unchecked,
)
from marketplace.producers.actions.words import add_face, keep_words, take_face_out

__all__ = [
    "add_face", "advance", "change_page", "change_role", "check", "demand",
    "demand_room_for_draft", "end_pauses", "end_staff", "follow", "forget_ended", "go_public",
    "invite", "join_staff", "keep_fact", "keep_hours", "keep_promises", "keep_registration",
    "keep_trader", "keep_words", "look", "mark_seen", "open_producer", "pause", "promise",
    "recount_followers", "refresh", "remind_tax", "resume", "send_back", "stop_unchecked",
    "take_face_out", "tick", "unfollow",
]
