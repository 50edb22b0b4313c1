"""What people wait for, and what they keep on lists."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class Watch(Model):
    """Somebody wants to be told once: back in stock, the next vintage, a lower price.

    `size` narrows it to variants whose label has this word; `price_minor` is the price to fall
    below.
    """

    __tablename__ = "watches"
    __table_args__ = (
        UniqueConstraint("person_id", "product_id", "kind", "size"),
        CheckConstraint("kind IN ('back','next_lot','price')", name="kind"),
        Index("ix_watches_product", "product_id", "kind", "told_at", "at"),
    )

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    kind: Mapped[str] = mapped_column(String(8))
    size: Mapped[str] = mapped_column(String(40), default="")
    price_minor: Mapped[int | None]
    at: Mapped[datetime]
    told_at: Mapped[datetime | None]


class Wishlist(Model):
    """A person's list of goods; only they see it unless they share its link."""

    __tablename__ = "wishlists"
    __table_args__ = (Index("ix_wishlists_person_id", "person_id"),)

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    title: Mapped[str] = mapped_column(String(60))
    code: Mapped[str] = mapped_column(String(40), unique=True)
    shared: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]


class WishlistItem(Model):
    """A product on a list, with a line about it."""

    __tablename__ = "wishlist_items"
    __table_args__ = (Index("ix_wishlist_items_product_id", "product_id"),)

    list_id: Mapped[int] = mapped_column(ForeignKey("wishlists.id"), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    note: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime]
