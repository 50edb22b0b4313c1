"""Who is signed in, and what belongs to signing in. The only reads of e-mail addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import literal, or_, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.people.models import Account, ApiToken, Login, MailToken, Person


@dataclass(frozen=True, slots=True)
class SignedInPerson:
    """The person behind this browser, as every page needs it."""

    key: str
    login_id: int
    id: int
    handle: str
    name: str
    lang: str
    theme: str
    picture_url: str
    trust_level: int
    age_class: str
    suggestions_on: bool
    counted: bool
    is_moderator: bool
    is_operator: bool
    strong_until: datetime | None = None
    has_factor: bool = False
    factor_by: date | None = None
    page_indexed: bool = False
    not_now: str = ""
    seen_on: date | None = None
    confirmed: bool = True
    scopes: frozenset[str] = frozenset()
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """The key in the cookie."""
        return self.key


def hashed(secret: str) -> str:
    """How secrets of links and cookies are kept."""
    return sha256(secret.encode()).hexdigest()


def signed_in_by(key: str) -> SignedInPerson | None:
    """The person whose open login has this key. Loads: 1 statement."""
    row = db.session.execute(
        select(Login.id, Person, Login.strong_until, Account.has_factor,
               Account.second_factor_by, Login.seen_on, Account.confirmed_at)
        .join(Person, Person.id == Login.person_id)
        .outerjoin(Account, Account.person_id == Person.id)
        .where(Login.id_hash == hashed(key), Login.ended_at.is_(None),
               Login.expires_at > clock.now(), Person.state.in_(("active", "suspended")))
    ).first()
    return None if row is None else _person(key, row)


def _person(key: str, row: Any) -> SignedInPerson:
    from marketplace.people.queries.persons import portrait_url

    who: Person = row[1]
    return SignedInPerson(
        key, row[0], who.id, who.handle, who.display_name or who.handle, who.lang, who.theme,
        portrait_url(who.picture_file, who.picture_seed), who.trust_level, who.age_class,
        who.suggestions_on, who.counted, who.is_moderator, who.is_operator, row[2],
        bool(row[3]), row[4], who.page_indexed, who.not_now, row[5],
        row[6] is not None,
    )


def by_email(email: str) -> Account | None:
    """The account with this address, however it is written. Loads: 1 statement."""
    return db.session.scalar(select(Account).where(Account.email_folded == email.strip().lower()))


def account_of(person_id: int) -> Account:
    """A person's account. Loads: 1 statement."""
    return db.session.execute(
        select(Account).where(Account.person_id == person_id)
    ).scalar_one()


def has_password(person_id: int) -> bool:
    """Whether a person's account opens by a password too. Loads: 1 statement."""
    return db.session.scalar(select(Account.password_hash).where(
        Account.person_id == person_id)) is not None


def email_of(person_id: int) -> tuple[str, bool] | None:
    """A person's address and whether it is confirmed. Loads: 1 statement."""
    row = db.session.execute(
        select(Account.email, Account.confirmed_at).where(Account.person_id == person_id)
    ).first()
    return (row[0], row[1] is not None) if row else None


def logins_of(person_id: int) -> Sequence[Login]:
    """Open logins, newest first. Loads: 1 statement."""
    return db.session.scalars(
        select(Login)
        .where(Login.person_id == person_id, Login.ended_at.is_(None),
               Login.expires_at > clock.now())
        .order_by(Login.made_at.desc(), Login.id.desc()).limit(50)
    ).all()


def open_token(secret: str, purpose: str) -> MailToken | None:
    """An unused, unexpired token. Loads: 1 statement."""
    return db.session.scalar(
        select(MailToken).where(
            MailToken.hash == hashed(secret), MailToken.purpose == purpose,
            MailToken.used_at.is_(None), MailToken.expires_at > clock.now())
    )


def holder_of(secret: str) -> tuple[SignedInPerson, int] | None:
    """For whom a program with this secret acts, with what it may, and its token.

    Loads: 1 statement.
    """
    now = clock.now()
    row = db.session.execute(
        select(ApiToken.id, Person, literal(None), Account.has_factor, Account.second_factor_by,
               ApiToken.used_on, Account.confirmed_at, ApiToken.scopes)
        .join(Person, Person.id == ApiToken.person_id)
        .join(Account, Account.person_id == Person.id)
        .where(ApiToken.hash == hashed(secret), ApiToken.revoked_at.is_(None),
               or_(ApiToken.expires_at.is_(None), ApiToken.expires_at > now),
               Person.state == "active")).first()
    if row is None:
        return None
    return replace(_person("", row), login_id=0, scopes=frozenset(row[7].split())), row[0]


def tokens_of(person_id: int) -> Sequence[ApiToken]:
    """A person's keys for programs in force, newest first. Loads: 1 statement."""
    return db.session.scalars(
        select(ApiToken).where(
            ApiToken.person_id == person_id, ApiToken.revoked_at.is_(None),
            or_(ApiToken.expires_at.is_(None), ApiToken.expires_at > clock.now()))
        .order_by(ApiToken.id.desc()).limit(50)).all()
