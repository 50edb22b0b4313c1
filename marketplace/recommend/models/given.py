"""What people recommend, to whom, and what came of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model

THINGS = ("product", "bundle", "producer", "group")
AUDIENCES = ("all", "members", "group", "person")


class Recommendation(Model):
    """A person recommends a thing to somebody, with a reason.

    `ask_id`: the ask it answers; `helped_at`: when the asker said that it helped.
    """

    __tablename__ = "recommendations"
    __table_args__ = (
        CheckConstraint("thing IN ('product','bundle','producer','group')", name="thing"),
        CheckConstraint("audience IN ('all','members','group','person')", name="audience"),
        CheckConstraint("state IN ('visible','withdrawn','hidden')", name="state"),
        CheckConstraint("relation IS NULL OR relation IN ('employee','family','supplier',"
                        "'competitor','free_sample','discount','ambassador')", name="relation"),
        CheckConstraint("audience <> 'group' OR group_id IS NOT NULL", name="group"),
        CheckConstraint("audience <> 'person' OR person_id IS NOT NULL", name="person"),
        Index("uq_recommendations_open", "author_id", "thing", "thing_id", "audience",
              text("coalesce(group_id, 0)"), text("coalesce(person_id, 0)"),
              text("coalesce(ask_id, 0)"), unique=True,
              sqlite_where=text("state = 'visible'"),
              postgresql_where=text("state = 'visible'")),
        Index("ix_recommendations_thing", "thing", "thing_id", "state"),
        Index("ix_recommendations_author", "author_id", "made_at"),
        Index("ix_recommendations_person", "person_id", "made_at"),
        Index("ix_recommendations_ask_id", "ask_id"),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(24), unique=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    thing: Mapped[str] = mapped_column(String(10))
    thing_id: Mapped[int]
    audience: Mapped[str] = mapped_column(String(8))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str] = mapped_column(String(600), default="")
    occasion_id: Mapped[int | None] = mapped_column(ForeignKey("occasions.id"))
    lang: Mapped[str] = mapped_column(String(2))
    relation: Mapped[str | None] = mapped_column(String(12))
    benefit: Mapped[str | None] = mapped_column(String(80))
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    bought: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(10), default="visible")
    made_at: Mapped[datetime]
    ask_id: Mapped[int | None] = mapped_column(ForeignKey("asks.id"))
    helped_at: Mapped[datetime | None]


class RecommendationVersion(Model):
    """What a recommendation said before it was changed; never altered."""

    __tablename__ = "recommendation_versions"

    recommendation_id: Mapped[int] = mapped_column(
        ForeignKey("recommendations.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(String(600))
    occasion_id: Mapped[int | None] = mapped_column(ForeignKey("occasions.id"))
    said_until: Mapped[datetime]


class Thanks(Model):
    """An addressee says thanks."""

    __tablename__ = "thanks"

    recommendation_id: Mapped[int] = mapped_column(
        ForeignKey("recommendations.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    at: Mapped[datetime]


class Outcome(Model):
    """What a recommendation led to; recomputed from journal and orders, no buyer named."""

    __tablename__ = "outcomes"

    recommendation_id: Mapped[int] = mapped_column(
        ForeignKey("recommendations.id"), primary_key=True)
    opened: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    basket: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    told: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    orders: Mapped[int] = mapped_column(default=0)
    units: Mapped[int] = mapped_column(default=0)
    reorders: Mapped[int] = mapped_column(default=0)


class TellsBought(Model):
    """An addressee chose to tell the author that they bought it."""

    __tablename__ = "tells_bought"

    recommendation_id: Mapped[int] = mapped_column(
        ForeignKey("recommendations.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    at: Mapped[datetime]
