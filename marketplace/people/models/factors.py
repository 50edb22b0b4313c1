"""What a person proves themself with beside the password."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class Passkey(Model):
    """A key that lives in a device; only its public half is here."""

    __tablename__ = "passkeys"
    __table_args__ = (Index("ix_passkeys_person_id", "person_id"),)

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime]
    used_on: Mapped[date | None]


class CodeApp(Model):
    """An app that shows six digits; its secret is encrypted, the last used step is kept."""

    __tablename__ = "code_apps"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    secret: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(default=0)


class RecoveryCode(Model):
    """One of ten codes on paper; only its hash is kept, and when it was used."""

    __tablename__ = "recovery_codes"
    __table_args__ = (Index("ix_recovery_codes_person_id", "person_id"),)

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None]


class UsedChallenge(Model):
    """A challenge for a passkey that was answered: a second answer to it is refused."""

    __tablename__ = "used_challenges"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    used_at: Mapped[datetime]


class FactorTry(Model):
    """How often a code was tried wrongly of late, by person."""

    __tablename__ = "factor_tries"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    since: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
