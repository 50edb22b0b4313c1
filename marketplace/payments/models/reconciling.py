"""The nightly comparison with the payment service."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class ProviderLine(Model):
    """A line of the market's account at the provider; minor units."""

    __tablename__ = "provider_lines"

    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    reference: Mapped[str] = mapped_column(String(80), primary_key=True)
    minor: Mapped[int]
    fee_minor: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime]


class ComparedDay(Model):
    """A day whose lines were compared with our moves, and how many of each there were."""

    __tablename__ = "compared_days"

    on_day: Mapped[date] = mapped_column(primary_key=True)
    lines: Mapped[int]
    moves: Mapped[int]
    differences: Mapped[int]
    done_at: Mapped[datetime]


class Difference(Model):
    """What the provider says and our book does not, or the other way round; minor units.

    `gone` where both agreed later, `settled` where a named person said why it is so.
    """

    __tablename__ = "differences"
    __table_args__ = (
        CheckConstraint("state IN ('open','gone','settled')", name="state"),
        UniqueConstraint("kind", "reference"),
    )

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(16))
    reference: Mapped[str] = mapped_column(String(80))
    ours_minor: Mapped[int]
    theirs_minor: Mapped[int]
    state: Mapped[str] = mapped_column(String(8), default="open")
    found_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    by_name: Mapped[str] = mapped_column(String(80), default="")
    why: Mapped[str] = mapped_column(String(300), default="")
