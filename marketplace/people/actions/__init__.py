"""Changes of `people`."""

from marketplace.people.actions.book import (
    drop_address,
    keep_address,
    own_address,
    prefer_address,
    write_address,
)
from marketplace.people.actions.closing import (
    begin_closing,
    close_for,
    due_closings,
    erase,
    not_erased,
    note_held,
    person_key,
    undo_closing,
)
from marketplace.people.actions.factors import (
    begin_app,
    confirm_app,
    drop_app,
    new_codes,
    use_factor,
)
from marketplace.people.actions.handles import change_handle
from marketplace.people.actions.helping import close_many, give_role, look, reset_factor
from marketplace.people.actions.joining import (
    change_password,
    confirm,
    hash_password,
    join,
    make_token,
    request_reset,
    reset_password,
    token_secret,
)
from marketplace.people.actions.passkeys import (
    add_passkey,
    asked,
    asked_new,
    asked_to_join,
    can_passkeys,
    drop_passkey,
    join_by_passkey,
    use_passkey,
)
from marketplace.people.actions.profile import (
    change_profile,
    choose_counted,
    choose_indexed,
    choose_lang,
    choose_suggestions,
    choose_theme,
    dismiss,
    give_consent,
    not_older,
    profile_version,
    set_visibility,
    state_age,
    withdraw_consent,
)
from marketplace.people.actions.second_factor import (
    ask_code,
    code_by_passkey,
    code_of,
    demand_password,
    use_code,
)
from marketplace.people.actions.signing import end_login, end_other_logins, sign_in, start_login
from marketplace.people.actions.staffing import claim, ensure_outsiders, make_operator
from marketplace.people.actions.standing import (
    demand_room_to_follow,
    note_act,
    note_helped,
    note_read,
    note_undone,
    note_upheld,
    opens_at,
    raise_level,
    raise_levels,
)
from marketplace.people.actions.strength import ask_email, change_email, demand_factor, strengthen
from marketplace.people.actions.takeouts import ask_takeout
from marketplace.people.actions.ties import (
    block,
    follow,
    mute,
    trust,
    unblock,
    unfollow,
    unmute,
    untrust,
)
from marketplace.people.actions.vocabulary import ensure_subjects
from marketplace.people.actions.wishes import (
    answer_check_in,
    take_back_health,
    take_back_wish,
    tell_health,
    tell_wish,
)

__all__ = [
    "add_passkey", "answer_check_in", "ask_code", "ask_email", "ask_takeout", "asked", "asked_new",
    "asked_to_join", "begin_app", "begin_closing", "block", "can_passkeys", "change_email",
    "change_handle", "change_password", "change_profile", "choose_counted",
    "choose_indexed", "choose_lang", "choose_suggestions", "choose_theme", "claim", "close_for",
    "close_many", "code_by_passkey", "code_of", "confirm", "confirm_app", "demand_factor",
    "demand_password", "demand_room_to_follow", "dismiss", "drop_address", "drop_app",
    "drop_passkey", "due_closings", "end_login", "end_other_logins", "ensure_outsiders",
    "ensure_subjects", "erase", "follow", "give_consent", "give_role", "hash_password", "join",
    "join_by_passkey", "keep_address", "look", "make_operator", "make_token", "mute", "new_codes",
    "not_erased", "not_older", "note_act", "note_held", "note_helped", "note_read", "note_undone",
    "note_upheld",
    "opens_at", "own_address", "person_key", "prefer_address", "profile_version", "raise_level",
    "raise_levels", "request_reset", "reset_factor", "reset_password", "set_visibility", "sign_in",
    "start_login", "state_age", "strengthen", "take_back_health", "take_back_wish", "tell_health",
    "tell_wish", "token_secret", "trust", "unblock", "undo_closing", "unfollow", "unmute",
    "untrust", "use_code", "use_factor", "use_passkey", "withdraw_consent", "write_address",
]
