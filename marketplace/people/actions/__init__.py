"""Changes of `people`."""

from marketplace.people.actions.factors import (
    begin_app,
    confirm_app,
    drop_app,
    new_codes,
    use_factor,
)
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
    can_passkeys,
    drop_passkey,
    use_passkey,
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
    code_by_passkey,
    code_of,
    demand_password,
    use_code,
)
from marketplace.people.actions.signing import end_login, end_other_logins, sign_in, start_login
from marketplace.people.actions.staffing import claim, ensure_outsiders, make_operator
from marketplace.people.actions.strength import ask_email, change_email, demand_factor, strengthen
from marketplace.people.actions.ties import block, follow, trust, unblock, unfollow, untrust
from marketplace.people.actions.vocabulary import ensure_subjects

__all__ = [
    "add_passkey", "ask_code", "ask_email", "asked", "asked_new", "begin_app", "block",
    "can_passkeys", "change_email", "change_password", "change_profile", "choose_lang",
    "choose_suggestions", "choose_theme", "claim", "code_by_passkey", "code_of", "confirm",
    "confirm_app", "demand_factor", "demand_password", "drop_app", "drop_passkey", "end_login",
    "end_other_logins", "ensure_outsiders", "ensure_subjects", "follow", "give_consent",
    "hash_password", "join", "keep_address", "make_operator", "make_token", "new_codes",
    "request_reset", "reset_password", "set_visibility", "sign_in", "start_login", "state_age",
    "strengthen", "token_secret", "trust", "unblock", "unfollow", "untrust", "use_code",
    "use_factor", "use_passkey", "withdraw_consent",
]
