"""Where a producer's money goes: bank accounts, and accounts at the provider."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class BankAccount(Model):
    """Where a producer's money goes; the open row is in force, orders copy it."""

    __tablename__ = "bank_accounts"
    __table_args__ = (
        Index("uq_bank_accounts_open", "producer_id", unique=True,
              sqlite_where=text("replaced_at IS NULL"),
              postgresql_where=text("replaced_at IS NULL")),
    )

    id: Mapped[Key]
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    holder: Mapped[str] = mapped_column(String(70))
    iban: Mapped[str] = mapped_column(String(34))
    valid_from: Mapped[datetime]
    replaced_at: Mapped[datetime | None]


class AccountChange(Model):
    """Another account that waits for three days and the check; history is kept."""

    __tablename__ = "account_changes"
    __table_args__ = (
        CheckConstraint("state IN ('waiting','in_force','dropped')", name="state"),
        Index("uq_account_changes_waiting", "producer_id", unique=True,
              sqlite_where=text("state = 'waiting'"),
              postgresql_where=text("state = 'waiting'")),
    )

    id: Mapped[Key]
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    holder: Mapped[str] = mapped_column(String(70))
    iban: Mapped[str] = mapped_column(String(34))
    asked_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_name: Mapped[str] = mapped_column(String(80), default="")
    asked_at: Mapped[datetime]
    earliest_at: Mapped[datetime]
    checked_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    ended_at: Mapped[datetime | None]


class ProviderAccount(Model):
    """A producer's account at the payment provider, as it was seen last."""

    __tablename__ = "provider_accounts"
    __table_args__ = (
        UniqueConstraint("producer_id", "mode"),
        CheckConstraint("state IN ('none','started','restricted','ready')", name="state"),
    )

    id: Mapped[Key]
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    mode: Mapped[str] = mapped_column(String(4))
    reference: Mapped[str] = mapped_column(String(80), unique=True)
    state: Mapped[str] = mapped_column(String(10), default="started")
    missing: Mapped[str] = mapped_column(String(500), default="")
    checked_at: Mapped[datetime | None]
