"""Tables of `dialogue`: one kind of thread for everything people say to each other."""

from __future__ import annotations

from datetime import datetime

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

KINDS = ("question", "complaint", "praise", "idea", "wish", "topic", "news", "notice", "comment")


class Thread(Model):
    """A written conversation about one thing."""

    __tablename__ = "threads"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('question','complaint','praise','idea','wish','topic','news','notice',"
            "'comment')", name="kind"),
        CheckConstraint(
            "matter IS NULL OR (kind = 'news' AND matter IN ('news','offer','date','story',"
            "'correction','recall','change'))", name="matter"),
        CheckConstraint("visibility IN ('public','private','group')", name="visibility"),
        CheckConstraint("visibility <> 'group' OR group_id IS NOT NULL", name="group"),
        CheckConstraint("state IN ('open','answered','waiting','closed')", name="state"),
        CheckConstraint("outcome IS NULL OR outcome IN ('solved','partly','unsolved')",
                        name="outcome"),
        Index("ix_threads_producer", "producer_id", "state", "promised_by"),
        Index("ix_threads_product", "product_id", "kind", "last_post_at"),
        Index("ix_threads_group", "group_id", "last_post_at"),
        Index("ix_threads_author", "author_id", "id"),
        Index("ix_threads_made_at", "made_at"),
        Index("ix_threads_visible", "visibility", "last_post_at"),
        Index("ix_threads_bundle_id", "bundle_id"),
        Index("ix_threads_news", "producer_id", "kind", "made_at"),
        Index("uq_threads_ask_id", "ask_id", unique=True),
        Index("uq_threads_proposal_id", "proposal_id", unique=True),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(24), unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    matter: Mapped[str | None] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(120))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    lang: Mapped[str] = mapped_column(String(2))
    visibility: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(10), default="open")
    outcome: Mapped[str | None] = mapped_column(String(10))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lots.id"))
    praised_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    producer_id: Mapped[int | None] = mapped_column(ForeignKey("producers.id"))
    seller_order_id: Mapped[int | None] = mapped_column(ForeignKey("seller_orders.id"))
    bundle_id: Mapped[int | None] = mapped_column(ForeignKey("bundles.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"))
    written_as: Mapped[str | None] = mapped_column(String(8))
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id"))
    ask_id: Mapped[int | None] = mapped_column(ForeignKey("asks.id"))
    pinned: Mapped[bool] = mapped_column(default=False)
    locked: Mapped[bool] = mapped_column(default=False, server_default=false())
    slow_seconds: Mapped[int] = mapped_column(default=0, server_default="0")
    label: Mapped[str | None] = mapped_column(String(12))
    supports: Mapped[int] = mapped_column(default=0)
    replies: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
    last_post_at: Mapped[datetime]
    first_answer_at: Mapped[datetime | None]
    promised_by: Mapped[datetime | None]
    standing: Mapped[str] = mapped_column(String(10), default="visible")


class Post(Model):
    """What somebody said in a thread."""

    __tablename__ = "posts"
    __table_args__ = (
        CheckConstraint("role IN ('asker','staff','owner','bystander','moderator','machine')",
                        name="role"),
        CheckConstraint("state IN ('draft','second_read','published','hidden')", name="state"),
        Index("ix_posts_thread", "thread_id", "at"),
        Index("ix_posts_author", "author_id", "at"),
        Index("ix_posts_at", "at"),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(24), unique=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    staff_of: Mapped[int | None] = mapped_column(ForeignKey("producers.id"))
    signed: Mapped[str | None] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(12), default="published")
    lang: Mapped[str] = mapped_column(String(2))
    words: Mapped[str] = mapped_column(Text)
    up: Mapped[int] = mapped_column(default=0)
    down: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime]
    folded_until: Mapped[datetime | None]


class PostVote(Model):
    """Up or down on a post; not on one's own."""

    __tablename__ = "post_votes"
    __table_args__ = (CheckConstraint("value IN (-1, 1)", name="value"),
                      Index("ix_post_votes_at", "at"))

    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    value: Mapped[int]
    at: Mapped[datetime | None]


class Support(Model):
    """It concerns me too."""

    __tablename__ = "supports"
    __table_args__ = (Index("ix_supports_at", "at"),)

    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    at: Mapped[datetime]


class ThreadPerson(Model):
    """Somebody's part in a thread."""

    __tablename__ = "thread_people"
    __table_args__ = (
        CheckConstraint("part IN ('asker','staff','follower','muted','invited')", name="part"),
        Index("ix_thread_people_person_id", "person_id"),
    )

    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    part: Mapped[str] = mapped_column(String(8))


class Case(Model):
    """Something critical that a producer has to answer, with who takes care and by when."""

    __tablename__ = "cases"
    __table_args__ = (
        UniqueConstraint("source", "source_id"),
        CheckConstraint("source IN ('thread','rating','survey','signal','complaint')",
                        name="source"),
        CheckConstraint("state IN ('open','answered','closed')", name="state"),
        Index("ix_cases_producer", "producer_id", "state", "due_at"),
    )

    id: Mapped[Key]
    source: Mapped[str] = mapped_column(String(12))
    source_id: Mapped[int]
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    due_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10), default="open")
    opened_at: Mapped[datetime]


class Snooze(Model):
    """A producer or thread that somebody wants to hear nothing of until a day."""

    __tablename__ = "snoozes"
    __table_args__ = (CheckConstraint("thing IN ('producer','thread')", name="thing"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    thing: Mapped[str] = mapped_column(String(8), primary_key=True)
    thing_id: Mapped[int] = mapped_column(primary_key=True)
    until: Mapped[datetime]


class ShownWish(Model):
    """A wish that somebody shows to the producer of one thread; gone with the wish."""

    __tablename__ = "shown_wishes"
    __table_args__ = (Index("ix_shown_wishes_wish_id", "wish_id"),)

    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"), primary_key=True)
    wish_id: Mapped[int] = mapped_column(ForeignKey("wishes.id", ondelete="CASCADE"),
                                         primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class TalkAct(Model):
    """What a moderator of a group did with a topic or with words in it, and whether it holds."""

    __tablename__ = "talk_acts"
    __table_args__ = (
        CheckConstraint("act IN ('pin','lock','slow','label','fold','away')", name="act"),
        CheckConstraint("(act = 'fold') = (post_id IS NOT NULL)", name="post"),
        Index("ix_talk_acts_thread_id", "thread_id", "id"),
        Index("ix_talk_acts_group_id", "group_id", "act"),
        Index("uq_talk_acts_thread", "thread_id", "act", unique=True,
              sqlite_where=text("ended_at IS NULL AND act <> 'fold'"),
              postgresql_where=text("ended_at IS NULL AND act <> 'fold'")),
        Index("uq_talk_acts_post", "post_id", unique=True,
              sqlite_where=text("ended_at IS NULL AND act = 'fold'"),
              postgresql_where=text("ended_at IS NULL AND act = 'fold'")),
    )

    id: Mapped[Key]
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"))
    act: Mapped[str] = mapped_column(String(8))
    value: Mapped[str] = mapped_column(String(12), default="")
    reason: Mapped[str | None] = mapped_column(String(24))
    words: Mapped[str] = mapped_column(String(280), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
