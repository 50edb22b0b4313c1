"""Bundles with their parts, voices and what changed."""

from __future__ import annotations

from datetime import datetime
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
    true,
)
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model

REASONS = ("colour", "price", "occasion", "style", "fits", "does_not_fit", "choice")


class BoardTemplate(Model):
    """A board with named slots to fill."""

    __tablename__ = "board_templates"

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(30), unique=True)
    name_de: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(60))
    slots: Mapped[list[Any]] = mapped_column(JSON)


class Bundle(Model):
    """Goods of several producers that go together, with an author; nobody's offer."""

    __tablename__ = "bundles"
    __table_args__ = (
        CheckConstraint("mode IN ('board','collage')", name="mode"),
        CheckConstraint("visibility IN ('private','link','members','group','public')",
                        name="visibility"),
        CheckConstraint("state IN ('draft','published','withdrawn')", name="state"),
        CheckConstraint("standing IN ('visible','labelled','collapsed','held','removed')",
                        name="standing"),
        Index("ix_bundles_standing", "standing", "published_at"),
        Index("ix_bundles_author_id", "author_id"),
        Index("ix_bundles_group", "group_id", "published_at"),
        Index("ix_bundles_parent_id", "parent_id"),
    )

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(90), unique=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"))
    group_pos: Mapped[int | None]
    """Its place in the group's own list, from 1, where the moderators ordered it by hand."""
    mode: Mapped[str] = mapped_column(String(8), default="board")
    template_id: Mapped[int | None] = mapped_column(ForeignKey("board_templates.id"))
    title: Mapped[str] = mapped_column(String(80))
    lang: Mapped[str] = mapped_column(String(2))
    occasion_id: Mapped[int | None] = mapped_column(ForeignKey("occasions.id"))
    season: Mapped[str | None] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(Text, default="")
    alt: Mapped[str] = mapped_column(String(300), server_default=text("''"), default="")
    background: Mapped[str] = mapped_column(String(7), server_default="#F7F3EA", default="#F7F3EA")
    licence: Mapped[str] = mapped_column(String(16), default="CC-BY-SA-4.0")
    may_remix: Mapped[bool] = mapped_column(default=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("bundles.id"))
    root_id: Mapped[int | None] = mapped_column(ForeignKey("bundles.id"))
    depth: Mapped[int] = mapped_column(default=0)
    visibility: Mapped[str] = mapped_column(String(8), default="public")
    state: Mapped[str] = mapped_column(String(10), default="draft")
    standing: Mapped[str] = mapped_column(String(10), default="visible")
    standing_reason: Mapped[str | None] = mapped_column(String(30))
    published_at: Mapped[datetime | None]
    blind_until: Mapped[datetime | None]
    """Until when its author is not named: the end of the challenge it takes part in."""
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    up: Mapped[int] = mapped_column(default=0)
    down: Mapped[int] = mapped_column(default=0)
    saves: Mapped[int] = mapped_column(default=0)
    remixes: Mapped[int] = mapped_column(default=0)
    added: Mapped[int] = mapped_column(default=0)
    comments: Mapped[int] = mapped_column(default=0)
    relation: Mapped[str | None] = mapped_column(String(10))
    """"staff" where its author works for a house whose goods are in it; named everywhere."""
    judged_items: Mapped[list[Any] | None] = mapped_column(JSON)
    """The goods it was published with, by id; votes are about them."""
    preview: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """The picture of a collage: `digest` of what it shows, `files` as (width, name)."""
    photos: Mapped[list[Any] | None] = mapped_column(JSON)
    """Own photos: alt, credit, licence, people, consent, no_minors, at, size, tint, files."""
    not_here: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """What the file it came from says of things this market does not have: items, parent,
    occasion, origins, photos."""


class BundleChange(Model):
    """What its author changed after publishing, for everybody to see."""

    __tablename__ = "bundle_changes"
    __table_args__ = (Index("ix_bundle_changes_bundle_id", "bundle_id", "at"),)

    id: Mapped[Key]
    bundle_id: Mapped[int] = mapped_column(ForeignKey("bundles.id"))
    version: Mapped[int]
    at: Mapped[datetime]
    what: Mapped[dict[str, Any]] = mapped_column(JSON)


class BundleItem(Model):
    """A product in a bundle, in its slot; x, y, w, h, crop in 0..10000 of the board's width, rot in
    tenths of a degree, z from the lowest up; none where it was never laid on a free board.
    """

    __tablename__ = "bundle_items"
    __table_args__ = (
        UniqueConstraint("bundle_id", "pos"),
        CheckConstraint("qty BETWEEN 1 AND 99", name="qty"),
        Index("ix_bundle_items_product_id", "product_id"),
    )

    id: Mapped[Key]
    bundle_id: Mapped[int] = mapped_column(ForeignKey("bundles.id"))
    pos: Mapped[int]
    slot: Mapped[str] = mapped_column(String(30))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    variant_id: Mapped[int | None] = mapped_column(ForeignKey("variants.id"))
    qty: Mapped[int] = mapped_column(default=1)
    note: Mapped[str] = mapped_column(String(200), default="")
    x: Mapped[int | None]
    y: Mapped[int | None]
    w: Mapped[int | None]
    h: Mapped[int | None]
    rot: Mapped[int | None]
    z: Mapped[int | None]
    crop: Mapped[list[Any] | None] = mapped_column(JSON)
    picture_key: Mapped[str] = mapped_column(String(40), server_default=text("''"), default="")


class BundleVote(Model):
    """One person's voice on a bundle, with reasons from the closed list."""

    __tablename__ = "bundle_votes"
    __table_args__ = (
        CheckConstraint("value IN (-1, 1)", name="value"),
        Index("ix_bundle_votes_waiting", "bundle_id", sqlite_where=text("counted = 0"),
              postgresql_where=text("counted = false")),
    )

    bundle_id: Mapped[int] = mapped_column(ForeignKey("bundles.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    value: Mapped[int]
    reasons: Mapped[list[Any]] = mapped_column(JSON, default=list)
    at: Mapped[datetime]
    counted: Mapped[bool] = mapped_column(server_default=true(), default=True)
    """False while its account is younger than a day or its address not confirmed."""


class BundleSave(Model):
    """A person keeps a bundle."""

    __tablename__ = "bundle_saves"

    bundle_id: Mapped[int] = mapped_column(ForeignKey("bundles.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    at: Mapped[datetime]
