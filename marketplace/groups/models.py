"""Tables of `groups`: communities, who belongs to them, their rules, lists and picks."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model

KINDS = ("open", "closed", "secret")


class Group(Model):
    """A community around a taste, a place or a beginning."""

    __tablename__ = "groups"
    __table_args__ = (
        CheckConstraint("kind IN ('open','closed','secret')", name="kind"),
        CheckConstraint("state IN ('alive','resting','ended')", name="state"),
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
    state: Mapped[str] = mapped_column(String(8), default="alive")
    founder_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    picture_seed: Mapped[int] = mapped_column(default=0)
    founded_on: Mapped[date]
    last_act_at: Mapped[datetime]
    member_count: Mapped[int] = mapped_column(default=0)
    topic_count: Mapped[int] = mapped_column(default=0)


class Membership(Model):
    """A person in a group; leaving closes the row."""

    __tablename__ = "memberships"
    __table_args__ = (
        CheckConstraint("role IN ('founder','moderator','member')", name="role"),
        Index("uq_memberships_open", "group_id", "person_id", unique=True,
              sqlite_where=text("left_at IS NULL"), postgresql_where=text("left_at IS NULL")),
        Index("ix_memberships_person_id", "person_id"),
    )

    id: Mapped[Key]
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str] = mapped_column(String(10), default="member")
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    shown: Mapped[bool] = mapped_column(default=True)


class JoinRequest(Model):
    """Somebody asks to enter a closed group."""

    __tablename__ = "join_requests"
    __table_args__ = (
        CheckConstraint("result IS NULL OR result IN ('yes','no','withdrawn')", name="result"),
        Index("uq_join_requests_open", "group_id", "person_id", unique=True,
              sqlite_where=text("result IS NULL"), postgresql_where=text("result IS NULL")),
    )

    id: Mapped[Key]
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    words: Mapped[str] = mapped_column(String(500), default="")
    at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    result: Mapped[str | None] = mapped_column(String(10))
    why: Mapped[str | None] = mapped_column(String(280))


class GroupRule(Model):
    """A version of a group's rules; append-only."""

    __tablename__ = "group_rules"
    __table_args__ = (UniqueConstraint("group_id", "version"),)

    id: Mapped[Key]
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    version: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    from_at: Mapped[datetime]


class GroupList(Model):
    """A shared list of products."""

    __tablename__ = "group_lists"
    __table_args__ = (Index("ix_group_lists_group_id", "group_id"),)

    id: Mapped[Key]
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    title: Mapped[str] = mapped_column(String(80))
    purpose: Mapped[str] = mapped_column(String(200), default="")
    made_at: Mapped[datetime]


class ListItem(Model):
    """A product on a list, with who put it there and why."""

    __tablename__ = "list_items"
    __table_args__ = (UniqueConstraint("list_id", "product_id"),)

    id: Mapped[Key]
    list_id: Mapped[int] = mapped_column(ForeignKey("group_lists.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    why: Mapped[str] = mapped_column(String(280))
    at: Mapped[datetime]


class PickVote(Model):
    """One of a member's three votes of a month."""

    __tablename__ = "pick_votes"

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    at: Mapped[datetime]


class Pick(Model):
    """A group's product of a month."""

    __tablename__ = "picks"
    __table_args__ = (Index("ix_picks_product_id", "product_id"),)

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    votes: Mapped[int]
    voters: Mapped[int]
    active: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
