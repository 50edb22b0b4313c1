"""From basket to order in one transaction: all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from marketplace.checkout.actions.touching import end_way
from marketplace.checkout.models import Basket, BasketLine, Checkout, LineSource
from marketplace.checkout.queries import BasketItem, BasketPart, BasketView, basket_view, draft_of
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import announce
from marketplace.orders.actions.create import NewLine, NewOrder, NewPart, create, insert_head
from marketplace.orders.events import OrderPlaced
from marketplace.orders.models import Order
from marketplace.orders.queries import open_transfers
from marketplace.payments.actions import begin
from marketplace.payments.queries import bank_accounts
from marketplace.payments.rules import COMMISSION_BP

MOST_OPEN_TRANSFERS = 3


class BasketMoved(Conflict):
    """The basket is not the one that was reviewed."""


class PriceMoved(Conflict):
    """The sum is not the one that was shown; old and new in minor units."""

    def __init__(self, sentence: str, old_minor: int, new_minor: int) -> None:
        super().__init__(sentence)
        self.old_minor, self.new_minor = old_minor, new_minor


@dataclass(frozen=True, slots=True)
class Placing:
    """What the review page sends: its attempt, the version and sum it showed."""

    attempt_key: str
    basket_version: int
    shown_minor: int
    buyer_key: str
    language: str
    mode: str
    guest_secret_hash: str | None


def keep_draft(basket: Basket, answers: Mapping[str, Any]) -> Checkout:
    """Remember what was answered on the way to the order. Changes checkouts."""
    draft = draft_of(basket.id)
    if draft is None:
        draft = Checkout(basket_id=basket.id, attempt_key=str(uuid4()), answers={},
                         updated_at=clock.now())
        db.session.add(draft)
    draft.answers = {**draft.answers, **answers}
    draft.updated_at = clock.now()
    db.session.flush()
    return draft


def place(basket: Basket, draft: Checkout, how: Placing) -> Order:
    """The order of this attempt: written now, or found if it was written before.

    Raises BasketMoved, PriceMoved, SoldOut, Conflict, Invalid; then nothing is changed.
    Changes orders and all its rows, variants, baskets, payments; announces OrderPlaced.
    """
    answers = draft.answers
    view = basket_view(basket, how.language, answers.get("country"), answers.get("delivery"))
    new = _new_order(basket, view, answers, how)
    order = insert_head(new, how.buyer_key)
    if order is None:
        return db.session.execute(
            select(Order).where(Order.attempt_key == how.attempt_key)).scalar_one()
    _lock(basket, how.basket_version)
    _check(view, how, new.method, answers)
    create(order, new)
    _empty(basket)
    if order.method != "stripe":
        begin(order)
    announce(OrderPlaced(order.id, order.buyer_id))
    return order


def placed_before(attempt_key: str) -> Order | None:
    """The order of an attempt that was sent before. Loads: 1 statement."""
    return db.session.scalar(select(Order).where(Order.attempt_key == attempt_key))


def _lock(basket: Basket, version: int) -> None:
    locked = db.session.execute(
        update(Basket).where(Basket.id == basket.id, Basket.version == version)
        .values(version=Basket.version + 1).execution_options(synchronize_session=False))
    if not locked.rowcount:  # type: ignore[attr-defined]
        raise BasketMoved(_("Your basket changed meanwhile. Please look at it once more."))


def draft_age(view: BasketView) -> int:
    """The highest age class in a basket."""
    return max((item.goods.age_class for item in view.items), default=0)


def _check(
    view: BasketView, how: Placing, method: str, answers: Mapping[str, Any]
) -> None:
    if not view.parts:
        raise BasketMoved(_("Your basket is empty."))
    for part in view.parts:
        if part.sums.shipping_minor is None:
            raise Conflict(_("%(name)s does not deliver these goods there.",
                             name=part.seller["name"]))
        if part.lacks:
            raise Conflict(part.lack_sentence)
    if any(item.obstacle in ("off_sale", "unread") for item in view.items):
        raise Conflict(_("Something in your basket is not on sale any more."))
    if draft_age(view) > int(answers.get("age_class", 0)):
        raise Conflict(_("Something in your basket is handed over to adults only. "
                         "Please state your date of birth first."))
    if view.total_minor != how.shown_minor:
        raise PriceMoved(_("A price changed while you were looking. Nothing was ordered."),
                         how.shown_minor, view.total_minor)
    if method == "bank_transfer" and open_transfers(how.buyer_key) >= MOST_OPEN_TRANSFERS:
        raise Conflict(_("Three of your orders still wait for a transfer. "
                         "Please pay one of them first."))


def address(answers: Mapping[str, Any], prefix: str) -> dict[str, Any] | None:
    """The address whose answers begin with `prefix`; None where none was given."""
    names = ("name", "street", "extra", "postcode", "city", "country")
    found = {name: answers.get(f"{prefix}{name}") or "" for name in names}
    return found if found["street"] else None


def _new_order(basket: Basket, view: BasketView, answers: Mapping[str, Any], how: Placing
               ) -> NewOrder:
    missing = [name for name in ("email", "name", "street", "postcode", "city", "country",
                                 "method") if not answers.get(name)]
    if missing:
        raise Invalid({name: _("Please fill this in.") for name in missing})
    banks = bank_accounts([part.producer_id for part in view.parts])
    return NewOrder(
        attempt_key=how.attempt_key, buyer_id=basket.person_id, email=answers["email"],
        language=how.language, bill_to=address(answers, "bill_"),
        method=answers["method"], mode=how.mode,
        ship_to=address(answers, "") or {},
        parts=[_new_part(part, banks) for part in view.parts],
        guest_secret_hash=how.guest_secret_hash,
        review_consent=bool(answers.get("review_consent")),
    )


def _new_part(part: BasketPart, banks: Mapping[int, Any]) -> NewPart:
    bank = banks.get(part.producer_id)
    return NewPart(
        part.producer_id, part.seller,
        {"holder": bank.holder, "iban": bank.iban} if bank else None,
        part.sums.shipping_minor or 0, part.dispatch_days,
        [_new_line(item) for item in part.items], part.sums.method or "parcel", COMMISSION_BP,
    )


def _new_line(item: BasketItem) -> NewLine:
    goods = item.goods
    title = f"{goods.title}, {goods.label}" if goods.label else goods.title
    base = f"{goods.unit_minor}/{goods.unit}" if goods.unit_minor is not None else ""
    return NewLine(
        goods.variant_id, goods.product_id, goods.lot_id, title[:200], goods.essentials,
        goods.picture.url.removeprefix("/files/") if goods.picture else None, item.qty,
        goods.price_minor, goods.deposit_minor, base, goods.tax_category, goods.age_class,
        goods.withdrawal, item.set_key or None, item.set_ref, item.chain,
    )


def _empty(basket: Basket) -> None:
    lines: Sequence[int] = db.session.scalars(
        select(BasketLine.id).where(BasketLine.basket_id == basket.id)).all()
    db.session.execute(delete(LineSource).where(LineSource.line_id.in_(lines)))
    db.session.execute(delete(BasketLine).where(BasketLine.basket_id == basket.id))
    db.session.execute(delete(Checkout).where(Checkout.basket_id == basket.id))
    end_way(basket.id)
