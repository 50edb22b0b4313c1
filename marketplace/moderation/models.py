"""Tables of `moderation`: reports, matters, decisions with reasons, appeals, the public log."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model

REASONS = ("insult", "false_fact", "threat_hate", "personal_data", "ip", "youth",
           "dangerous_product", "spam_or_undeclared_ad", "off_topic", "sham_review", "duplicate")
MEASURES = ("none", "hint", "edit", "label", "collapse", "hold", "remove", "restore")
_IN_REASONS = "reason IN (" + ",".join(f"'{reason}'" for reason in REASONS) + ")"
_IN_MEASURES = "measure IN (" + ",".join(f"'{measure}'" for measure in MEASURES) + ")"


class Matter(Model):
    """All reports about one object, together."""

    __tablename__ = "matters"
    __table_args__ = (
        CheckConstraint("state IN ('open','waiting_author','decided','appealed','closed')",
                        name="state"),
        Index("uq_matters_open", "object_kind", "object_id", unique=True,
              sqlite_where=text("state = 'open'"), postgresql_where=text("state = 'open'")),
    )

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(String(12), unique=True)
    object_kind: Mapped[str] = mapped_column(String(16))
    object_id: Mapped[int]
    opened_at: Mapped[datetime]
    urgent: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(16), default="open")
    due_at: Mapped[datetime | None]


class AuthorWord(Model):
    """What an author answered to a complaint."""

    __tablename__ = "author_words"
    __table_args__ = (Index("ix_author_words_matter_id", "matter_id"),)

    id: Mapped[Key]
    matter_id: Mapped[int] = mapped_column(ForeignKey("matters.id"))
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class Report(Model):
    """Somebody says that something is not right."""

    __tablename__ = "reports"
    __table_args__ = (
        CheckConstraint(_IN_REASONS, name="reason"),
        Index("ix_reports_matter_id", "matter_id"),
    )

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(String(12), unique=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matters.id"))
    kind: Mapped[str] = mapped_column(String(6), default="quick")
    url: Mapped[str] = mapped_column(String(300))
    reason: Mapped[str] = mapped_column(String(24))
    why: Mapped[str] = mapped_column(Text, default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str | None] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(254))
    good_faith: Mapped[bool] = mapped_column(default=False)
    status_key: Mapped[str] = mapped_column(String(32), unique=True)
    lang: Mapped[str] = mapped_column(String(2), default="de", server_default="de")
    received_at: Mapped[datetime]


class Decision(Model):
    """What a person decided, on which ground, and why no milder means would do.

    `emptied_at`: since when the words that it removed are kept no longer.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        CheckConstraint(_IN_REASONS, name="reason"),
        CheckConstraint(_IN_MEASURES, name="measure"),
        CheckConstraint("NOT (reason = 'off_topic' AND measure = 'remove')", name="off_topic"),
        Index("ix_decisions_matter_id", "matter_id"),
    )

    id: Mapped[Key]
    matter_id: Mapped[int] = mapped_column(ForeignKey("matters.id"))
    reason: Mapped[str] = mapped_column(String(24))
    measure: Mapped[str] = mapped_column(String(10))
    facts: Mapped[str] = mapped_column(Text)
    milder_why: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    level: Mapped[str] = mapped_column(String(4), default="none")
    replaced_by: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"))
    log_n: Mapped[int | None]
    emptied_at: Mapped[datetime | None]


class Contested:
    """What somebody says against an act, until when it is decided, by whom and why.

    `first_by`: who did the act and so never decides about it again.
    """

    number: Mapped[str] = mapped_column(String(12), unique=True)
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    due_at: Mapped[datetime]
    first_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    result: Mapped[str | None] = mapped_column(String(7))
    why: Mapped[str] = mapped_column(Text, default="")
    reminded_at: Mapped[datetime | None]


class Appeal(Contested, Model):
    """Somebody concerned does not accept a decision.

    `party_id`: 0 for the author, the report of a reporter, the producer concerned.
    """

    __tablename__ = "appeals"
    __table_args__ = (
        CheckConstraint("side IN ('author','reporter','affected')", name="side"),
        CheckConstraint("result IN ('upheld','changed')", name="result"),
        CheckConstraint("decided_by IS NULL OR decided_by <> first_by", name="other_person"),
        CheckConstraint("(result IS NULL AND decided_by IS NULL AND decided_at IS NULL) OR "
                        "(result IS NOT NULL AND decided_by IS NOT NULL AND "
                        "decided_at IS NOT NULL)", name="whole"),
        UniqueConstraint("decision_id", "side", "party_id"),
        Index("ix_appeals_open", "due_at", "id", sqlite_where=text("result IS NULL"),
              postgresql_where=text("result IS NULL")),
    )

    id: Mapped[Key]
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"))
    side: Mapped[str] = mapped_column(String(8))
    party_id: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class ExclusionAppeal(Contested, Model):
    """Somebody does not accept that a group keeps them out.

    `result` is "ended" where the group let them in again before anybody decided.
    """

    __tablename__ = "exclusion_appeals"
    __table_args__ = (
        CheckConstraint("result IN ('upheld','changed','ended')", name="result"),
        CheckConstraint("decided_by IS NULL OR decided_by <> first_by", name="other_person"),
        CheckConstraint("(result IS NULL) = (decided_at IS NULL)", name="when"),
        CheckConstraint("(decided_by IS NULL) = (result IS NULL OR result = 'ended')",
                        name="by_whom"),
        Index("ix_exclusion_appeals_open", "due_at", "id", sqlite_where=text("result IS NULL"),
              postgresql_where=text("result IS NULL")),
    )

    id: Mapped[Key]
    exclusion_id: Mapped[int] = mapped_column(ForeignKey("exclusions.id"), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))


class ModerationLogEntry(Model):
    """One line of the public log; each holds the hash of the one before."""

    __tablename__ = "moderation_log"

    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date]
    entry: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditEntry(Model):
    """An act of staff on what is another's, with its written reason."""

    __tablename__ = "audit_log"

    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    action: Mapped[str] = mapped_column(String(60))
    object_kind: Mapped[str] = mapped_column(String(16))
    object_id: Mapped[int]
    why: Mapped[str] = mapped_column(Text)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
