"""Tables of `people`: persons and their accounts, and what ties persons together."""

from marketplace.people.models.account import Account, Consent, Login, MailToken, OneTimeCode
from marketplace.people.models.person import (
    Address,
    OldHandle,
    Person,
    Subject,
    Visibility,
)
from marketplace.people.models.ties import Block, Follow, Mute, Trust

__all__ = [
    "Account", "Address", "Block", "Consent", "Follow", "Login", "MailToken", "Mute", "OldHandle",
    "OneTimeCode", "Person", "Subject", "Trust", "Visibility",
]
