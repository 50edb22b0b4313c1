"""What a person can prove themself with beside the password."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, select

from marketplace.foundation.database import db
from marketplace.people.models import CodeApp, Passkey, RecoveryCode
from marketplace.web.tokens import unseal


@dataclass(frozen=True, slots=True)
class Factors:
    """What somebody has: passkeys, whether a code app, and how many codes are left on paper."""

    passkeys: Sequence[Passkey]
    app: bool
    recovery_left: int


def factors_of(person_id: int) -> Factors:
    """Passkeys, code app and codes on paper of a person. Loads: 2 statements."""
    keys = db.session.scalars(select(Passkey).where(Passkey.person_id == person_id)
                              .order_by(Passkey.made_at, Passkey.id).limit(20)).all()
    app, left = db.session.execute(select(
        exists().where(CodeApp.person_id == person_id, CodeApp.confirmed_at.is_not(None)),
        select(func.count(RecoveryCode.id)).where(
            RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
        .scalar_subquery())).one()
    return Factors(keys, bool(app), left or 0)


def app_secret(person_id: int) -> tuple[str, bool] | None:
    """The secret of a person's code app and whether it is in force. Loads: 1 statement."""
    row = db.session.execute(select(CodeApp.secret, CodeApp.confirmed_at).where(
        CodeApp.person_id == person_id)).first()
    plain = unseal("code app", row[0]) if row else None
    return (plain, row[1] is not None) if row and plain else None


def passkey_by(credential_id: str) -> Passkey | None:
    """The passkey of this number. Loads: 1 statement."""
    return db.session.scalar(select(Passkey).where(Passkey.credential_id == credential_id))


def passkey_ids(person_id: int) -> Sequence[str]:
    """The numbers of a person's passkeys. Loads: 1 statement."""
    return db.session.scalars(select(Passkey.credential_id).where(
        Passkey.person_id == person_id).order_by(Passkey.id).limit(20)).all()
