"""From basket to order in one transaction: all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, insert, select, update

from marketplace.checkout.actions.checking import demand_orderable, demand_same_sum
from marketplace.checkout.actions.coupons import use_coupons
from marketplace.checkout.actions.touching import end_way
from marketplace.checkout.models import (
    Basket,
    BasketCoupon,
    BasketLine,
    Checkout,
    FirstContact,
)
from marketplace.checkout.queries import BasketItem, BasketPart, BasketView, basket_view
from marketplace.checkout.queries.baskets import loaded_again
from marketplace.checkout.rules.contacts import FIRST_CONTACTS
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import announce
from marketplace.orders.actions.create import NewLine, NewOrder, NewPart, create, insert_head
from marketplace.orders.events import OrderPlaced
from marketplace.orders.models import Order
from marketplace.payments.actions import begin
from marketplace.payments.queries import bank_accounts
from marketplace.payments.queries.fees import commission_now

NEEDED = ("email", "name", "street", "postcode", "city", "country", "method")


class BasketMoved(Conflict):
    """The basket is not the one that was reviewed."""


@dataclass(frozen=True, slots=True)
class Placing:
    """What the review page sends: its attempt, the version and sum it showed.

    `shown` holds what each line (`l<id>`) and each sending (`s<producer>`) cost there, to tell
    what moved; nothing is reckoned from it. `network_key` is a keyed hash, or None for no limit.
    """

    attempt_key: str
    basket_version: int
    shown_minor: int
    buyer_key: str
    language: str
    mode: str
    guest_secret_hash: str | None
    network_key: str | None = None
    instruction_version: str = ""
    shown: Mapping[str, int] = field(default_factory=dict)


def place(basket: Basket, draft: Checkout, how: Placing) -> Order:
    """The order of this attempt: written now, or found if it was written before.

    Raises BasketMoved, PriceMoved, SoldOut, CouponGone, Conflict, Invalid; then nothing is
    changed. Changes orders and all its rows, variants, coupons, baskets, payments; announces
    OrderPlaced.
    """
    answers = dict(draft.answers)
    new = _head(basket, answers, how)
    order = insert_head(new, how.buyer_key)
    if order is None:
        return db.session.execute(
            select(Order).where(Order.attempt_key == how.attempt_key)).scalar_one()
    _lock(basket, how.basket_version)
    view = _looked_at_again(basket, answers, how.language)
    banks = bank_accounts([part.producer_id for part in view.parts])
    demand_orderable(view, answers, (how.buyer_key, how.network_key), how.mode, frozenset(banks))
    demand_same_sum(view, how.shown_minor, how.shown)
    use_coupons([part.coupon for part in view.parts if part.coupon and any(
        item.off.coupon_minor for item in part.items)])
    bp = commission_now()
    parts = [_part(part, banks, answers, how.instruction_version, bp) for part in view.parts]
    create(order, replace(new, parts=parts))
    _note_first_contact(order, answers)
    _empty(basket, [item.id for item in view.items])
    if any(part.coupon for part in view.parts):
        db.session.execute(delete(BasketCoupon).where(BasketCoupon.basket_id == basket.id))
    if order.method != "stripe":
        begin(order, fresh=True)
    announce(OrderPlaced(order.id, order.buyer_id))
    return order


def placed_before(attempt_key: str) -> Order | None:
    """The order of an attempt that was sent before. Loads: 1 statement."""
    return db.session.scalar(select(Order).where(Order.attempt_key == attempt_key))


def _lock(basket: Basket, version: int) -> None:
    """Of two who order from one basket the second finds another version. Raises BasketMoved."""
    locked = db.session.execute(
        update(Basket).where(Basket.id == basket.id, Basket.version == version)
        .values(version=Basket.version + 1).execution_options(synchronize_session=False))
    if not locked.rowcount:  # type: ignore[attr-defined]
        raise BasketMoved(_("Your basket changed meanwhile. Please look at it once more."))


def _looked_at_again(basket: Basket, answers: Mapping[str, Any], lang: str) -> BasketView:
    """Everything reckoned anew, after the lock. Raises BasketMoved where nothing is left."""
    only = answers.get("only")
    view = basket_view(loaded_again(basket), lang, answers.get("country"),
                       answers.get("delivery"), int(only) if only else None)
    if not view.parts:
        raise BasketMoved(_("Your basket is empty."))
    return view


def address(answers: Mapping[str, Any], prefix: str) -> dict[str, Any] | None:
    """The address whose answers begin with `prefix`; None where none was given."""
    names = ("name", "street", "extra", "postcode", "city", "country")
    found = {name: answers.get(f"{prefix}{name}") or "" for name in names}
    return found if found["street"] else None


def _head(basket: Basket, answers: Mapping[str, Any], how: Placing) -> NewOrder:
    missing = [name for name in NEEDED if not answers.get(name)]
    if missing:
        raise Invalid({name: _("Please fill this in.") for name in missing})
    return NewOrder(
        attempt_key=how.attempt_key, buyer_id=basket.person_id, email=answers["email"],
        language=how.language, bill_to=address(answers, "bill_"),
        method=answers["method"], mode=how.mode, ship_to=address(answers, "") or {},
        guest_secret_hash=how.guest_secret_hash, network_key=how.network_key,
        review_consent=bool(answers.get("review_consent")))


def _part(part: BasketPart, banks: Mapping[int, Any], answers: Mapping[str, Any],
          instruction_version: str, commission_bp: int) -> NewPart:
    bank, sums = banks.get(part.producer_id), part.sums
    return NewPart(
        part.producer_id, part.seller,
        {"holder": bank.holder, "iban": bank.iban} if bank else None,
        sums.shipping_minor or 0, part.dispatch_days, [_line(item) for item in part.items],
        sums.method or "parcel", commission_bp,
        str((answers.get("notes") or {}).get(str(part.producer_id)) or ""),
        answers.get("age") if sums.age_class else None, instruction_version, part.taxes)


def _line(item: BasketItem) -> NewLine:
    goods = item.goods
    title = f"{goods.title}, {goods.label}" if goods.label else goods.title
    base = f"{goods.unit_minor}/{goods.unit}" if goods.unit_minor is not None else ""
    return NewLine(
        goods.variant_id, goods.product_id, goods.lot_id, title[:200], goods.essentials,
        goods.picture.url.removeprefix("/files/") if goods.picture else None, item.qty,
        goods.price_minor, goods.deposit_minor, base, goods.tax_category, goods.age_class,
        goods.withdrawal, item.set_key or None, item.set_ref, item.chain, item.off.minor,
        item.substitute_for)


def _note_first_contact(order: Order, answers: Mapping[str, Any]) -> None:
    """How a first buyer heard of the market, where that was said. Changes first_contacts."""
    said = answers.get("first_contact")
    if said in FIRST_CONTACTS:
        db.session.execute(insert(FirstContact).values(order_id=order.id, answer=said, words=""))


def _empty(basket: Basket, line_ids: Sequence[int]) -> None:
    """What was ordered is out of the basket; its sources go with the lines."""
    db.session.execute(delete(BasketLine).where(BasketLine.id.in_(list(line_ids))))
    db.session.execute(delete(Checkout).where(Checkout.basket_id == basket.id))
    end_way(basket.id)
