"""Tables of `checkout`: baskets, where their lines came from, and the draft of an order."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model

SOURCE_KINDS = ("recommendation", "suggestion", "group", "bundle", "search", "ask", "member",
                "product", "feed", "qr", "share", "mail", "campaign", "reorder", "direct")


class Basket(Model):
    """What somebody thinks of buying; a guest holds its key in the session."""

    __tablename__ = "baskets"

    id: Mapped[Key]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), unique=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    country: Mapped[str] = mapped_column(String(2), default="DE")
    postcode: Mapped[str | None] = mapped_column(String(12))
    version: Mapped[int] = mapped_column(default=0)
    touched_at: Mapped[datetime]


class BasketLine(Model):
    """A variant in a basket; `seen_minor` is the last price this person saw, never binding.

    `both_guest` and `both_own` are its quantities in the two baskets that signing in joined, until
    the person has answered.
    """

    __tablename__ = "basket_lines"
    __table_args__ = (
        UniqueConstraint("basket_id", "variant_id", "set_key"),
        CheckConstraint("qty BETWEEN 1 AND 999", name="qty"),
    )

    id: Mapped[Key]
    basket_id: Mapped[int] = mapped_column(ForeignKey("baskets.id", ondelete="CASCADE"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"))
    qty: Mapped[int]
    seen_minor: Mapped[int]
    set_key: Mapped[str] = mapped_column(String(40), default="")
    set_ref: Mapped[str | None] = mapped_column(String(120))
    substitute_for: Mapped[int | None] = mapped_column(ForeignKey("variants.id"))
    both_guest: Mapped[int | None]
    both_own: Mapped[int | None]
    position: Mapped[int]
    added_at: Mapped[datetime]


class LineSource(Model):
    """What led to a basket line, oldest first."""

    __tablename__ = "line_sources"
    __table_args__ = (UniqueConstraint("line_id", "position"),)

    id: Mapped[Key]
    line_id: Mapped[int] = mapped_column(ForeignKey("basket_lines.id", ondelete="CASCADE"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    ref: Mapped[str | None] = mapped_column(String(60))
    at: Mapped[datetime]


class Touch(Model):
    """A click on a link that names its source, kept under a basket or a consenting person."""

    __tablename__ = "touches"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (basket_id IS NULL)", name="one_owner"),
        Index("ix_touches_person", "person_id", "product_id", "at"),
        Index("ix_touches_basket", "basket_id", "product_id", "at"),
    )

    id: Mapped[Key]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    basket_id: Mapped[int | None] = mapped_column(ForeignKey("baskets.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    ref: Mapped[str | None] = mapped_column(String(60))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    at: Mapped[datetime]


class Checkout(Model):
    """The draft of an order; deleted a day after its last change."""

    __tablename__ = "checkouts"

    id: Mapped[Key]
    basket_id: Mapped[int] = mapped_column(
        ForeignKey("baskets.id", ondelete="CASCADE"), unique=True)
    attempt_key: Mapped[str] = mapped_column(String(40), unique=True)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    updated_at: Mapped[datetime]


class FirstContact(Model):
    """How somebody first heard of the marketplace, asked with the first order only."""

    __tablename__ = "first_contacts"
    __table_args__ = (
        CheckConstraint(
            "answer IN ('friends','market','press','search','advert','other')", name="answer"),
    )

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    answer: Mapped[str] = mapped_column(String(8))
    words: Mapped[str] = mapped_column(String(120), default="")
