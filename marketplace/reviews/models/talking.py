"""What others say to an answer: helpful, taps, replies; and how buyers were asked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class HelpfulVote(Model):
    """Somebody found a review helpful, or not; never one's own."""

    __tablename__ = "helpful_votes"

    rating_id: Mapped[int] = mapped_column(ForeignKey("ratings.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    up: Mapped[bool]
    at: Mapped[datetime]


class Tap(Model):
    """Somebody likes the look of a product, or not; never part of the score."""

    __tablename__ = "taps"
    __table_args__ = (Index("ix_taps_person_id", "person_id"),)

    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    up: Mapped[bool]
    at: Mapped[datetime]


class Reply(Model):
    """The producer's answer to a rating, signed by a person.

    `hidden_to`: versions up to this one were hidden by a decision, `hidden_why` is its reason; what
    is written after it shows.
    """

    __tablename__ = "replies"
    __table_args__ = (
        CheckConstraint("state IN ('draft','read','published')", name="state"),
        Index("ix_replies_producer_id", "producer_id", "state"),
    )

    id: Mapped[Key]
    rating_id: Mapped[int] = mapped_column(ForeignKey("ratings.id"), unique=True)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    shown_name: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(10), default="published")
    words: Mapped[str] = mapped_column(Text)
    lang: Mapped[str] = mapped_column(String(2))
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    draft: Mapped[str] = mapped_column(Text, server_default=text("''"), default="")
    changed: Mapped[str] = mapped_column(String(280), server_default=text("''"), default="")
    drafted_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    read_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    hidden_to: Mapped[int] = mapped_column(server_default=text("0"), default=0)
    hidden_why: Mapped[str | None] = mapped_column(String(24))

    @property
    def hidden(self) -> bool:
        """Whether the words that stand now were hidden by a decision."""
        return self.version <= self.hidden_to


class ReplyVersion(Model):
    """A version of a reply; append-only."""

    __tablename__ = "reply_versions"
    __table_args__ = (UniqueConstraint("reply_id", "n"),)

    id: Mapped[Key]
    reply_id: Mapped[int] = mapped_column(ForeignKey("replies.id"))
    n: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    shown_name: Mapped[str] = mapped_column(String(60), server_default=text("''"), default="")
    changed: Mapped[str] = mapped_column(String(280), server_default=text("''"), default="")


class Invitation(Model):
    """The one question to each buyer of a delivered line."""

    __tablename__ = "invitations"
    __table_args__ = (Index("ix_invitations_due", "asked_at", "due_at"),
                      Index("ix_invitations_product_id", "product_id"))

    id: Mapped[Key]
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_lines.id"), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    due_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    ways: Mapped[str] = mapped_column(String(40), server_default=text("'page'"), default="page")
    consent_id: Mapped[int | None] = mapped_column(ForeignKey("consents.id"))
