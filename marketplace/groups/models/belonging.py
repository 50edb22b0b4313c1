"""Who belongs to a group, who wants to, who may not."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class Membership(Model):
    """A person in a group; leaving closes the row. `mail`: NULL as the settings say."""

    __tablename__ = "memberships"
    __table_args__ = (
        CheckConstraint("role IN ('founder','moderator','member')", name="role"),
        CheckConstraint("mail IN ('on','off')", name="mail"),
        Index("uq_memberships_open", "group_id", "person_id", unique=True,
              sqlite_where=text("left_at IS NULL"), postgresql_where=text("left_at IS NULL")),
        Index("ix_memberships_person_id", "person_id"),
        Index("ix_memberships_listed", "group_id", "role", "joined_at", "id",
              sqlite_where=text("left_at IS NULL"), postgresql_where=text("left_at IS NULL")),
    )

    id: Mapped[Key]
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str] = mapped_column(String(10), default="member")
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    shown: Mapped[bool] = mapped_column(default=True)
    last_act_at: Mapped[datetime | None]
    mail: Mapped[str | None] = mapped_column(String(3))


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
    reminded: Mapped[int] = mapped_column(server_default="0", default=0)


class Invite(Model):
    """A way in: a link for some people, or for one person by name.

    Of a link only the SHA-256 of its token is kept.
    """

    __tablename__ = "invites"
    __table_args__ = (
        CheckConstraint("(hash IS NULL) <> (person_id IS NULL)", name="either"),
        CheckConstraint("uses_left >= 0", name="uses_left"),
        Index("ix_invites_group_id", "group_id", "expires_at"),
        Index("uq_invites_person", "group_id", "person_id", unique=True,
              sqlite_where=text("person_id IS NOT NULL"),
              postgresql_where=text("person_id IS NOT NULL")),
    )

    id: Mapped[Key]
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    uses_left: Mapped[int]


class Exclusion(Model):
    """Somebody may not come in, until a day or for good, with the reason they are told.

    `log_n` is its line in the public log of moderation.
    """

    __tablename__ = "exclusions"
    __table_args__ = (
        Index("uq_exclusions_running", "group_id", "person_id", unique=True,
              sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL")),
    )

    id: Mapped[Key]
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    until: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(12))
    rule_number: Mapped[int | None]
    words: Mapped[str] = mapped_column(String(280))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    log_n: Mapped[int | None]


class OpenedConsent(Model):
    """An author lets older words be seen after a group became more open."""

    __tablename__ = "opened_consents"

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    at: Mapped[datetime]
