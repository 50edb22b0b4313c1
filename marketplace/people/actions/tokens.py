"""Keys for programs: made, shown once, taken back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import update

from marketplace.foundation import clock
from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound
from marketplace.foundation.events import announce
from marketplace.people.events import TokenMade
from marketplace.people.models import ApiToken
from marketplace.people.queries.login import hashed, tokens_of
from marketplace.people.rules.tokens import LASTS_DAYS, MOST_TOKENS, PREFIX_SIGNS, SCOPES

SECRET_BITS = 256


def make_token(person_id: int, name: str, scopes: Collection[str], days: int) -> str:
    """A fresh key; what comes back is its secret, which nobody can read again.

    Raises Invalid, Conflict where there are too many. Changes api_tokens; announces TokenMade.
    """
    faults = {}
    if not 1 <= len(name) <= 60:
        faults["name"] = _("Give it a name of at most 60 signs, so that you know it again.")
    if not scopes or not set(scopes) <= set(SCOPES):
        faults["scopes"] = _("Choose what the program may do.")
    if days not in LASTS_DAYS:
        faults["days"] = _("Please choose one of these.")
    if faults:
        raise Invalid(faults)
    if len(tokens_of(person_id)) >= MOST_TOKENS:
        raise Conflict(_("You have twenty keys. Take one back first."))
    secret, now = secret_code(SECRET_BITS), clock.now()
    db.session.add(ApiToken(
        person_id=person_id, name=name, prefix=secret[:PREFIX_SIGNS], hash=hashed(secret),
        scopes=" ".join(one for one in SCOPES if one in scopes), made_at=now,
        expires_at=now + timedelta(days=days)))
    db.session.flush()
    announce(TokenMade(person_id, name))
    return secret


def revoke_token(person_id: int, token_id: int) -> None:
    """Take one's own key back, at once. Raises NotFound. Changes api_tokens."""
    done = db.session.execute(
        update(ApiToken).where(ApiToken.id == token_id, ApiToken.person_id == person_id,
                               ApiToken.revoked_at.is_(None)).values(revoked_at=clock.now()))
    if not done.rowcount:  # type: ignore[attr-defined]
        raise NotFound(_("This key is not there any more."))


def revoke_all(person_id: int) -> None:
    """No program may act for a person any more: the account was taken back. Changes api_tokens."""
    db.session.execute(update(ApiToken).where(
        ApiToken.person_id == person_id, ApiToken.revoked_at.is_(None))
        .values(revoked_at=clock.now()))
