"""What belongs to signing in and to consents; never loaded for a public page."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class Account(Model):
    """E-mail and password of a person."""

    __tablename__ = "accounts"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    email_folded: Mapped[str] = mapped_column(String(254), unique=True)
    confirmed_at: Mapped[datetime | None]
    password_hash: Mapped[str | None] = mapped_column(String(200))
    active_on: Mapped[date]
    warned_at: Mapped[datetime | None]
    second_factor_by: Mapped[date | None]
    has_factor: Mapped[bool] = mapped_column(server_default=false(), default=False)


class MailToken(Model):
    """A link sent by mail; only its hash is kept."""

    __tablename__ = "mail_tokens"
    __table_args__ = (
        CheckConstraint("purpose IN ('confirm','change','reset','undo_close')", name="purpose"),
    )

    id: Mapped[Key]
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    purpose: Mapped[str] = mapped_column(String(12))
    new_email: Mapped[str | None] = mapped_column(String(254))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class OneTimeCode(Model):
    """A code sent by mail for one purpose; its digits are made from its number."""

    __tablename__ = "one_time_codes"
    __table_args__ = (Index("ix_one_time_codes_person", "person_id", "made_at"),)

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    purpose: Mapped[str] = mapped_column(String(20))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]


class Login(Model):
    """One signed-in browser; the cookie holds the key, the row its hash."""

    __tablename__ = "logins"
    __table_args__ = (Index("ix_logins_person", "person_id", "ended_at"),)

    id: Mapped[Key]
    id_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    seen_on: Mapped[date]
    strong_until: Mapped[datetime | None]
    label: Mapped[str] = mapped_column(String(60))
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(String(12))


class Consent(Model):
    """A yes with its text and place; withdrawn by date, never overwritten."""

    __tablename__ = "consents"
    __table_args__ = (Index("ix_consents_person", "person_id", "purpose"),)

    id: Mapped[Key]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    guest_key: Mapped[str | None] = mapped_column(String(64))
    purpose: Mapped[str] = mapped_column(String(30))
    text_version: Mapped[str] = mapped_column(String(20))
    given_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(40))
    withdrawn_at: Mapped[datetime | None]
