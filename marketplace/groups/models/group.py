"""The group itself and its rules."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class HiddenGroup(Model):
    """What a group said of itself until a decision took it away; kept for an appeal."""

    __tablename__ = "hidden_groups"

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    purpose: Mapped[str] = mapped_column(String(280))
    region: Mapped[str | None] = mapped_column(String(80))
    questions: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class Group(Model):
    """A community around a taste, a place or a beginning.

    `next_kind` comes into force at `next_kind_at`; `opened_at` is when it last became more open;
    `questions` are asked of those who want in, one per line; `routed`: wishes of its subject may
    be brought here; `elected`: moderators were chosen by vote, the founder names none any more;
    `heir_id`: a member whom the founder asked to take over.
    """

    __tablename__ = "groups"
    __table_args__ = (
        CheckConstraint("kind IN ('open','closed','secret')", name="kind"),
        CheckConstraint("state IN ('alive','resting','ended')", name="state"),
        CheckConstraint("next_kind IS NULL OR next_kind IN ('open','closed','secret')",
                        name="next_kind"),
        CheckConstraint("producers IN ('welcome','not_reading')", name="producers"),
        CheckConstraint("producers = 'welcome' OR kind <> 'open'", name="not_reading"),
        CheckConstraint("invite_by IN ('moderators','members')", name="invite_by"),
        Index("ix_groups_kind", "kind", "state", "subject_id"),
    )

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    purpose: Mapped[str] = mapped_column(String(280))
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"))
    lang: Mapped[str] = mapped_column(String(2))
    region: Mapped[str | None] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(8), default="open")
    next_kind: Mapped[str | None] = mapped_column(String(8))
    next_kind_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(8), default="alive")
    resting_since: Mapped[datetime | None]
    end_told_at: Mapped[datetime | None]
    producers: Mapped[str] = mapped_column(String(12), server_default="welcome",
                                           default="welcome")
    invite_by: Mapped[str] = mapped_column(String(10), server_default="moderators",
                                           default="moderators")
    questions: Mapped[str] = mapped_column(Text, server_default=text("''"), default="")
    routed: Mapped[bool] = mapped_column(server_default=false(), default=False)
    elected: Mapped[bool] = mapped_column(server_default=false(), default=False)
    founder_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    heir_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    picture_seed: Mapped[int] = mapped_column(default=0)
    founded_on: Mapped[date]
    last_act_at: Mapped[datetime]
    member_count: Mapped[int] = mapped_column(default=0)
    topic_count: Mapped[int] = mapped_column(default=0)


class GroupRule(Model):
    """A version of a group's rules; append-only."""

    __tablename__ = "group_rules"
    __table_args__ = (UniqueConstraint("group_id", "version"),)

    id: Mapped[Key]
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    version: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    from_at: Mapped[datetime]
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id"))


class Tag(Model):
    """A word that groups carry, with its name in both languages."""

    __tablename__ = "tags"

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name_de: Mapped[str] = mapped_column(String(40))
    name_en: Mapped[str] = mapped_column(String(40))


class GroupTag(Model):
    """A tag of a group."""

    __tablename__ = "group_tags"
    __table_args__ = (Index("ix_group_tags_tag_id", "tag_id"),)

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id"), primary_key=True)
