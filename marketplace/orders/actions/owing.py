"""What is owed back to a buyer: never more than was paid, however many ask at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select, update

from marketplace.foundation import clock
from marketplace.foundation.codes import new_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict
from marketplace.foundation.events import announce
from marketplace.orders.events import RefundDone, RefundDue
from marketplace.orders.models import (
    Order,
    OrderHistory,
    OrderLine,
    Refund,
    RefundLine,
    SellerOrder,
    Withdrawal,
)
from marketplace.orders.rules.amounts import given_back

REFUND_DAYS = 14
"""Source: BGB § 357(1)."""


def owe(
    part_id: int, cause: str, minor: int, *, goods_minor: int = 0, shipping_minor: int = 0,
    lines: Mapping[int, tuple[int, int]] | None = None, words: str = "",
    name: str | None = None, due_on: date | None = None,
) -> Refund | None:
    """Note that a seller owes the buyer `minor`; None where it is nothing.

    `lines`: pieces and amount by line; `goods_minor`: what of it is goods after discounts, for the
    commission; `due_on`: else fourteen days from today. Raises Conflict if less than that is left
    of what was paid. Changes seller_orders by one conditional UPDATE, refunds, refund_lines,
    order_lines, order_history; announces RefundDue.
    """
    if minor <= 0:
        return None
    kept = db.session.execute(
        update(SellerOrder)
        .where(SellerOrder.id == part_id,
               SellerOrder.paid_minor - SellerOrder.refunded_minor >= minor)
        .values(refunded_minor=SellerOrder.refunded_minor + minor,
                refunded_goods_minor=SellerOrder.refunded_goods_minor + goods_minor)
        .execution_options(synchronize_session=False))
    if not kept.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("More than is left of what was paid cannot be given back."))
    order_id, method = db.session.execute(
        select(Order.id, Order.method).join(SellerOrder, SellerOrder.order_id == Order.id)
        .where(SellerOrder.id == part_id)).one()
    row = Refund(code=new_code(7), seller_order_id=part_id, cause=cause, minor=minor,
                 shipping_minor=shipping_minor, goods_minor=goods_minor, method=method,
                 words=words[:300], by_name=name, made_at=clock.now(),
                 due_on=due_on or clock.today() + timedelta(days=REFUND_DAYS))
    db.session.add(row)
    db.session.flush()
    _lines(row.id, lines or {})
    db.session.add(OrderHistory(
        order_id=order_id, seller_order_id=part_id, at=clock.now(), kind="refund_due",
        actor="staff" if name else "system", actor_name=name,
        args={"code": row.code, "minor": minor, "cause": cause}))
    db.session.flush()
    announce(RefundDue(row.id, part_id, order_id, minor))
    return row


def _lines(refund_id: int, lines: Mapping[int, tuple[int, int]]) -> None:
    for line_id, (qty, minor) in sorted(lines.items()):
        db.session.add(RefundLine(refund_id=refund_id, line_id=line_id, qty=qty, minor=minor))
        db.session.execute(
            update(OrderLine).where(OrderLine.id == line_id)
            .values(refunded_minor=OrderLine.refunded_minor + minor)
            .execution_options(synchronize_session=False))


def line_back(line: OrderLine, before: int, more: int) -> tuple[int, int]:
    """What `more` pieces of a line come to after `before`: all of it, and the goods in it."""
    goods = given_back(line.total_minor, line.qty, before, more)
    return goods + given_back(line.deposit_minor, line.qty, before, more), goods


def refund_moved(refund_id: int, state: str) -> bool:
    """A refund is sending, sent, failed or done; done is final. False where nothing changed.

    Changes refunds, order_history, withdrawals; announces RefundDone.
    """
    values: dict[str, Any] = {"state": state}
    if state == "done":
        values["done_at"] = clock.now()
    moved = db.session.execute(
        update(Refund).where(Refund.id == refund_id, Refund.state.not_in(("done", state)))
        .values(**values).execution_options(synchronize_session=False))
    if not moved.rowcount:  # type: ignore[attr-defined]
        return False
    if state == "done":
        row = db.session.get_one(Refund, refund_id, populate_existing=True)
        order_id = db.session.scalar(
            select(SellerOrder.order_id).where(SellerOrder.id == row.seller_order_id))
        assert order_id is not None
        db.session.add(OrderHistory(
            order_id=order_id, seller_order_id=row.seller_order_id, at=clock.now(),
            kind="refunded", actor="system", args={"code": row.code, "minor": row.minor}))
        db.session.flush()
        db.session.execute(update(Withdrawal).where(
            Withdrawal.refund_id == refund_id, Withdrawal.state == "refund_due")
            .values(state="refunded").execution_options(synchronize_session=False))
        announce(RefundDone(refund_id, row.seller_order_id, order_id, row.minor))
    return True
