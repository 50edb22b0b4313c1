"""Writing an order with one contract per producer: copies of all that was agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import insert
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
    discount_minor: int = 0
    substitute_for: int | None = None

    @property
    def total_minor(self) -> int:
        """What the pieces cost after offers and coupons, without deposit."""
        return self.unit_minor * self.qty - self.discount_minor


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
    delivery_note: str = ""
    age_check: Mapping[str, Any] | None = None
    instruction_version: str = ""
    taxes: TaxFacts | None = None
    satisfaction_days: int | None = None

    @property
    def goods_minor(self) -> int:
        """All lines after offers and coupons."""
        return sum(line.total_minor for line in self.lines)

    @property
    def deposit_minor(self) -> int:
        """The deposit of all pieces."""
        return sum(line.deposit_minor * line.qty for line in self.lines)


@dataclass(frozen=True, slots=True)
class Shown:
    """The sums that the buyer saw, minor units: the head begins with them, `create` sets them."""

    goods_minor: int = 0
    deposit_minor: int = 0
    shipping_minor: int = 0


@dataclass(frozen=True, slots=True)
class NewOrder:
    """Everything one person orders in one step; `parts` may be told after the head is written."""

    attempt_key: str
    buyer_id: int | None
    email: str
    language: str
    ship_to: Mapping[str, Any]
    bill_to: Mapping[str, Any] | None
    method: str
    mode: str
    parts: Sequence[NewPart] = ()
    guest_secret_hash: str | None = None
    review_consent: bool = False
    network_key: str | None = None
    currency: str = field(default="EUR")
    shown: Shown = Shown()


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
        network_key=new.network_key, goods_minor=new.shown.goods_minor,
        deposit_minor=new.shown.deposit_minor, shipping_minor=new.shown.shipping_minor,
        total_minor=(new.shown.goods_minor + new.shown.deposit_minor
                     + new.shown.shipping_minor),
    )
    try:
        with db.session.begin_nested():
            db.session.add(order)
    except IntegrityError:
        return None
    return order


def create(order: Order, new: NewOrder) -> Mapping[int, int]:
    """Write every contract and reserve all goods; the ids of the parts by producer.

    Goods come last: whoever else wants the same ones waits from here to the commit. Raises SoldOut;
    the caller's change rolls back, with what was written before.

    Raises Conflict where a VAT rate is not known. Changes variants, seller_orders, order_lines,
    reservations, order_history, and orders where the buyer saw other sums: 5 statements, or 6.
    """
    now, parts = clock.now(), new.parts
    due = clock.in_zone(now).date() + timedelta(days=DUE_DAYS)
    until = now + (timedelta(days=DUE_DAYS + GRACE_DAYS) if order.method == "bank_transfer"
                   else timedelta(minutes=PAGE_MINUTES))
    order.goods_minor = sum(part.goods_minor for part in parts)
    order.deposit_minor = sum(part.deposit_minor for part in parts)
    order.shipping_minor = sum(part.shipping_minor for part in parts)
    order.total_minor = order.goods_minor + order.deposit_minor + order.shipping_minor
    rows = _written(SellerOrder, [
        _part(order, position, part, due)
        for position, part in enumerate(parts, start=1)], SellerOrder.position)
    lines = _lines(order, {position: key for key, position in rows}, parts)
    kept = _written(OrderLine, lines, OrderLine.variant_id, OrderLine.qty)
    db.session.execute(insert(Reservation), [
        {"line_id": key, "variant_id": variant, "qty": qty, "until": until, "state": "held"}
        for key, variant, qty in kept])
    db.session.add(OrderHistory(order_id=order.id, at=now, kind="placed", actor="buyer"))
    db.session.flush()
    reserve([Held(variant, qty) for _key, variant, qty in kept])
    return {parts[position - 1].producer_id: key for key, position in rows}


def _written(table: Any, rows: Sequence[Mapping[str, Any]], *columns: Any) -> Sequence[Any]:
    """Insert all rows at once; of each its id and these columns, in the order of ids."""
    found = db.session.execute(insert(table).returning(table.id, *columns), list(rows),
                               execution_options={"render_nulls": True}).all()
    return sorted(found, key=lambda row: row[0])


def _part(order: Order, position: int, part: NewPart, due: Any) -> dict[str, Any]:
    return {
        "order_id": order.id,
        "producer_id": part.producer_id,
        "position": position,
        "number": f"{order.number}-{position}",
        "reference": creditor_reference(order.number, position),
        "goods_minor": part.goods_minor,
        "discount_minor": sum(line.discount_minor for line in part.lines),
        "deposit_minor": part.deposit_minor,
        "shipping_minor": part.shipping_minor,
        "total_minor": part.goods_minor + part.deposit_minor + part.shipping_minor,
        "seller": dict(part.seller),
        "bank": dict(part.bank) if part.bank else None,
        "delivery_method": part.delivery_method,
        "delivery_note": part.delivery_note[:140],
        "age_class": max((line.age_class for line in part.lines), default=0),
        "age_check": dict(part.age_check) if part.age_check else None,
        "instruction_version": part.instruction_version,
        "promise_days": part.promise_days,
        "due_on": due,
        "satisfaction_days": part.satisfaction_days,
        "commission_bp": part.commission_bp,
    }


def _lines(order: Order, part_ids: Mapping[int, int], parts: Sequence[NewPart]
           ) -> list[dict[str, Any]]:
    """The lines of all contracts (position -> id) with the VAT of today.

    Raises Conflict without a rate.
    """
    unknown = [part.producer_id for part in parts if part.taxes is None]
    taxes = tax_facts(unknown) if unknown else {}
    found: list[dict[str, Any]] = []
    for position, part in enumerate(parts, start=1):
        facts = part.taxes or taxes[part.producer_id]
        target = str(order.ship_to.get("country") or facts.ships_from)
        try:
            found += [_line(part_ids[position], n, line, facts, target)
                      for n, line in enumerate(part.lines, start=1)]
        except NoRate as fault:
            raise Conflict(_("%(name)s cannot sell there yet: the VAT rate is not known.",
                             name=part.seller["name"])) from fault
    return found


def _line(seller_order_id: int, position: int, line: NewLine, taxes: TaxFacts, target: str
          ) -> dict[str, Any]:
    chain, tax = list(line.chain) or [("direct", None)], decided(taxes, target, line.tax_category)
    return {
        "seller_order_id": seller_order_id,
        "position": position,
        "variant_id": line.variant_id,
        "product_id": line.product_id,
        "lot_id": line.lot_id,
        "title": line.title,
        "essentials": line.essentials,
        "picture_file": line.picture_file,
        "qty": line.qty,
        "unit_minor": line.unit_minor,
        "deposit_minor": line.deposit_minor * line.qty,
        "discount_minor": line.discount_minor,
        "total_minor": line.total_minor,
        "base_price": line.base_price,
        "substitute_for": line.substitute_for,
        "tax_category": line.tax_category,
        "tax_bp": tax.bp,
        "tax_country": tax.country,
        "tax_note": tax.note,
        "age_class": line.age_class,
        "withdrawal": line.withdrawal,
        "withdrawable": line.withdrawal == "yes",
        "set_key": line.set_key,
        "set_ref": line.set_ref,
        "source_kind": chain[-1][0],
        "source_ref": chain[-1][1],
        "source_chain": [list(step) for step in chain],
    }
