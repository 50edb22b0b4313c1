"""People hear of what happens to their account; these letters always go out."""

from __future__ import annotations

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.notify.actions.telling import letter
from marketplace.people.events import (
    AccountClosing,
    EmailChangeAsked,
    EmailChanged,
    FactorChanged,
    InactiveWarned,
    PasswordChanged,
    TakeoutReady,
    TokenMade,
)
from marketplace.people.models import Person


def _lang(person_id: int) -> str:
    return db.session.scalar(select(Person.lang).where(Person.id == person_id)) or "de"


def password_changed(event: PasswordChanged) -> None:
    """Another password."""
    letter("account", "security", _lang(event.person_id), person_id=event.person_id,
           args={"what": "password"})


def factor_changed(event: FactorChanged) -> None:
    """A passkey or a code app came or went."""
    letter("account", "security", _lang(event.person_id), person_id=event.person_id,
           args={"what": event.what})


def token_made(event: TokenMade) -> None:
    """A program may act for the person from now on."""
    letter("account", "program", _lang(event.person_id), person_id=event.person_id,
           args={"name": event.name})


def email_asked(event: EmailChangeAsked) -> None:
    """A link to the new address."""
    letter("account", "new_email", _lang(event.person_id), email=event.email,
           args={"token_id": event.token_id, "purpose": "change"})


def email_changed(event: EmailChanged) -> None:
    """The former address is told once more."""
    letter("account", "security", _lang(event.person_id), email=event.former,
           args={"what": "email"})


def closing(event: AccountClosing) -> None:
    """The account is closed; for seven days a link opens it again."""
    letter("account", "closing", _lang(event.person_id), person_id=event.person_id,
           args={"token_id": event.token_id, "purpose": "undo_close", "by": event.by})


def takeout_ready(event: TakeoutReady) -> None:
    """The person's own data lie ready."""
    letter("account", "takeout", _lang(event.person_id), person_id=event.person_id)


def inactive(event: InactiveWarned) -> None:
    """Nobody signed in for two years."""
    letter("account", "inactive", _lang(event.person_id), person_id=event.person_id)
