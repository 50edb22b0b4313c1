"""Changes of `producers`."""

from marketplace.producers.actions.dealing import (
    announce_terms,
    block_messages,
    end_deviation,
    keep_choices,
    keep_deviation,
    note_voices_mailed,
    take_messages_again,
)
from marketplace.producers.actions.evidence import (
    check_evidence,
    end_evidence,
    hand_in_evidence,
    send_evidence_back,
    take_evidence_out,
)
from marketplace.producers.actions.facts import keep_fact
from marketplace.producers.actions.media import (
    add_film,
    add_photo,
    forget_media,
    keep_media_renditions,
    put_media_back,
    take_media_out,
)
from marketplace.producers.actions.opening import (
    advance,
    demand_room_for_draft,
    go_public,
    open_producer,
    refresh,
    remind_steps,
    tick,
)
from marketplace.producers.actions.owners import name_owner
from marketplace.producers.actions.pages import (
    change_page,
    demand,
    follow,
    mark_seen,
    promise,
    recount_followers,
    unfollow,
)
from marketplace.producers.actions.pausing import (
    end_pauses,
    end_producer,
    pause,
    release_staff,
    resume,
)
from marketplace.producers.actions.settings import (
    end_registrations,
    keep_hours,
    keep_promises,
    keep_registration,
)
from marketplace.producers.actions.staff import (
    agree_to_praise,
    change_role,
    end_staff,
    invite,
    join_staff,
)
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
    "add_face", "add_film", "add_photo", "advance", "agree_to_praise", "announce_terms",
    "block_messages", "change_page", "change_role", "check", "check_evidence", "demand",
    "demand_room_for_draft", "end_deviation", "end_evidence", "end_pauses", "end_producer",
    "end_registrations", "end_staff", "follow", "forget_ended", "forget_media", "go_public",
    "hand_in_evidence", "invite", "join_staff", "keep_choices", "keep_deviation", "keep_fact",
    "keep_hours", "keep_media_renditions", "keep_promises", "keep_registration", "keep_trader",
    "keep_words", "look", "mark_seen", "name_owner", "note_voices_mailed", "open_producer", "pause",
    "promise", "put_media_back", "recount_followers", "refresh", "release_staff", "remind_steps",
    "remind_tax", "resume", "send_back", "send_evidence_back", "stop_unchecked",
    "take_evidence_out", "take_face_out", "take_media_out", "take_messages_again", "tick",
    "unfollow",
]
