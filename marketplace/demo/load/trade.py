"""Phase "orders": orders with a contract per producer; what followed stands in `afterwards`."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, update

from marketplace.catalog.models import Variant
from marketplace.catalog.rules.prices import unit_price
from marketplace.catalog.rules.vocabulary import CATEGORIES
from marketplace.demo.content.particulars import tax_category
from marketplace.demo.history import LinePlan, OrderPlan, PartPlan
from marketplace.demo.load.afterwards import happened, payment, withdrawals
from marketplace.demo.load.book import Book, Row
from marketplace.demo.load.ledger import Contract, Ledger, moment, told
from marketplace.demo.load.papers import bill, load_rates, rate_of
from marketplace.foundation.codes import creditor_reference
from marketplace.foundation.database import db
from marketplace.orders.models import (
    DispatchPromise,
    Order,
    OrderHistory,
    OrderLine,
    Parcel,
    ParcelLine,
    Refund,
    RefundLine,
    Reservation,
    SellerOrder,
    Withdrawal,
)
from marketplace.orders.rules.dates import (
    DUE_DAYS,
    GRACE_DAYS,
    promised_on,
    withdraw_until,
)
from marketplace.payments.actions import open_books
from marketplace.payments.models import LedgerMove, Payment, PaymentPart
from marketplace.payments.rules.ledger import Part, refunded_directly
from marketplace.producers.queries import seller_block

AGES: Final = {one.slug: one.age_class for one in CATEGORIES}


TRANSFER_SHARE: Final = 0.3


UNPAID_UNTIL: Final = 14 * 60


def load_orders(book: Book) -> dict[tuple[str, str, str], Row]:
    """Write all orders; the line of each (handle, product, lot). Changes twelve tables."""
    load_rates()
    ledger = Ledger(
        book,
        dict(seller_block(list(book.producers.values()))),
        {house.slug: house for house in book.content.producers},
        {one.slug: one for one in book.content.products},
    )
    for plan in book.history.orders:
        _order(ledger, plan)
    order_of_writing = (
        Order,
        SellerOrder,
        OrderLine,
        Reservation,
        OrderHistory,
        DispatchPromise,
        Parcel,
        ParcelLine,
        Payment,
        PaymentPart,
        Withdrawal,
        Refund,
        RefundLine,
    )
    for table in order_of_writing:
        book.insert(table, ledger.rows.get(table, []))
    _reserve(ledger)
    open_books()
    _given_back(ledger)
    bill(book)
    return ledger.lines


def _given_back(ledger: Ledger) -> None:
    """What went back to buyers stands in the books as well."""
    houses = {row["id"]: (row["order_id"], row["producer_id"]) for row in ledger.rows[SellerOrder]}
    for row in ledger.rows.get(Refund, []):
        order_id, producer_id = houses[row["seller_order_id"]]
        part = Part(order_id, row["seller_order_id"], producer_id, row["minor"])
        (move,) = refunded_directly(part, row["minor"])
        db.session.add(LedgerMove(
            batch=f"refund-{row['code']}", position=1, at=row["done_at"], minor=move.minor,
            from_account=move.source, to_account=move.target, reason=move.reason,
            seller_order_id=part.seller_order_id))


def _order(ledger: Ledger, plan: OrderPlan) -> None:
    """One order with its contracts."""
    book = ledger.book
    transfer = book.draw.random() < TRANSFER_SHARE
    order = _head(book, plan, "bank_transfer" if transfer else "test_card")
    ledger.add(Order, order)
    ledger.add(OrderHistory, told(book, order, None, "placed", "buyer", order["placed_at"]))
    parts = [
        _contract(ledger, order, plan, part, position)
        for position, part in enumerate(plan.parts, start=1)
    ]
    for name in ("goods_minor", "shipping_minor", "total_minor"):
        order[name] = sum(part[name] for part in parts)
    payment(ledger, order, parts)


def _head(book: Book, plan: OrderPlan, method: str) -> Row:
    """The order row; sums are added by its contracts."""
    person = book.people[plan.handle]
    number = book.code(7)
    return {
        "id": book.next_id(Order),
        "number": number,
        "attempt_key": f"demo-{number}",
        "buyer_id": person,
        "buyer_key": f"m{person}",
        "email": f"{plan.handle}@example.org",
        "language": book.lang_of(plan.handle),
        "ship_to": {
            "name": plan.handle.replace("-", " ").title(),
            "street": f"Musterstieg {1 + person % 90}",
            "postcode": "04999",
            "city": "Musterstadt",
            "country": "DE",
        },
        "method": method,
        "mode": "demo",
        "goods_minor": 0,
        "shipping_minor": 0,
        "total_minor": 0,
        "placed_at": book.ago(plan.minutes_ago),
    }


def _contract(ledger: Ledger, order: Row, plan: OrderPlan, part: PartPlan, position: int) -> Row:
    """The contract with one producer, its lines, parcel and history."""
    book, house = ledger.book, ledger.houses[part.producer]
    state = _state(book, order, plan, part)
    paid = None if state in ("awaiting_payment", "cancelled") else _paid_at(book, order, plan, part)
    contract = Contract(order, part, house, book.next_id(SellerOrder), state, paid)
    lines = [_line(ledger, contract, line, n) for n, line in enumerate(part.lines, start=1)]
    row = _seller_order(ledger, contract, lines, position)
    ledger.add(SellerOrder, row)
    for line in lines:
        ledger.add(OrderLine, line)
        ledger.add(Reservation, _reservation(ledger, contract, line))
    happened(ledger, contract, lines)
    withdrawals(ledger, contract, row, lines)
    return row


def _state(book: Book, order: Row, plan: OrderPlan, part: PartPlan) -> str:
    """How far a contract has come."""
    if all(line.fate == "cancelled" for line in part.lines):
        return "cancelled"
    if part.delivered_minutes_ago is not None:
        return "delivered"
    if part.dispatched_minutes_ago is not None:
        return "dispatched"
    if order["method"] == "bank_transfer" and plan.minutes_ago < UNPAID_UNTIL:
        return "awaiting_payment"
    return "preparing" if book.draw.random() < 0.4 else "paid"


def _paid_at(book: Book, order: Row, plan: OrderPlan, part: PartPlan) -> datetime:
    """Minutes after the order by card, hours by transfer, always before dispatch."""
    wait = book.draw.randint(60, 900) if order["method"] == "bank_transfer" else 3
    end = part.dispatched_minutes_ago or 0
    return book.ago(max(plan.minutes_ago - wait, end + (plan.minutes_ago - end) // 2, 1))


def _seller_order(ledger: Ledger, contract: Contract, lines: list[Row], position: int) -> Row:
    """The row of the contract; a cancelled one was never paid."""
    book, house, order = ledger.book, contract.house, contract.order
    goods = sum(line["total_minor"] for line in lines)
    free = goods >= house.shipping.free_from_minor
    total = goods + (0 if free else house.shipping.flat_minor)
    paid = contract.paid_at
    received = moment(book, contract.plan.delivered_minutes_ago)
    days = house.promise["dispatch_days"]
    return {
        "id": contract.number,
        "order_id": order["id"],
        "producer_id": book.producers[house.slug],
        "position": position,
        "number": f"{order['number']}-{position}",
        "reference": creditor_reference(order["number"], position),
        "state": contract.state,
        "goods_minor": goods,
        "shipping_minor": total - goods,
        "total_minor": total,
        "paid_minor": total if paid else 0,
        "refunded_minor": 0,
        "refunded_goods_minor": 0,
        "seller": ledger.sellers[book.producers[house.slug]],
        "bank": {"holder": house.trader.legal_name[:70], "iban": house.trader.iban},
        "age_class": max(line["age_class"] for line in lines),
        "promise_days": days,
        "promised_on": promised_on(paid, days) if paid else None,
        "paid_at": paid,
        "dispatched_at": moment(book, contract.plan.dispatched_minutes_ago),
        "delivered_at": received,
        "due_on": (order["placed_at"] + timedelta(days=DUE_DAYS)).date(),
        "withdraw_until": withdraw_until(received.date()) if received else None,
    }


def _line(ledger: Ledger, contract: Contract, line: LinePlan, position: int) -> Row:
    """A line with copies of everything agreed to."""
    book, product = ledger.book, ledger.goods[line.product]
    variant = next(one for one in product.variants if one.sku == line.sku)
    per = unit_price(variant.price_minor, variant.amount, variant.unit, variant.drained)
    lot = book.lots.get((line.product, line.lot))
    tax, rate = tax_category(product), rate_of(contract, product)
    gone = line.quantity if line.fate == "cancelled" else 0
    sent = line.quantity - gone if contract.plan.dispatched_minutes_ago is not None else 0
    row = {
        "id": book.next_id(OrderLine),
        "seller_order_id": contract.number,
        "position": position,
        "variant_id": book.variants[line.sku],
        "product_id": book.products[line.product],
        "lot_id": lot,
        "title": f"{product.title.de}, {variant.label.de}"[:200],
        "essentials": product.teaser.de,
        "picture_file": book.files[line.product],
        "qty": line.quantity,
        "unit_minor": variant.price_minor,
        "total_minor": variant.price_minor * line.quantity,
        "base_price": f"{per[0]}/{per[1]}" if per else "",
        "tax_category": tax,
        "tax_bp": rate.bp,
        "tax_country": rate.country,
        "tax_note": rate.note,
        "age_class": AGES[product.category],
        "withdrawal": product.withdrawal,
        "withdrawable": product.withdrawal == "yes",
        "source_chain": [["direct", None]],
        "cancelled": gone,
        "refunded_minor": 0,
        "dispatched": sent,
        "delivered": sent if contract.plan.delivered_minutes_ago is not None else 0,
    }
    handle = contract.order["email"].partition("@")[0]
    ledger.lines[(handle, line.product, line.lot)] = row
    return row


def _reservation(ledger: Ledger, contract: Contract, line: Row) -> Row:
    """Held until it is sent, used when sent, freed when cancelled."""
    state = "used" if line["dispatched"] else "freed" if line["cancelled"] else "held"
    if state == "held":
        ledger.reserved[line["variant_id"]] += line["qty"]
    return {
        "id": ledger.book.next_id(Reservation),
        "line_id": line["id"],
        "variant_id": line["variant_id"],
        "qty": line["qty"],
        "state": state,
        "until": contract.order["placed_at"] + timedelta(days=DUE_DAYS + GRACE_DAYS),
    }


def _reserve(ledger: Ledger) -> None:
    """Count what open orders hold; nothing sold out is promised twice. Changes variants."""
    sqlite = db.session.get_bind().dialect.name == "sqlite"
    larger = func.max if sqlite else func.greatest
    for variant, held in sorted(ledger.reserved.items()):
        more = larger(Variant.on_hand, held)
        db.session.execute(
            update(Variant)
            .where(Variant.id == variant)
            .values(reserved=held, on_hand=more)
            .execution_options(synchronize_session=False)
        )
