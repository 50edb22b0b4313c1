"""What followed an order: history, parcel, payment, withdrawal."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from marketplace.demo.load.book import Row
from marketplace.demo.load.ledger import Contract, Ledger, moment, told
from marketplace.orders.models import (
    DispatchPromise,
    OrderHistory,
    Parcel,
    ParcelLine,
    Refund,
    RefundLine,
    Withdrawal,
)
from marketplace.orders.rules.dates import (
    promised_on,
)
from marketplace.payments.models import Payment, PaymentPart

CARRIER: Final = "Paketdienst (Demo)"


def happened(ledger: Ledger, contract: Contract, lines: list[Row]) -> None:
    """History, promise of dispatch, and the parcel with its lines."""
    book, order, plan = ledger.book, contract.order, contract.plan
    packer = contract.house.staff[-1].shown_name
    if contract.state == "cancelled":
        at = min(order["placed_at"] + timedelta(hours=2), book.ago(1))
        ledger.add(OrderHistory, told(book, order, contract.number, "cancelled", "buyer", at))
    if contract.paid_at is None:
        return
    paid = contract.paid_at
    ledger.add(OrderHistory, told(book, order, contract.number, "paid", "system", paid))
    ledger.add(
        DispatchPromise,
        {
            "id": book.next_id(DispatchPromise),
            "seller_order_id": contract.number,
            "promised_on": promised_on(paid, contract.house.promise["dispatch_days"]),
            "set_at": paid,
        },
    )
    for kind, minutes in (
        ("dispatched", plan.dispatched_minutes_ago),
        ("delivered", plan.delivered_minutes_ago),
    ):
        if minutes is not None:
            at = book.ago(minutes)
            line = told(book, order, contract.number, kind, "staff", at, packer)
            ledger.add(OrderHistory, line)
    if plan.dispatched_minutes_ago is not None:
        _parcel(ledger, contract, lines)


def _parcel(ledger: Ledger, contract: Contract, lines: list[Row]) -> None:
    """Everything that was not cancelled went out in one parcel."""
    book, plan = ledger.book, contract.plan
    number = book.next_id(Parcel)
    arrived = plan.delivered_minutes_ago is not None
    ledger.add(
        Parcel,
        {
            "id": number,
            "seller_order_id": contract.number,
            "code": book.code(7),
            "carrier": CARRIER,
            "tracking": "",
            "state": "delivered" if arrived else "handed_over",
            "handed_over_at": moment(book, plan.dispatched_minutes_ago),
            "delivered_at": moment(book, plan.delivered_minutes_ago),
            "delivered_by": "carrier" if arrived else None,
        },
    )
    for line in lines:
        if line["dispatched"]:
            ledger.add(
                ParcelLine,
                {
                    "parcel_id": number,
                    "line_id": line["id"],
                    "qty": line["dispatched"],
                    "lot_id": line["lot_id"],
                },
            )


def payment(ledger: Ledger, order: Row, parts: list[Row]) -> None:
    """One attempt to pay the order, and its parts."""
    book = ledger.book
    states = {row["state"] for row in parts}
    paid = any(row["paid_minor"] for row in parts)
    number, key = book.next_id(Payment), f"pay-{order['number']}-1"
    ledger.add(
        Payment,
        {
            "id": number,
            "order_id": order["id"],
            "attempt": 1,
            "key": key,
            "method": order["method"],
            "mode": "demo",
            "state": "paid" if paid else "open" if "awaiting_payment" in states else "closed",
            "total_minor": order["total_minor"],
            "reference": key,
            "made_at": order["placed_at"],
        },
    )
    for row in parts:
        ledger.add(
            PaymentPart,
            {
                "payment_id": number,
                "seller_order_id": row["id"],
                "goods_minor": row["goods_minor"],
                "deposit_minor": 0,
                "shipping_minor": row["shipping_minor"],
            },
        )


def withdrawals(ledger: Ledger, contract: Contract, row: Row, lines: list[Row]) -> None:
    """What was sent back, and what was cancelled after paying, is refunded."""
    book, order = ledger.book, contract.order
    received = contract.plan.delivered_minutes_ago
    for plan, line in zip(contract.plan.lines, lines, strict=True):
        if plan.fate == "kept" or not row["paid_minor"]:
            continue
        if plan.fate == "cancelled":
            _refund(ledger, contract, row, line, "cancel", contract.paid_at or order["placed_at"])
        elif plan.fate == "withdrawn" and received is not None:
            declared = book.ago(max(received - 3 * 1440, received // 2))
            back = received > 14 * 1440
            ledger.add(
                Withdrawal,
                {
                    "id": book.next_id(Withdrawal),
                    "code": book.code(7),
                    "seller_order_id": contract.number,
                    "order_words": row["number"],
                    "name": order["ship_to"]["name"],
                    "email": order["email"],
                    "text": "",
                    "state": "refunded" if back else "awaiting_goods",
                    "declared_at": declared,
                    "refund_by": (declared + timedelta(days=14)).date(),
                },
            )
            if back:
                _refund(ledger, contract, row, line, "withdrawal", declared)


def _refund(
    ledger: Ledger, contract: Contract, row: Row, line: Row, cause: str, at: datetime
) -> None:
    """The money for a line went back to the buyer."""
    book, minor = ledger.book, line["total_minor"]
    number = book.next_id(Refund)
    row["refunded_minor"] += minor
    row["refunded_goods_minor"] += minor
    line["refunded_minor"] = minor
    ledger.add(
        Refund,
        {
            "id": number,
            "code": book.code(7),
            "seller_order_id": row["id"],
            "cause": cause,
            "minor": minor,
            "goods_minor": minor,
            "method": contract.order["method"],
            "state": "done",
            "due_on": (at + timedelta(days=14)).date(),
            "made_at": at,
            "done_at": at + timedelta(days=1),
        },
    )
    ledger.add(
        RefundLine,
        {"refund_id": number, "line_id": line["id"], "qty": line["qty"], "minor": minor},
    )
