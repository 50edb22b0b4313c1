"""Tables of `notify`: notices, letters, choices, pace, stops, how classes are liked, closing."""

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

from marketplace.foundation.database import Big, Key, Model


class Notice(Model):
    """Something a person may want to know; unread ones of a kind are merged."""

    __tablename__ = "notices"
    __table_args__ = (
        Index("uq_notices_unread", "person_id", "merge_key", unique=True,
              sqlite_where=text("read_at IS NULL"), postgresql_where=text("read_at IS NULL")),
        Index("ix_notices_person", "person_id", "read_at", "last_at"),
    )

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    class_: Mapped[str] = mapped_column("class", String(24))
    merge_key: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(60))
    args: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    url: Mapped[str] = mapped_column(String(300))
    count: Mapped[int] = mapped_column(default=1)
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class Choice(Model):
    """What a person wants of a class on a channel; only rows that differ from the default."""

    __tablename__ = "choices"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    class_: Mapped[str] = mapped_column("class", String(24), primary_key=True)
    channel: Mapped[str] = mapped_column(String(4), primary_key=True)
    on: Mapped[bool]
    at: Mapped[datetime]
    text_version: Mapped[str | None] = mapped_column(String(20))
    place: Mapped[str | None] = mapped_column(String(40))


class PaceRow(Model):
    """How many letters a person can bear, and when; only who has chosen has a row."""

    __tablename__ = "pace"
    __table_args__ = (
        CheckConstraint("mails_a_week BETWEEN 0 AND 7", name="mails_a_week"),
        CheckConstraint("quiet_from BETWEEN 0 AND 23 AND quiet_to BETWEEN 0 AND 23",
                        name="quiet"),
        CheckConstraint("digest IN ('off','weekly','daily')", name="digest"),
        CheckConstraint("digest_day BETWEEN 0 AND 6", name="digest_day"),
        Index("ix_pace_digest", "digest"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    mails_a_week: Mapped[int]
    quiet_from: Mapped[int]
    quiet_to: Mapped[int]
    digest: Mapped[str] = mapped_column(String(6))
    digest_day: Mapped[int]
    digest_at: Mapped[datetime | None]


class Letter(Model):
    """One mail to send or sent; its words are rendered at sending."""

    __tablename__ = "letters"
    __table_args__ = (
        CheckConstraint("state IN ('waiting','sent','skipped','failed','bounced','complained')",
                        name="state"),
        Index("ix_letters_state", "state", "due_at"),
        Index("ix_letters_person", "person_id", "class", "sent_at"),
        Index("ix_letters_to_hash", "to_hash", "state"),
    )

    id: Mapped[Key]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    email: Mapped[str | None] = mapped_column(String(254))
    to_hash: Mapped[str | None] = mapped_column(String(64))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    producer_id: Mapped[int | None] = mapped_column(ForeignKey("producers.id"))
    merge_key: Mapped[str | None] = mapped_column(String(80))
    class_: Mapped[str] = mapped_column("class", String(24))
    template: Mapped[str] = mapped_column(String(40))
    args: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    lang: Mapped[str] = mapped_column(String(2))
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    why_skipped: Mapped[str | None] = mapped_column(String(40))
    due_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    message_id: Mapped[str] = mapped_column(String(80), unique=True)
    own_version: Mapped[int | None]


class PushTo(Model):
    """A browser that asked to be told; it ends with the sign-in in which it asked."""

    __tablename__ = "push_doors"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    login_id: Mapped[int] = mapped_column(Big)
    endpoint: Mapped[str] = mapped_column(String(600), unique=True)
    p256dh: Mapped[str] = mapped_column(String(100))
    auth: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(60))
    made_at: Mapped[datetime]
    failures: Mapped[int] = mapped_column(default=0)


class Push(Model):
    """One message to a person's browsers, waiting or gone out; it holds no words."""

    __tablename__ = "pushes"
    __table_args__ = (Index("ix_pushes_person", "person_id", "merge_key"),)

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    producer_id: Mapped[int | None] = mapped_column(ForeignKey("producers.id"))
    class_: Mapped[str] = mapped_column("class", String(24))
    merge_key: Mapped[str] = mapped_column(String(80))
    path: Mapped[str] = mapped_column(String(300))
    due_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    why_skipped: Mapped[str | None] = mapped_column(String(40))


class ClassDay(Model):
    """What became of the letters of a class on one day; holds nobody."""

    __tablename__ = "class_health"

    class_: Mapped[str] = mapped_column("class", String(24), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    sent: Mapped[int] = mapped_column(default=0)
    stopped: Mapped[int] = mapped_column(default=0)
    complained: Mapped[int] = mapped_column(default=0)
    bounced: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    soft: Mapped[int] = mapped_column(default=0, server_default=text("0"))


class ClassPause(Model):
    """A class that rests for all; a person of the operator ends the rest, with a reason."""

    __tablename__ = "class_pauses"
    __table_args__ = (
        Index("uq_class_pauses_open", "class", unique=True,
              sqlite_where=text("on_at IS NULL"), postgresql_where=text("on_at IS NULL")),
    )

    id: Mapped[Key]
    class_: Mapped[str] = mapped_column("class", String(24))
    off_at: Mapped[datetime]
    why: Mapped[str] = mapped_column(String(12))
    sent: Mapped[int]
    bad: Mapped[int]
    on_at: Mapped[datetime | None]
    on_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str | None] = mapped_column(String(300))


class Stop(Model):
    """A class that an address does not want; only a keyed hash of the address is kept."""

    __tablename__ = "stops"

    to_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    class_: Mapped[str] = mapped_column("class", String(24), primary_key=True)
    cause: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime]


class OwnText(Model):
    """The one free paragraph of whoever runs the market in a letter; the newest version holds."""

    __tablename__ = "own_texts"

    template: Mapped[str] = mapped_column(String(40), primary_key=True)
    lang: Mapped[str] = mapped_column(String(2), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class MarketClosing(Model):
    """The day on which the market closes; everybody is told three times."""

    __tablename__ = "market_closings"

    id: Mapped[Key]
    closes_on: Mapped[date]
    at: Mapped[datetime]
    rounds: Mapped[int]
    taken_back_at: Mapped[datetime | None]


class WatchedWord(Model):
    """Words that a house watches for: own ones, its name, its goods; `key` are their stems, `head`
    the one they are looked up by.
    """

    __tablename__ = "watched_words"
    __table_args__ = (CheckConstraint("kind IN ('own','house','goods')", name="kind"),
                      UniqueConstraint("producer_id", "key"),
                      Index("ix_watched_words_head", "head"))

    id: Mapped[Key]
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    kind: Mapped[str] = mapped_column(String(8))
    words: Mapped[str] = mapped_column(String(80))
    key: Mapped[str] = mapped_column(String(120))
    head: Mapped[str] = mapped_column(String(60))
    on: Mapped[bool] = mapped_column(default=True)
    at: Mapped[datetime]


class WordFind(Model):
    """A post or a review in which watched words stand; it holds neither words nor author."""

    __tablename__ = "word_finds"
    __table_args__ = (CheckConstraint("thing IN ('post','rating')", name="thing"),
                      UniqueConstraint("producer_id", "thing", "thing_id"),
                      Index("ix_word_finds_at", "producer_id", "at"))

    id: Mapped[Key]
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    words: Mapped[str] = mapped_column(String(80))
    thing: Mapped[str] = mapped_column(String(8))
    thing_id: Mapped[int]
    at: Mapped[datetime]
