"""Agreed prices for sets, and coupons of producers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class Offer(Model):
    """A price agreed for a set; lines whose set carries `set_key` get it."""

    __tablename__ = "offers"
    __table_args__ = (
        CheckConstraint("state IN ('running','paused','ended')", name="state"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="valid"),
        Index("ix_offers_set_key", "set_key", "state"),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(20), unique=True)
    title_de: Mapped[str] = mapped_column(String(120))
    title_en: Mapped[str] = mapped_column(String(120))
    set_key: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(8), default="running")
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime | None]


class OfferItem(Model):
    """What belongs to an offer's set, and how many."""

    __tablename__ = "offer_items"
    __table_args__ = (CheckConstraint("qty BETWEEN 1 AND 999", name="qty"),)

    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id", ondelete="CASCADE"),
                                          primary_key=True)
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"), primary_key=True)
    qty: Mapped[int]


class OfferTerm(Model):
    """What a producer gives for its part: a fixed price in minor units, or basis points off.

    `agreed_by` is the person of the house who agreed; there is no term without one.
    """

    __tablename__ = "offer_terms"
    __table_args__ = (
        CheckConstraint("(form = 'fixed' AND value >= 0) OR "
                        "(form = 'percent' AND value BETWEEN 0 AND 9000)", name="value"),
    )

    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id", ondelete="CASCADE"),
                                          primary_key=True)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"), primary_key=True)
    form: Mapped[str] = mapped_column(String(7))
    value: Mapped[int]
    agreed_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    agreed_at: Mapped[datetime]


class Coupon(Model):
    """What a producer gives to who names its word; paid for by the producer.

    `code` is upper case; `value` in basis points (percent) or minor units (amount); `used` changes
    by conditional UPDATE only.
    """

    __tablename__ = "coupons"
    __table_args__ = (
        UniqueConstraint("producer_id", "code"),
        CheckConstraint("(form = 'percent' AND value BETWEEN 1 AND 10000) OR "
                        "(form = 'amount' AND value > 0)", name="value"),
        CheckConstraint("used >= 0 AND (max_uses IS NULL OR used <= max_uses)", name="used"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="valid"),
        CheckConstraint("min_goods_minor >= 0", name="min_goods"),
    )

    id: Mapped[Key]
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    code: Mapped[str] = mapped_column(String(24))
    form: Mapped[str] = mapped_column(String(7))
    value: Mapped[int]
    min_goods_minor: Mapped[int] = mapped_column(default=0)
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime | None]
    max_uses: Mapped[int | None]
    used: Mapped[int] = mapped_column(default=0)
    stopped_at: Mapped[datetime | None]
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]


class CouponUse(Model):
    """The part of an order that used a coupon; given back where nothing came of it."""

    __tablename__ = "coupon_uses"

    seller_order_id: Mapped[int] = mapped_column(ForeignKey("seller_orders.id"), primary_key=True,
                                                 autoincrement=False)
    coupon_id: Mapped[int] = mapped_column(ForeignKey("coupons.id"))
    given_back_at: Mapped[datetime | None]


class BasketCoupon(Model):
    """The coupon of a producer that somebody named; at most one for each."""

    __tablename__ = "basket_coupons"

    basket_id: Mapped[int] = mapped_column(ForeignKey("baskets.id", ondelete="CASCADE"),
                                           primary_key=True)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"), primary_key=True)
    coupon_id: Mapped[int] = mapped_column(ForeignKey("coupons.id"))
