"""Withdrawing from a contract: a declaration is taken as it is, never refused."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from marketplace.foundation import clock
from marketplace.foundation.codes import new_code
from marketplace.foundation.database import db
from marketplace.foundation.events import announce
from marketplace.orders.events import WithdrawalDeclared
from marketplace.orders.models import Order, SellerOrder, Withdrawal

SAME_WITHIN = timedelta(minutes=10)


def declare_withdrawal(name: str, email: str, order_words: str, text: str,
                       lang: str = "de") -> list[Withdrawal]:
    """Take a declaration, one per seller where number and address fit an order.

    `lang`: the language of the receipt.

    The same one within ten minutes is answered with the first. Changes withdrawals; announces.
    """
    parts: list[SellerOrder | None] = [*_parts(order_words, email)] or [None]
    return [_declare(part, name, email, order_words, text, lang) for part in parts]


def _parts(order_words: str, email: str) -> list[SellerOrder]:
    number = order_words.strip().upper().replace(" ", "")
    order, _dash, position = number.partition("-")
    found = (select(SellerOrder).join(Order, Order.id == SellerOrder.order_id)
             .where(Order.number == order, func.lower(Order.email) == email.strip().lower())
             .order_by(SellerOrder.position))
    if position.isdecimal():
        found = found.where(SellerOrder.position == int(position))
    return list(db.session.scalars(found))


def _declare(part: SellerOrder | None, name: str, email: str, order_words: str, text: str,
             lang: str) -> Withdrawal:
    now = clock.now()
    part_id = part.id if part else None
    same = db.session.scalar(select(Withdrawal).where(
        Withdrawal.seller_order_id.is_not_distinct_from(part_id), Withdrawal.email == email,
        Withdrawal.order_words == order_words, Withdrawal.declared_at > now - SAME_WITHIN))
    if same is not None:
        return same
    late = bool(part and part.withdraw_until and part.withdraw_until < clock.today())
    row = Withdrawal(
        code=new_code(7), seller_order_id=part_id, order_words=order_words, name=name,
        email=email, text=text, declared_at=now, after_deadline=late,
        state="unassigned" if part is None else
        "awaiting_goods" if part.dispatched_at else "refund_due",
        refund_by=(now + timedelta(days=14)).date(),
    )
    db.session.add(row)
    db.session.flush()
    announce(WithdrawalDeclared(row.id, part_id, lang))
    return row
