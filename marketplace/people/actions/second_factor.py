"""A second factor for what must not happen by a stolen password: a code by mail, six digits.

Whoever asks for it names a purpose; the digits of a code app, a code on paper, or a passkey (which
makes the browser a code of this purpose) answer as well.
"""

from __future__ import annotations

import hmac
from datetime import timedelta
from hashlib import sha256

from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask_babel import gettext as _
from sqlalchemy import func, select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db, outside_only
from marketplace.foundation.errors import Conflict, Invalid, TooMany
from marketplace.foundation.events import announce
from marketplace.people.actions.factors import use_factor
from marketplace.people.actions.joining import HASHER, _one_at_a_time
from marketplace.people.actions.passkeys import use_passkey
from marketplace.people.actions.signing import NOBODY
from marketplace.people.events import CodeAsked
from marketplace.people.models import OneTimeCode
from marketplace.people.queries.login import account_of
from marketplace.web.tokens import sign

LASTS, MOST_TRIES, AN_HOUR = timedelta(minutes=10), 5, 5


def demand_password(person_id: int, password: str) -> None:
    """Once more the person's own password. Raises Invalid. Not inside a change."""
    outside_only("password checking")
    known = account_of(person_id).password_hash
    db.session.rollback()
    with _one_at_a_time:
        try:
            HASHER.verify(known or NOBODY, password[:300])
            right = True
        except (VerifyMismatchError, InvalidHashError):
            right = False
    if known is None:
        raise Invalid({"password": _("Your account has no password yet. You can set one under "
                                     "“Account, Security”.")})
    if not right:
        raise Invalid({"password": _("This is not your password.")})


def ask_code(person_id: int, purpose: str) -> None:
    """Send a code to the confirmed address; older ones of this purpose end.

    Raises TooMany after five in an hour, Conflict without a confirmed address. Changes
    one_time_codes; announces CodeAsked.
    """
    if account_of(person_id).confirmed_at is None:
        raise Conflict(_("Please confirm your e-mail address first."))
    now = clock.now()
    made = db.session.scalar(select(func.count()).where(
        OneTimeCode.person_id == person_id, OneTimeCode.made_at > now - timedelta(hours=1)))
    if (made or 0) >= AN_HOUR:
        raise TooMany(_("Five codes within an hour are enough. Please try again later."))
    db.session.execute(
        update(OneTimeCode).where(OneTimeCode.person_id == person_id,
                                  OneTimeCode.purpose == purpose, OneTimeCode.used_at.is_(None))
        .values(used_at=now).execution_options(synchronize_session=False))
    row = OneTimeCode(person_id=person_id, purpose=purpose, made_at=now, expires_at=now + LASTS)
    db.session.add(row)
    db.session.flush()
    announce(CodeAsked(person_id, row.id, purpose))


def code_by_passkey(person_id: int, purpose: str, typed: str) -> str:
    """Six digits for this purpose for who answers with a passkey. Raises Invalid.

    Changes one_time_codes, passkeys, used_challenges.
    """
    use_passkey(typed, person_id)
    now = clock.now()
    row = OneTimeCode(person_id=person_id, purpose=purpose, made_at=now, expires_at=now + LASTS)
    db.session.add(row)
    db.session.flush()
    return code_of(row.id, purpose)


def code_of(code_id: int, purpose: str) -> str:
    """The six digits of a code; made from its number, so they are stored nowhere."""
    whole = sha256(sign(f"code {purpose}", code_id).encode()).digest()
    return f"{int.from_bytes(whole[:8]) % 1_000_000:06d}"


def use_code(person_id: int, purpose: str, typed: str) -> bool:
    """Whether this is the newest code by mail, the digits of the code app or a code on paper.

    Each try counts, five at most. Commit whatever comes of it, or a try is not counted. Changes
    one_time_codes, code_apps, recovery_codes, factor_tries.
    """
    return _use_mailed(person_id, purpose, typed) or use_factor(person_id, typed) is not None


def _use_mailed(person_id: int, purpose: str, typed: str) -> bool:
    now = clock.now()
    row_id = db.session.scalar(
        select(OneTimeCode.id).where(OneTimeCode.person_id == person_id,
                                     OneTimeCode.purpose == purpose)
        .order_by(OneTimeCode.id.desc()).limit(1))
    tried = db.session.execute(
        update(OneTimeCode)
        .where(OneTimeCode.id == (row_id or 0), OneTimeCode.used_at.is_(None),
               OneTimeCode.expires_at > now, OneTimeCode.tries < MOST_TRIES)
        .values(tries=OneTimeCode.tries + 1).execution_options(synchronize_session=False))
    if not tried.rowcount or row_id is None:  # type: ignore[attr-defined]
        return False
    plain = "".join(sign for sign in typed if sign.isdecimal())
    if not hmac.compare_digest(code_of(row_id, purpose).encode(), plain.encode()):
        return False
    used = db.session.execute(
        update(OneTimeCode).where(OneTimeCode.id == row_id, OneTimeCode.used_at.is_(None))
        .values(used_at=now).execution_options(synchronize_session=False))
    return bool(used.rowcount)  # type: ignore[attr-defined]
