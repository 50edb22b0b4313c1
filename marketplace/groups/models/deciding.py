"""Proposals, who stands for election, and ballots."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class Proposal(Model):
    """Something a group decides: talked about, voted on, carried or not.

    `before` and `after` are words of the rules, a kind, or handles; `needed` is the quorum, fixed
    when the vote opens.
    """

    __tablename__ = "proposals"
    __table_args__ = (
        CheckConstraint("kind IN ('rule','kind','moderators','election','dissolve','other')",
                        name="kind"),
        CheckConstraint("state IN ('talk','vote','passed','failed','vetoed','overtaken')",
                        name="state"),
        CheckConstraint("state <> 'vetoed' OR veto_why IS NOT NULL", name="veto"),
        Index("ix_proposals_group_id", "group_id", "opened_at"),
        Index("ix_proposals_state", "state", "ends_at"),
    )

    id: Mapped[Key]
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    kind: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(120))
    why: Mapped[str] = mapped_column(Text, default="")
    before: Mapped[str] = mapped_column(Text, default="")
    after: Mapped[str] = mapped_column(Text, default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    opened_at: Mapped[datetime]
    votes_from: Mapped[datetime]
    ends_at: Mapped[datetime]
    needed: Mapped[int] = mapped_column(default=0)
    eligible: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(10), default="talk")
    decided_at: Mapped[datetime | None]
    yes: Mapped[int | None]
    no: Mapped[int | None]
    veto_why: Mapped[str | None] = mapped_column(String(280))
    review_on: Mapped[datetime | None]


class Candidacy(Model):
    """A member stands in an election."""

    __tablename__ = "candidacies"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    words: Mapped[str] = mapped_column(String(280))
    at: Mapped[datetime]


class Ballot(Model):
    """A vote: yes or no, or in an election one row for each person chosen.

    Secret: only sums are ever read.
    """

    __tablename__ = "ballots"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    choice: Mapped[str] = mapped_column(String(24), primary_key=True)
    at: Mapped[datetime]
