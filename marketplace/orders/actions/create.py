"""Writing an order with one contract per producer: copies of all that was agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from marketplace.catalog.actions import Held, reserve
from marketplace.foundation import clock
from marketplace.foundation.codes import creditor_reference, new_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict
from marketplace.orders.models import Order, OrderHistory, OrderLine, Reservation, SellerOrder
from marketplace.orders.queries.tax import decided
from marketplace.orders.rules.dates import DUE_DAYS, GRACE_DAYS, PAGE_MINUTES
from marketplace.orders.rules.tax import NoRate
from marketplace.producers.queries.legal import TaxFacts, tax_facts


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line to be agreed; minor units."""

    variant_id: int
    product_id: int
    lot_id: int | None
    title: str
    essentials: str
    picture_file: str | None
    qty: int
    unit_minor: int
    deposit_minor: int
    base_price: str
    tax_category: str
    age_class: int
    withdrawal: str
    set_key: str | None
    set_ref: str | None
    chain: Sequence[tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class NewPart:
    """The contract with one producer."""

    producer_id: int
    seller: Mapping[str, Any]
    bank: Mapping[str, Any] | None
    shipping_minor: int
    promise_days: int
    lines: Sequence[NewLine]
    delivery_method: str = "parcel"
    commission_bp: int = 0


@dataclass(frozen=True, slots=True)
class NewOrder:
    """Everything one person orders in one step."""

    attempt_key: str
    buyer_id: int | None
    email: str
    language: str
    ship_to: Mapping[str, Any]
    bill_to: Mapping[str, Any] | None
    method: str
    mode: str
    parts: Sequence[NewPart]
    guest_secret_hash: str | None = None
    review_consent: bool = False
    currency: str = field(default="EUR")


def buyer_key_of(person_id: int | None, email: str, secret: str) -> str:
    """What counts a buyer once: the member, or a keyed hash of the guest's address."""
    if person_id is not None:
        return f"m{person_id}"
    return sha256(f"{secret}:{email.strip().lower()}".encode()).hexdigest()


def insert_head(new: NewOrder, buyer_key: str) -> Order | None:
    """The order row first of all; None if this attempt has its order already."""
    order = Order(
        number=new_code(7), attempt_key=new.attempt_key, buyer_id=new.buyer_id,
        buyer_key=buyer_key, email=new.email, language=new.language, currency=new.currency,
        ship_to=dict(new.ship_to), bill_to=dict(new.bill_to) if new.bill_to else None,
        method=new.method, mode=new.mode, guest_secret_hash=new.guest_secret_hash,
        review_consent=new.review_consent, placed_at=clock.now(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(order)
    except IntegrityError:
        return None
    return order


def create(order: Order, new: NewOrder) -> None:
    """Reserve all goods and write every contract. Raises SoldOut; then nothing is kept.

    Raises Conflict where a VAT rate is not known. Changes variants, seller_orders, order_lines,
    reservations, order_history, orders.
    """
    now = clock.now()
    reserve([Held(line.variant_id, line.qty) for part in new.parts for line in part.lines])
    due = (now + timedelta(days=DUE_DAYS)).date()
    until = now + (timedelta(days=DUE_DAYS + GRACE_DAYS) if new.method == "bank_transfer"
                   else timedelta(minutes=PAGE_MINUTES))
    taxes = tax_facts([part.producer_id for part in new.parts])
    for position, part in enumerate(new.parts, start=1):
        _write_part(order, position, part, due, until, taxes[part.producer_id])
    order.goods_minor = sum(_goods(part) for part in new.parts)
    order.deposit_minor = sum(_deposit(part) for part in new.parts)
    order.shipping_minor = sum(part.shipping_minor for part in new.parts)
    order.total_minor = order.goods_minor + order.deposit_minor + order.shipping_minor
    db.session.add(OrderHistory(order_id=order.id, at=now, kind="placed", actor="buyer"))
    db.session.flush()


def _goods(part: NewPart) -> int:
    return sum(line.unit_minor * line.qty for line in part.lines)


def _deposit(part: NewPart) -> int:
    return sum(line.deposit_minor * line.qty for line in part.lines)


def _write_part(order: Order, position: int, part: NewPart, due: Any, until: datetime,
                taxes: TaxFacts) -> None:
    goods, deposit = _goods(part), _deposit(part)
    row = SellerOrder(
        order_id=order.id, producer_id=part.producer_id, position=position,
        number=f"{order.number}-{position}",
        reference=creditor_reference(order.number, position), goods_minor=goods,
        deposit_minor=deposit, shipping_minor=part.shipping_minor,
        total_minor=goods + deposit + part.shipping_minor, seller=dict(part.seller),
        bank=dict(part.bank) if part.bank else None, delivery_method=part.delivery_method,
        age_class=max((line.age_class for line in part.lines), default=0),
        promise_days=part.promise_days, due_on=due, commission_bp=part.commission_bp,
    )
    db.session.add(row)
    db.session.flush()
    target = str(order.ship_to.get("country") or taxes.ships_from)
    try:
        lines = [_line(row.id, n, line, taxes, target)
                 for n, line in enumerate(part.lines, start=1)]
    except NoRate as fault:
        raise Conflict(_("%(name)s cannot sell there yet: the VAT rate is not known.",
                         name=part.seller["name"])) from fault
    db.session.add_all(lines)
    db.session.flush()
    db.session.add_all(Reservation(line_id=line.id, variant_id=line.variant_id, qty=line.qty,
                                   until=until) for line in lines)


def _line(seller_order_id: int, position: int, line: NewLine, taxes: TaxFacts, target: str
          ) -> OrderLine:
    chain, tax = list(line.chain) or [("direct", None)], decided(taxes, target, line.tax_category)
    return OrderLine(
        seller_order_id=seller_order_id, position=position, variant_id=line.variant_id,
        product_id=line.product_id, lot_id=line.lot_id, title=line.title,
        essentials=line.essentials, picture_file=line.picture_file, qty=line.qty,
        unit_minor=line.unit_minor, deposit_minor=line.deposit_minor * line.qty,
        total_minor=line.unit_minor * line.qty, base_price=line.base_price,
        tax_category=line.tax_category, tax_bp=tax.bp, tax_country=tax.country, tax_note=tax.note,
        age_class=line.age_class, withdrawal=line.withdrawal,
        withdrawable=line.withdrawal == "yes", set_key=line.set_key, set_ref=line.set_ref,
        source_kind=chain[-1][0], source_ref=chain[-1][1],
        source_chain=[list(step) for step in chain],
    )
