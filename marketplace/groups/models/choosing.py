"""What a group chooses: lists and picks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class GroupList(Model):
    """A shared list of products."""

    __tablename__ = "group_lists"
    __table_args__ = (
        CheckConstraint("curated_by IN ('members','moderators','vote')", name="curated_by"),
        Index("ix_group_lists_group_id", "group_id"),
    )

    id: Mapped[Key]
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    title: Mapped[str] = mapped_column(String(80))
    purpose: Mapped[str] = mapped_column(String(200), default="")
    curated_by: Mapped[str] = mapped_column(String(10), server_default="members",
                                            default="members")
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


class ListVote(Model):
    """A member finds that something belongs on a list."""

    __tablename__ = "list_votes"

    item_id: Mapped[int] = mapped_column(ForeignKey("list_items.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
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
