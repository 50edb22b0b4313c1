"""Opening an account, confirming its address, and a new password."""

from __future__ import annotations

import random
from datetime import timedelta
from hashlib import sha256
from threading import Lock

from argon2 import PasswordHasher
from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db, outside_only
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.foundation.events import announce
from marketplace.people.actions.tokens import revoke_all
from marketplace.people.events import (
    EmailConfirmed,
    JoinedTwice,
    PasswordChanged,
    PersonJoined,
    ResetAsked,
)
from marketplace.people.models import (
    Account,
    CodeApp,
    Login,
    MailToken,
    OldHandle,
    Passkey,
    Person,
    RecoveryCode,
)
from marketplace.people.queries.login import by_email, hashed, open_token
from marketplace.people.queries.names import houses
from marketplace.people.rules import accounts as rules
from marketplace.web.tokens import sign

HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_one_at_a_time = Lock()
CONFIRM_FOR, RESET_FOR = timedelta(days=14), timedelta(hours=2)


def hash_password(password: str) -> str:
    """The argon2id hash, one at a time per process; not inside a change."""
    outside_only("password hashing")
    with _one_at_a_time:
        return HASHER.hash(password)


def check_joining(handle: str, email: str, password: str | None) -> None:
    """Everything about joining that needs no database; without a password where a passkey opens
    the account. Raises Invalid.
    """
    faults = {}
    if sentence := handle_sentence(rules.folded_handle(handle)):
        faults["handle"] = sentence
    if not is_email(email):
        faults["email"] = _("This does not look like an e-mail address.")
    if password is not None and (sentence := password_sentence(password, email, handle)):
        faults["password"] = sentence
    if faults:
        raise Invalid(faults)


def handle_sentence(folded: str) -> str | None:
    """What to say of a handle that cannot be one, or None; houses keep theirs."""
    fault = rules.handle_fault(folded)
    if fault is None and any(slug == folded for _id, slug, _name in houses()):
        return _("This is the name of a house here.")
    if fault == "form":
        return _("3 to 30 signs: letters a-z, digits and single hyphens, beginning with a letter.")
    return _("This name is kept for the site itself.") if fault else None


def is_email(text: str) -> bool:
    """Whether this is written as an address is."""
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return len(text) <= 254


def password_sentence(password: str, email: str, handle: str) -> str | None:
    """What to say of a password that cannot be taken, or None."""
    fault = rules.password_fault(password, email, handle)
    sentences = {
        "short": _("At least 12 characters. A short sentence is easy to remember."),
        "long": _("At most 256 characters."),
        "same": _("One sign over and over is too easy to guess."),
        "common": _("This password is known everywhere. Please take another."),
        "own": _("Your handle or address is inside. Please take another."),
    }
    return sentences[fault] if fault else None


def join(handle: str, email: str, password_hash: str | None, lang: str) -> Person | None:
    """Open an account; None when the address has one (its owner is told by mail instead).

    Raises Invalid for a taken handle. Changes people, accounts, mail_tokens; announces
    PersonJoined or JoinedTwice.
    """
    folded = rules.folded_handle(handle)
    if taken(folded):
        raise Invalid({"handle": _("Somebody has this name already.")})
    known = by_email(email)
    if known is not None:
        announce(JoinedTwice(known.person_id))
        return None
    who = Person(
        handle=folded, handle_folded=folded, lang=lang, joined_on=clock.today(),
        joined_at=clock.now(),
        picture_seed=random.randrange(1, 10**9),  # noqa: S311 - a picture
    )
    db.session.add(who)
    db.session.flush()
    db.session.add(Account(
        person_id=who.id, email=email.strip(), email_folded=email.strip().lower(),
        password_hash=password_hash, active_on=clock.today(),
    ))
    db.session.flush()
    announce(PersonJoined(who.id, make_token(who.id, "confirm", CONFIRM_FOR)))
    return who


def taken(folded: str) -> bool:
    """Whether somebody has this handle, or had it less than two years ago."""
    hashed_too = "#" + sha256(folded.encode()).hexdigest()[:28]
    former = select(OldHandle.person_id).where(
        OldHandle.handle_folded.in_((folded, hashed_too)), OldHandle.until > clock.today())
    present = select(Person.id).where(Person.handle_folded == folded)
    return db.session.scalar(present) is not None or db.session.scalar(former) is not None


def token_secret(token_id: int, purpose: str) -> str:
    """The secret of a token's link; made from its number, so it is stored nowhere."""
    return sign(f"mail {purpose}", token_id)


def make_token(person_id: int, purpose: str, lasts: timedelta) -> int:
    """A new token row; its number. Changes mail_tokens."""
    row = MailToken(person_id=person_id, purpose=purpose, hash=f"new {random.random()}",  # noqa: S311
                    expires_at=clock.now() + lasts)
    db.session.add(row)
    db.session.flush()
    row.hash = hashed(token_secret(row.id, purpose))
    db.session.flush()
    return row.id


def confirm(secret: str) -> int:
    """The address is theirs; the person's id. Raises NotFound for a used or foreign link."""
    token = open_token(secret, "confirm")
    if token is None:
        raise NotFound(_("This link was used or is too old."))
    token.used_at = clock.now()
    db.session.execute(update(Account).where(
        Account.person_id == token.person_id, Account.confirmed_at.is_(None)
    ).values(confirmed_at=clock.now()))
    announce(EmailConfirmed(token.person_id))
    return token.person_id


def request_reset(email: str) -> None:
    """Send a link for a new password if the address is known; nothing tells whether it is."""
    known = by_email(email)
    if known is not None:
        announce(ResetAsked(known.person_id, make_token(known.person_id, "reset", RESET_FOR)))


def reset_password(secret: str, password_hash: str) -> int:
    """Set a new password by a link; all logins and keys for programs end. Raises NotFound for a
    used or old link.

    Whoever opened the account never showed that the address is theirs: what they left to open it
    goes, and the address is confirmed now. Changes accounts, logins, api_tokens, mail_tokens,
    factors.
    """
    token = open_token(secret, "reset")
    if token is None:
        raise NotFound(_("This link was used or is too old."))
    token.used_at = clock.now()
    _set_password(token.person_id, password_hash)
    revoke_all(token.person_id)
    fresh = db.session.execute(update(Account).where(
        Account.person_id == token.person_id, Account.confirmed_at.is_(None)
    ).values(confirmed_at=clock.now(), has_factor=False))
    if fresh.rowcount:  # type: ignore[attr-defined]
        for table in (Passkey, CodeApp, RecoveryCode):
            db.session.execute(delete(table).where(table.person_id == token.person_id))
        announce(EmailConfirmed(token.person_id))
    return token.person_id


def change_password(person_id: int, password_hash: str, keep_login: int) -> None:
    """Set a new password; all other logins end."""
    _set_password(person_id, password_hash, keep_login)


def _set_password(person_id: int, password_hash: str, keep_login: int | None = None) -> None:
    db.session.execute(update(Account).where(Account.person_id == person_id)
                       .values(password_hash=password_hash))
    ended = update(Login).where(Login.person_id == person_id, Login.ended_at.is_(None))
    if keep_login is not None:
        ended = ended.where(Login.id != keep_login)
    db.session.execute(ended.values(ended_at=clock.now(), ended_by="password"))
    announce(PasswordChanged(person_id))
