"""Tables of `people`: persons and their accounts, and what ties persons together."""

from marketplace.people.models.account import Account, Consent, Login, MailToken, OneTimeCode
from marketplace.people.models.factors import (
    CodeApp,
    FactorTry,
    Passkey,
    RecoveryCode,
    UsedChallenge,
)
from marketplace.people.models.person import (
    Address,
    HiddenProfile,
    OldHandle,
    Person,
    Subject,
    Visibility,
)
from marketplace.people.models.standing import (
    Closing,
    Erasure,
    Helper,
    PersonSighting,
    Standing,
    Takeout,
)
from marketplace.people.models.ties import Block, Follow, Mute, Trust
from marketplace.people.models.tokens import ApiToken
from marketplace.people.models.wishes import HealthWish, Wish

__all__ = [
    "Account", "Address", "ApiToken", "Block", "Closing", "CodeApp", "Consent", "Erasure",
    "FactorTry", "Follow", "HealthWish", "Helper", "HiddenProfile", "Login", "MailToken", "Mute",
    "OldHandle", "OneTimeCode", "Passkey", "Person", "PersonSighting", "RecoveryCode", "Standing",
    "Subject", "Takeout", "Trust", "UsedChallenge", "Visibility", "Wish",
]
