"""The raw signals of taste, what people say to suggestions, and what they chose."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model

ORDERS = ("taste", "people", "verdict", "plain")
REASONS = ("person", "group", "taste", "verdict")
ACCEPTS = ("members", "followed", "mutuals", "nobody")


class Signal(Model):
    """The strongest newest evidence of a person's taste for a product; value 0..1."""

    __tablename__ = "signals"
    __table_args__ = (
        CheckConstraint("value BETWEEN 0 AND 1", name="value"),
        CheckConstraint("person_id IS NOT NULL OR outside_person IS NOT NULL", name="person"),
        Index("uq_signals_person", "person_id", "product_id", unique=True,
              sqlite_where=text("person_id IS NOT NULL"),
              postgresql_where=text("person_id IS NOT NULL")),
        Index("uq_signals_outside", "outside_person", "product_id", unique=True,
              sqlite_where=text("outside_person IS NOT NULL"),
              postgresql_where=text("outside_person IS NOT NULL")),
        Index("ix_signals_product", "product_id"),
        Index("ix_signals_stamp", "stamp"),
    )

    id: Mapped[Key]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    outside_person: Mapped[str | None] = mapped_column(String(80))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    value: Mapped[float]
    again: Mapped[bool]
    source: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]
    stamp: Mapped[int]


class SignalClock(Model):
    """One row: the number of the newest change of any signal, follow, trust or consent.

    logged_after: taste_changes hold every change with a larger number.
    """

    __tablename__ = "signal_clock"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    stamp: Mapped[int]
    logged_after: Mapped[int] = mapped_column(default=0)


class TasteChange(Model):
    """Something of a person, or of everybody, is to be read anew by all processes.

    what: her signals, whom she follows and trusts, or whether she counts and may be matched and
    named. A signal that is new or has another value is found by its own stamp and is not here.
    """

    __tablename__ = "taste_changes"
    __table_args__ = (
        CheckConstraint("what IN ('signals','follows','standing')", name="what"),
        Index("ix_taste_changes_stamp", "stamp"),
    )

    id: Mapped[Key]
    stamp: Mapped[int]
    what: Mapped[str] = mapped_column(String(8))
    person_id: Mapped[int | None]
    at: Mapped[datetime]


class SuggestionRow(Model):
    """A person's list as it was; thrown away and made anew at will.

    stamp: the newest change that is in it; signature: of the parameters it was made with; things:
    at most 200 with the parts of their score, as `queries.stored` writes them; peers: everybody
    whose evidence is in it.
    """

    __tablename__ = "suggestion_rows"
    __table_args__ = (Index("ix_suggestion_rows_stamp", "stamp"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    made_at: Mapped[datetime]
    stamp: Mapped[int]
    signature: Mapped[str] = mapped_column(String(16))
    things: Mapped[str] = mapped_column(Text)
    peers: Mapped[str] = mapped_column(Text)


class Feedback(Model):
    """What a person says to a suggestion."""

    __tablename__ = "feedback"
    __table_args__ = (
        CheckConstraint("kind IN ('not_for_me','know_it')", name="kind"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    at: Mapped[datetime]


class Choices(Model):
    """What a person chose of being named, of the order of lists, of whose word reaches them, and
    of being asked for advice.

    Only people who differ from the default have a row.
    """

    __tablename__ = "recommend_choices"
    __table_args__ = (
        CheckConstraint("order_by IN ('taste','people','verdict','plain')", name="order_by"),
        CheckConstraint("accepts IN ('members','followed','mutuals','nobody')", name="accepts"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    named: Mapped[bool] = mapped_column(default=True)
    order_by: Mapped[str] = mapped_column(String(8), default="taste")
    accepts: Mapped[str] = mapped_column(String(8), default="followed")
    asked: Mapped[bool] = mapped_column(default=False, server_default=false())


class LessOf(Model):
    """A person wants fewer suggestions for one kind of reason."""

    __tablename__ = "less_of"
    __table_args__ = (
        CheckConstraint("reason IN ('person','group','taste','verdict')", name="reason"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(8), primary_key=True)
    at: Mapped[datetime]
