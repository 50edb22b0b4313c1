"""What members ask others before they decide: "Should I?"."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class Poll(Model):
    """A question with two to four answers, about a bundle, a product or neither."""

    __tablename__ = "polls"
    __table_args__ = (
        CheckConstraint("audience IN ('friends','group','public')", name="audience"),
        CheckConstraint("standing IN ('visible','hidden')", name="standing"),
        CheckConstraint("(audience = 'group') = (group_id IS NOT NULL)", name="group"),
        CheckConstraint("bundle_id IS NULL OR product_id IS NULL", name="about"),
        Index("ix_polls_author_id", "author_id"),
        Index("ix_polls_bundle_id", "bundle_id"),
        Index("ix_polls_product_id", "product_id"),
        Index("ix_polls_ended_at", "ended_at", "ends_at"),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(12), unique=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    question: Mapped[str] = mapped_column(String(140))
    lang: Mapped[str] = mapped_column(String(2))
    bundle_id: Mapped[int | None] = mapped_column(ForeignKey("bundles.id"))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    audience: Mapped[str] = mapped_column(String(8))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"))
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    """The planned end; moved to the moment at which its author ends it."""
    ended_at: Mapped[datetime | None]
    """When the end was noted and told; what is over by `ends_at` takes no voice before that."""
    standing: Mapped[str] = mapped_column(String(8), server_default="visible", default="visible")


class PollOption(Model):
    """An answer to choose: words, or a product by its title."""

    __tablename__ = "poll_options"
    __table_args__ = (UniqueConstraint("poll_id", "pos"),)

    id: Mapped[Key]
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"))
    pos: Mapped[int]
    words: Mapped[str] = mapped_column(String(120))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))


class PollVote(Model):
    """One person's voice in a poll."""

    __tablename__ = "poll_votes"
    __table_args__ = (Index("ix_poll_votes_option_id", "option_id"),)

    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    option_id: Mapped[int] = mapped_column(ForeignKey("poll_options.id"))
    at: Mapped[datetime]
