"""From basket to order in one transaction: all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, insert, select, update

from marketplace.checkout.actions.checking import demand_orderable, demand_same_sum
from marketplace.checkout.actions.coupons import note_uses, use_coupons
from marketplace.checkout.models import (
    Basket,
    BasketCoupon,
    BasketLine,
    Checkout,
    FirstContact,
)
from marketplace.checkout.queries import BasketItem, BasketPart, BasketView, basket_view
from marketplace.checkout.queries.baskets import Loaded
from marketplace.checkout.rules.contacts import FIRST_CONTACTS
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import announce
from marketplace.orders.actions.create import (
    NewLine,
    NewOrder,
    NewPart,
    Shown,
    create,
    insert_head,
)
from marketplace.orders.events import OrderPlaced
from marketplace.orders.models import Order
from marketplace.payments.queries import houses_now

NEEDED = ("email", "name", "street", "postcode", "city", "country", "method")


class BasketMoved(Conflict):
    """The basket is not the one that was reviewed."""


@dataclass(frozen=True, slots=True)
class Placing:
    """What the review page sends: its attempt, the version and sum it showed.

    `shown` holds what each line (`l<id>`) and each sending (`s<producer>`) cost there, to tell
    what moved; no sum of the order is taken from it. `network_key` is a keyed hash, or None for
    no limit.
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


def place(loaded: Loaded, how: Placing) -> Order:
    """The order of this attempt: written now, or found if it was written before.

    Raises BasketMoved, PriceMoved, SoldOut, CouponGone, Conflict, Invalid; then nothing is
    changed. Changes orders and all its rows, variants, coupons, baskets; announces OrderPlaced.
    Takes 16 statements, whatever the number of lines and sellers; one more with sets, and four and
    one for each coupon with coupons.
    """
    basket, answers = loaded.basket, loaded.answers
    new = _head(basket, answers, how)
    order = insert_head(new, how.buyer_key)
    if order is None:
        return db.session.execute(
            select(Order).where(Order.attempt_key == how.attempt_key)).scalar_one()
    _lock(basket, how.basket_version)
    view = _looked_at_again(loaded, how.language)
    banks, bp = houses_now([part.producer_id for part in view.parts])
    demand_orderable(view, answers, (how.buyer_key, how.network_key), how.mode, frozenset(banks))
    demand_same_sum(view, how.shown_minor, how.shown)
    used = [part.coupon for part in view.parts if part.coupon and any(
        item.off.coupon_minor for item in part.items)]
    use_coupons(used)
    parts = [_part(part, banks, answers, how.instruction_version, bp) for part in view.parts]
    _note_first_contact(order, answers)
    _empty(basket, [item.id for item in view.items])
    if any(part.coupon for part in view.parts):
        db.session.execute(delete(BasketCoupon).where(BasketCoupon.basket_id == basket.id))
    written = create(order, replace(new, parts=parts))
    note_uses({written[one.producer_id]: one.id for one in used})
    announce(OrderPlaced(order.id, order.buyer_id, basket.id))
    return order


def placed_before(attempt_key: str) -> Order | None:
    """The order of an attempt that was sent before. Loads: 1 statement."""
    return db.session.scalar(select(Order).where(Order.attempt_key == attempt_key))


def _lock(basket: Basket, version: int) -> None:
    """Of two who order from one basket the second finds another version. Raises BasketMoved.

    Every change of a basket counts its version up, so lines that were loaded with this version are
    what is in it now.
    """
    locked = basket.version == version and db.session.execute(
        update(Basket).where(Basket.id == basket.id, Basket.version == version)
        .values(version=Basket.version + 1).execution_options(synchronize_session=False))
    if not locked or not locked.rowcount:  # type: ignore[attr-defined]
        raise BasketMoved(_("Your basket changed meanwhile. Please look at it once more."))


def _looked_at_again(loaded: Loaded, lang: str) -> BasketView:
    """Everything reckoned anew, after the lock. Raises BasketMoved where nothing is left."""
    answers = loaded.answers
    only = answers.get("only")
    view = basket_view(loaded, lang, answers.get("country"), answers.get("delivery"),
                       int(only) if only else None)
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
        review_consent=bool(answers.get("review_consent")), shown=_sums_shown(how))


def _sums_shown(how: Placing) -> Shown:
    """The sums of the page by kind; the head is right at once where nothing moved."""
    goods, sending = (sum(minor for key, minor in how.shown.items() if key.startswith(letter))
                      for letter in "ls")
    deposit = how.shown_minor - goods - sending
    return Shown(goods, deposit, sending) if how.shown and deposit >= 0 else Shown()


def _part(part: BasketPart, banks: Mapping[int, Any], answers: Mapping[str, Any],
          instruction_version: str, commission_bp: int) -> NewPart:
    bank, sums = banks.get(part.producer_id), part.sums
    return NewPart(
        part.producer_id, part.seller,
        {"holder": bank.holder, "iban": bank.iban} if bank else None,
        sums.shipping_minor or 0, part.dispatch_days, [_line(item) for item in part.items],
        sums.method or "parcel", commission_bp,
        str((answers.get("notes") or {}).get(str(part.producer_id)) or ""),
        answers.get("age") if sums.age_class else None, instruction_version, part.taxes,
        part.satisfaction_days)


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
