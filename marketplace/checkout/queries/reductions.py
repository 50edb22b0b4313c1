"""Offers and coupons that hold for a basket now."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, or_, select

from marketplace.checkout.models import BasketCoupon, Coupon, Offer, OfferItem, OfferTerm
from marketplace.checkout.rules.prices import CouponTerm, SetOffer, Term, coupon_fault
from marketplace.foundation import clock
from marketplace.foundation.database import db


@dataclass(frozen=True, slots=True)
class CouponRow:
    """A coupon with what it gives; `fault` says why not now: early, over, used_up, or ""."""

    id: int
    producer_id: int
    code: str
    form: str
    value: int
    min_goods_minor: int
    fault: str

    @property
    def term(self) -> CouponTerm:
        """As the rules of prices need it."""
        return CouponTerm(self.producer_id, self.form, self.value, self.min_goods_minor)


def coupon_row(coupon: Coupon) -> CouponRow:
    """A coupon as it stands now."""
    return CouponRow(
        coupon.id, coupon.producer_id, coupon.code, coupon.form, coupon.value,
        coupon.min_goods_minor, coupon_fault(
            coupon.valid_from, coupon.valid_to, coupon.max_uses, coupon.used, clock.now(),
            coupon.stopped_at is not None))


def coupons_in(basket_id: int) -> Mapping[int, CouponRow]:
    """What was named for this basket, by producer. Loads: 1 statement."""
    return {row.producer_id: coupon_row(row) for row in db.session.scalars(
        select(Coupon).join(BasketCoupon, BasketCoupon.coupon_id == Coupon.id)
        .where(BasketCoupon.basket_id == basket_id).order_by(Coupon.producer_id)
        .execution_options(populate_existing=True))}


def coupons_named(code: str, producer_ids: Collection[int]) -> Sequence[CouponRow]:
    """Coupons of these producers with this word, by producer. Loads: 1 statement."""
    return [coupon_row(row) for row in db.session.scalars(
        select(Coupon).where(Coupon.code == code.strip().upper(),
                             Coupon.producer_id.in_(list(producer_ids)))
        .order_by(Coupon.producer_id).execution_options(populate_existing=True))]


def coupons_of(producer_id: int) -> Sequence[Coupon]:
    """All coupons of a producer, newest first, at most 200. Loads: 1 statement."""
    return db.session.scalars(
        select(Coupon).where(Coupon.producer_id == producer_id)
        .order_by(Coupon.made_at.desc(), Coupon.id.desc()).limit(200)
        .execution_options(populate_existing=True)).all()


def offers_for(set_keys: Collection[str]) -> Sequence[SetOffer]:
    """Offers that run now for these sets, in their order. Loads: 1 statement, or none."""
    keys, now = [key for key in set_keys if key], clock.now()
    if not keys:
        return []
    rows = db.session.execute(_offers(), {"keys": keys, "now": now}).all()
    heads = {row.id: (row.code, row.set_key) for row in rows}
    return [SetOffer(code, key, {r.variant_id: r.qty for r in rows if r.id == offer_id},
                     list({r.producer_id: Term(r.producer_id, r.form, r.value)
                           for r in rows if r.id == offer_id}.values()))
            for offer_id, (code, key) in heads.items()]


@cache
def _offers() -> Any:
    now: Any = bindparam("now")
    return (select(Offer.id, Offer.code, Offer.set_key, OfferItem.variant_id, OfferItem.qty,
                   OfferTerm.producer_id, OfferTerm.form, OfferTerm.value)
            .join(OfferItem, OfferItem.offer_id == Offer.id)
            .join(OfferTerm, OfferTerm.offer_id == Offer.id)
            .where(Offer.set_key.in_(bindparam("keys", expanding=True)),
                   Offer.state == "running", Offer.valid_from <= now,
                   or_(Offer.valid_to.is_(None), Offer.valid_to > now))
            .order_by(Offer.id, OfferTerm.producer_id, OfferItem.variant_id))


def running_offers() -> int:
    """How many offers run now. Loads: 1 statement."""
    return db.session.scalar(select(func.count()).where(Offer.state == "running")) or 0
