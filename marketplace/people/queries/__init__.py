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
from marketplace.people.queries.persons import (
    Beside,
    PersonLine,
    Profile,
    Tie,
    addresses_of,
    consents_of,
    followed_ids,
    has_consent,
    is_blocked,
    lines,
    person_by_handle,
    portrait_url,
    profile,
    stated_age,
    subjects,
    tied,
    ties_with,
    trusted_ids,
)

__all__ = [
    "Beside", "Factors", "PersonLine", "Profile", "SignedInPerson", "Tie", "account_of",
    "addresses_of", "app_secret", "by_email", "consents_of", "email_of", "factors_of",
    "followed_ids", "has_consent", "is_blocked", "lines", "logins_of", "open_token",
    "person_by_handle", "portrait_url", "profile", "signed_in_by", "stated_age", "subjects",
    "tied", "ties_with", "trusted_ids",
]
