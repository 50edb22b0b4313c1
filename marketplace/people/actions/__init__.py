"""Changes of `people`."""

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
from marketplace.people.actions.profile import (
    change_profile,
    choose_lang,
    choose_suggestions,
    choose_theme,
    give_consent,
    keep_address,
    set_visibility,
    state_age,
    withdraw_consent,
)
from marketplace.people.actions.second_factor import (
    ask_code,
    code_of,
    demand_password,
    use_code,
)
from marketplace.people.actions.signing import end_login, end_other_logins, sign_in, start_login
from marketplace.people.actions.staffing import claim, ensure_outsiders, make_operator
from marketplace.people.actions.ties import block, follow, trust, unblock, unfollow, untrust
from marketplace.people.actions.vocabulary import ensure_subjects

__all__ = [
    "ask_code", "block", "change_password", "change_profile", "choose_lang", "choose_suggestions",
    "choose_theme", "claim", "code_of", "confirm", "demand_password", "end_login",
    "end_other_logins", "ensure_outsiders", "ensure_subjects", "follow", "give_consent",
    "hash_password", "join", "keep_address", "make_operator", "make_token", "request_reset",
    "reset_password", "set_visibility", "sign_in", "start_login", "state_age", "token_secret",
    "trust", "unblock", "unfollow", "untrust", "use_code", "withdraw_consent",
]
