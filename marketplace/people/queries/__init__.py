"""Reads of `people`."""

from marketplace.people.queries.factors import Factors, app_secret, factors_of
from marketplace.people.queries.login import (
    SignedInPerson,
    account_of,
    by_email,
    email_of,
    logins_of,
    open_token,
    signed_in_by,
)
from marketplace.people.queries.own import (
    Given,
    Sight,
    addresses_of,
    consents_of,
    door_counts,
    guard_of,
    has_consent,
    hears,
    last_takeout,
    net_of,
    open_purposes,
    stated_age,
    trusted_ids,
    without_pseudonym,
)
from marketplace.people.queries.persons import (
    Beside,
    PersonLine,
    Profile,
    Tie,
    followed_ids,
    is_blocked,
    levels_of,
    lines,
    moved_handle,
    person_by_handle,
    portrait_url,
    profile,
    subjects,
    tied,
    ties_with,
)
from marketplace.people.queries.wishes import (
    Told,
    own_health_wishes,
    sizes_of,
    told_words,
    wish_words,
    wishes_of,
)

__all__ = [
    "Beside", "Factors", "Given", "PersonLine", "Profile", "Sight", "SignedInPerson", "Tie",
    "Told", "account_of", "addresses_of", "app_secret", "by_email", "consents_of",
    "door_counts", "email_of", "factors_of", "followed_ids", "guard_of", "has_consent", "hears",
    "is_blocked", "last_takeout", "levels_of", "lines", "logins_of", "moved_handle", "net_of",
    "open_purposes", "open_token", "own_health_wishes", "person_by_handle", "portrait_url",
    "profile", "signed_in_by", "sizes_of", "stated_age", "subjects", "tied", "ties_with",
    "told_words", "trusted_ids", "wish_words", "wishes_of", "without_pseudonym",
]
