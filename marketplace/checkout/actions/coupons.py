"""Coupons of producers: made, stopped, named for a basket, used once the order stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from marketplace.checkout.actions.lines import touch
from marketplace.checkout.models import Basket, BasketCoupon, Coupon, CouponUse
from marketplace.checkout.queries.reductions import CouponRow, coupons_named
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound

CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{2,22}[A-Z0-9]")


class CouponGone(Conflict):
    """A coupon was used up or stopped by the time of ordering."""


@dataclass(frozen=True, slots=True)
class NewCoupon:
    """What a producer gives; `value` in basis points (percent) or minor units (amount)."""

    code: str
    form: str
    value: int
    min_goods_minor: int = 0
    valid_to: datetime | None = None
    max_uses: int | None = None


def make_coupon(producer_id: int, person_id: int, new: NewCoupon) -> Coupon:
    """Let buyers name a word for less. Raises Invalid. Changes coupons."""
    code, faults = new.code.strip().upper(), {}
    if not CODE.fullmatch(code):
        faults["code"] = _("4 to 24 letters from A to Z, digits and hyphens, such as SPRING-10.")
    if new.form not in ("percent", "amount"):
        faults["form"] = _("Please choose one of the list.")
    most = 10_000 if new.form == "percent" else 100_000
    if not 1 <= new.value <= most:
        faults["value"] = _("From 1 to 100 percent.") if new.form == "percent" else \
            _("From 0.01 to 1,000.")
    if new.valid_to is not None and new.valid_to <= clock.now():
        faults["until"] = _("A day that is still to come.")
    if new.max_uses is not None and not 1 <= new.max_uses <= 1_000_000:
        faults["uses"] = _("A whole number from 1 to 1,000,000.")
    if faults:
        raise Invalid(faults)
    row = Coupon(
        producer_id=producer_id, code=code, form=new.form, value=new.value,
        min_goods_minor=max(0, new.min_goods_minor), valid_from=clock.now(),
        valid_to=new.valid_to, max_uses=new.max_uses, used=0, made_by=person_id,
        made_at=clock.now())
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as fault:
        raise Invalid({"code": _("You have used this word before; please take another.")}) \
            from fault
    return row


def stop_coupon(producer_id: int, coupon_id: int) -> None:
    """Nobody can use it from now on; orders keep their price. Raises NotFound. Changes coupons."""
    stopped = db.session.execute(
        update(Coupon).where(Coupon.id == coupon_id, Coupon.producer_id == producer_id,
                             Coupon.stopped_at.is_(None))
        .values(stopped_at=clock.now()).execution_options(synchronize_session=False))
    if not stopped.rowcount:  # type: ignore[attr-defined]
        raise NotFound(_("There is nothing at this address."))


def fault_words(row: CouponRow) -> str:
    """Why a coupon cannot be used now, in a sentence; "" for nothing."""
    said = {"early": _("“%(code)s” cannot be used yet.", code=row.code),
            "over": _("“%(code)s” is over.", code=row.code),
            "used_up": _("“%(code)s” is used up.", code=row.code)}
    return said.get(row.fault, "")


def name_coupon(basket: Basket, code: str, producer_ids: Sequence[int]) -> CouponRow:
    """Use a coupon for this basket, instead of another one of the same producer.

    Raises Invalid with the reason beside `coupon`. Changes basket_coupons, baskets.
    """
    if not code.strip():
        raise Invalid({"coupon": _("Please type the word of your coupon.")})
    found = coupons_named(code, producer_ids)
    if not found:
        raise Invalid({"coupon": _("No producer in your basket has a coupon of this word.")})
    good = next((row for row in found if not row.fault), None)
    if good is None:
        raise Invalid({"coupon": fault_words(found[0])})
    drop_coupon(basket, good.producer_id)
    db.session.add(BasketCoupon(basket_id=basket.id, producer_id=good.producer_id,
                                coupon_id=good.id))
    db.session.flush()
    return good


def drop_coupon(basket: Basket, producer_id: int) -> None:
    """Use no coupon of this producer. Changes basket_coupons, baskets."""
    db.session.execute(delete(BasketCoupon).where(BasketCoupon.basket_id == basket.id,
                                                  BasketCoupon.producer_id == producer_id))
    touch(basket)


def use_coupons(rows: Sequence[CouponRow]) -> None:
    """Count the use of each, in id order, by one conditional UPDATE. Raises CouponGone."""
    for row in sorted(rows, key=lambda one: one.id):
        used = db.session.execute(
            update(Coupon)
            .where(Coupon.id == row.id, Coupon.stopped_at.is_(None),
                   or_(Coupon.max_uses.is_(None), Coupon.used < Coupon.max_uses),
                   or_(Coupon.valid_to.is_(None), Coupon.valid_to > clock.now()))
            .values(used=Coupon.used + 1).execution_options(synchronize_session=False))
        if not used.rowcount:  # type: ignore[attr-defined]
            raise CouponGone(_("The coupon “%(code)s” was used up or ended meanwhile. Nothing was "
                               "ordered.", code=row.code))


def note_uses(coupons: Mapping[int, int]) -> None:
    """Which part of an order (its id) used which coupon. Changes coupon_uses."""
    if coupons:
        db.session.execute(insert(CouponUse), [
            {"seller_order_id": part, "coupon_id": coupon}
            for part, coupon in sorted(coupons.items())])


def give_back(part_id: int) -> None:
    """A part came to nothing before it was paid: its coupon can be used by somebody else.

    Once, however often it is said. Changes coupon_uses, coupons.
    """
    coupon = db.session.scalar(
        update(CouponUse).where(CouponUse.seller_order_id == part_id,
                                CouponUse.given_back_at.is_(None))
        .values(given_back_at=clock.now()).returning(CouponUse.coupon_id)
        .execution_options(synchronize_session=False))
    if coupon is not None:
        db.session.execute(update(Coupon).where(Coupon.id == coupon, Coupon.used > 0)
                           .values(used=Coupon.used - 1)
                           .execution_options(synchronize_session=False))


def take_again(part_id: int) -> None:
    """A part was paid late and lives on: its coupon counts again, if there is a use left.

    The part keeps its price either way. Changes coupon_uses, coupons.
    """
    coupon = db.session.scalar(select(CouponUse.coupon_id).where(
        CouponUse.seller_order_id == part_id, CouponUse.given_back_at.is_not(None)))
    counted = coupon is not None and db.session.scalar(
        update(Coupon).where(Coupon.id == coupon,
                             or_(Coupon.max_uses.is_(None), Coupon.used < Coupon.max_uses))
        .values(used=Coupon.used + 1).returning(Coupon.id)
        .execution_options(synchronize_session=False))
    if counted:
        db.session.execute(update(CouponUse).where(CouponUse.seller_order_id == part_id)
                           .values(given_back_at=None)
                           .execution_options(synchronize_session=False))


def move_coupons(from_basket: int, to: Basket) -> None:
    """A guest signed in: what was named comes along where nothing else was named."""
    own = set(db.session.scalars(select(BasketCoupon.producer_id).where(
        BasketCoupon.basket_id == to.id)))
    for row in db.session.scalars(select(BasketCoupon).where(
            BasketCoupon.basket_id == from_basket)).all():
        if row.producer_id not in own:
            db.session.add(BasketCoupon(basket_id=to.id, producer_id=row.producer_id,
                                        coupon_id=row.coupon_id))
    db.session.execute(delete(BasketCoupon).where(BasketCoupon.basket_id == from_basket))
    db.session.flush()
