"""Code app and codes on paper: set up, used once each, taken away."""

from __future__ import annotations

import hmac
from datetime import timedelta

import pyotp
from flask_babel import gettext as _
from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from marketplace.foundation import clock
from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, TooMany
from marketplace.foundation.events import announce
from marketplace.people.events import FactorChanged
from marketplace.people.models import Account, CodeApp, FactorTry, Passkey, RecoveryCode
from marketplace.people.queries.factors import app_secret
from marketplace.people.queries.login import hashed
from marketplace.web.tokens import seal

ON_PAPER, MOST_TRIES, WINDOW = 10, 5, timedelta(minutes=10)
STEP_SECONDS, STEPS_BESIDE = 30, 1


def begin_app(person_id: int) -> None:
    """A fresh secret for a code app that is not in force yet. Raises Conflict. Changes code_apps.
    """
    now = clock.now()
    row = db.session.get(CodeApp, person_id)
    if row is not None and row.confirmed_at is not None:
        raise Conflict(_("A code app is set up already. Remove it first."))
    if row is None:
        row = CodeApp(person_id=person_id, made_at=now)
        db.session.add(row)
    row.secret, row.made_at = seal("code app", pyotp.random_base32()), now
    db.session.flush()


def confirm_app(person_id: int, typed: str) -> list[str]:
    """The app shows the right digits: it is in force; codes for paper where there were none.

    Raises Invalid, TooMany. Changes code_apps, recovery_codes, accounts; announces FactorChanged.
    """
    known = app_secret(person_id)
    if known is None or not _app_code(person_id, typed):
        raise Invalid({"code": _("These digits do not fit. Please type those shown just now.")})
    db.session.execute(update(CodeApp).where(CodeApp.person_id == person_id)
                       .values(confirmed_at=clock.now()))
    announce(FactorChanged(person_id, "app_added"))
    return first_codes(person_id)


def drop_app(person_id: int) -> None:
    """No code app any more. Changes code_apps, recovery_codes, accounts; announces."""
    gone = db.session.execute(delete(CodeApp).where(CodeApp.person_id == person_id))
    if gone.rowcount:  # type: ignore[attr-defined]
        announce(FactorChanged(person_id, "app_removed"))
    factors_changed(person_id)


def first_codes(person_id: int) -> list[str]:
    """Codes for paper if the person has none that is good; the account knows of its factor."""
    factors_changed(person_id)
    left = db.session.scalar(select(func.count(RecoveryCode.id)).where(
        RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None)))
    return [] if left else new_codes(person_id)


def new_codes(person_id: int) -> list[str]:
    """Ten fresh codes to write down; older ones are worth nothing. Changes recovery_codes."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    codes = [f"{one[:5]}-{one[5:10]}" for one in (
        secret_code(64).lower().replace("-", "x").replace("_", "y") for _n in range(ON_PAPER))]
    db.session.add_all(RecoveryCode(person_id=person_id, hash=hashed(_plain(one))) for one in codes)
    db.session.flush()
    return codes


def _plain(typed: str) -> str:
    return "".join(sign for sign in typed.lower() if sign.isalnum())


def factors_changed(person_id: int) -> None:
    """Note with the account whether anything beside the password is left. Changes accounts."""
    has = db.session.scalar(select(
        exists().where(Passkey.person_id == person_id)
        | exists().where(CodeApp.person_id == person_id, CodeApp.confirmed_at.is_not(None))))
    db.session.execute(update(Account).where(Account.person_id == person_id)
                       .values(has_factor=bool(has)))
    if not has:
        db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))


def use_factor(person_id: int, typed: str) -> str | None:
    """"app" or "paper" if this is a good code of the person, used up with it; else None.

    Commit whatever comes of it, or a try is not counted. Raises TooMany after five wrong ones in
    ten minutes. Changes code_apps, recovery_codes, factor_tries.
    """
    known = app_secret(person_id)
    if known and known[1] and _app_code(person_id, typed):
        return "app"
    return "paper" if _paper_code(person_id, typed) else None


def _app_code(person_id: int, typed: str) -> bool:
    """Whether these are the digits of now, or of half a minute beside it, not used before."""
    digits = "".join(sign for sign in typed if sign.isdecimal())
    known = app_secret(person_id)
    if known is None or len(digits) != 6 or len(_plain(typed)) != 6:
        return False
    count_try(person_id, "app")
    now = int(clock.now().timestamp()) // STEP_SECONDS
    code = pyotp.TOTP(known[0])
    for step in range(now - STEPS_BESIDE, now + STEPS_BESIDE + 1):
        if hmac.compare_digest(code.at(step * STEP_SECONDS), digits):
            fresh = db.session.execute(
                update(CodeApp).where(CodeApp.person_id == person_id, CodeApp.last_step < step)
                .values(last_step=step).execution_options(synchronize_session=False))
            return bool(fresh.rowcount)  # type: ignore[attr-defined]
    return False


def _paper_code(person_id: int, typed: str) -> bool:
    plain = _plain(typed)
    if len(plain) != 10:
        return False
    count_try(person_id, "paper")
    used = db.session.execute(
        update(RecoveryCode).where(RecoveryCode.person_id == person_id,
                                   RecoveryCode.hash == hashed(plain),
                                   RecoveryCode.used_at.is_(None))
        .values(used_at=clock.now()).execution_options(synchronize_session=False))
    return bool(used.rowcount)  # type: ignore[attr-defined]


def count_try(person_id: int, kind: str) -> None:
    """One more try of this kind; the sixth in ten minutes is refused whether right or wrong.

    Raises TooMany. Changes factor_tries.
    """
    now = clock.now()
    made = (sqlite if db.session.get_bind().dialect.name == "sqlite" else postgresql).insert(
        FactorTry).values(person_id=person_id, kind=kind, since=now, tries=0)
    db.session.execute(made.on_conflict_do_nothing())
    row = FactorTry.person_id == person_id, FactorTry.kind == kind
    db.session.execute(update(FactorTry).where(*row, FactorTry.since < now - WINDOW)
                       .values(since=now, tries=0).execution_options(synchronize_session=False))
    taken = db.session.execute(
        update(FactorTry).where(*row, FactorTry.tries < MOST_TRIES)
        .values(tries=FactorTry.tries + 1).execution_options(synchronize_session=False))
    if not taken.rowcount:  # type: ignore[attr-defined]
        raise TooMany(_("Five codes in ten minutes are enough. Please wait ten minutes, or use a "
                        "passkey."), int(WINDOW.total_seconds()))
