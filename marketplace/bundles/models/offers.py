"""Offers made from a member's bundle: who was asked, and what each party said."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class BundleOffer(Model):
    """A set price for a bundle: it runs only if its author and every producer agreed."""

    __tablename__ = "bundle_offers"
    __table_args__ = (
        CheckConstraint("state IN ('asked','running','paused','declined','lapsed','ended')",
                        name="state"),
        CheckConstraint("(state = 'paused') = (pause IS NOT NULL)", name="pause"),
        Index("ix_bundle_offers_bundle_id", "bundle_id", "state"),
        Index("ix_bundle_offers_state", "state", "asked_at"),
    )

    id: Mapped[Key]
    bundle_id: Mapped[int] = mapped_column(ForeignKey("bundles.id"))
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    """Who asked."""
    credit: Mapped[str] = mapped_column(String(120))
    benefit: Mapped[str] = mapped_column(String(200))
    items: Mapped[list[Any]] = mapped_column(JSON)
    """Pairs of variant and pieces."""
    state: Mapped[str] = mapped_column(String(8))
    pause: Mapped[str | None] = mapped_column(String(8))
    offer_code: Mapped[str | None] = mapped_column(String(20))
    asked_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class OfferAgreement(Model):
    """What one party of an offer said: the author, or a producer with its own term."""

    __tablename__ = "offer_agreements"
    __table_args__ = (
        UniqueConstraint("offer_id", "producer_id"),
        CheckConstraint("party IN ('author','producer')", name="party"),
        CheckConstraint("state IN ('asked','agreed','declined','ended')", name="state"),
        CheckConstraint("(party = 'producer') = (producer_id IS NOT NULL)", name="producer"),
        CheckConstraint("party = 'author' OR state <> 'agreed' OR value IS NOT NULL",
                        name="value"),
    )

    id: Mapped[Key]
    offer_id: Mapped[int] = mapped_column(ForeignKey("bundle_offers.id"))
    party: Mapped[str] = mapped_column(String(8))
    producer_id: Mapped[int | None] = mapped_column(ForeignKey("producers.id"))
    state: Mapped[str] = mapped_column(String(8))
    form: Mapped[str | None] = mapped_column(String(7))
    """`fixed` price in minor units, or `percent` in basis points off its own lines."""
    value: Mapped[int | None]
    at: Mapped[datetime | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Who said it."""
