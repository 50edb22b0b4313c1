"""Signing in and out: logins as rows that can be listed and ended."""

from __future__ import annotations

from datetime import timedelta

from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask_babel import gettext as _
from sqlalchemy import update

from marketplace.foundation import clock
from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import db, outside_only
from marketplace.foundation.errors import Invalid
from marketplace.people.actions.joining import HASHER, _one_at_a_time
from marketplace.people.models import Account, Login
from marketplace.people.queries.login import by_email, hashed

LASTS, STRONG = timedelta(days=30), timedelta(minutes=10)
NOBODY = HASHER.hash("nobody has this password")


def sign_in(email: str, password: str) -> Account:
    """The account whose password this is; unknown and wrong take the same time.

    Raises Invalid with one sentence for both. Not inside a change.
    """
    outside_only("password checking")
    account = by_email(email)
    known = account.password_hash if account and account.password_hash else NOBODY
    with _one_at_a_time:
        try:
            HASHER.verify(known, password[:300])
            right = account is not None and known is not NOBODY
        except (VerifyMismatchError, InvalidHashError):
            right = False
    if not right or account is None:
        raise Invalid({"password": _("Address and password do not go together.")})
    return account


def start_login(person_id: int, label: str) -> str:
    """A new login; the key for the cookie. Changes logins, accounts."""
    key, moment = secret_code(128), clock.now()
    db.session.add(Login(
        id_hash=hashed(key), person_id=person_id, made_at=moment, seen_on=moment.date(),
        strong_until=moment + STRONG, label=label[:60], expires_at=moment + LASTS,
    ))
    db.session.execute(update(Account).where(Account.person_id == person_id)
                       .values(active_on=moment.date()))
    db.session.flush()
    return key


def end_login(person_id: int, login_id: int, by: str = "self") -> bool:
    """End one of a person's own logins; whether it was open. Changes logins."""
    ended = db.session.execute(
        update(Login).where(Login.id == login_id, Login.person_id == person_id,
                            Login.ended_at.is_(None))
        .values(ended_at=clock.now(), ended_by=by)
    )
    return bool(ended.rowcount)  # type: ignore[attr-defined]


def end_other_logins(person_id: int, keep: int) -> int:
    """End all of a person's logins but one; how many. Changes logins."""
    ended = db.session.execute(
        update(Login).where(Login.person_id == person_id, Login.id != keep,
                            Login.ended_at.is_(None))
        .values(ended_at=clock.now(), ended_by="self")
    )
    return int(ended.rowcount)  # type: ignore[attr-defined]
