"""Withdrawing from a contract: a declaration is taken as it is, never refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from marketplace.foundation import clock
from marketplace.foundation.codes import new_code
from marketplace.foundation.database import db
from marketplace.foundation.events import announce
from marketplace.foundation.jobs import enqueue
from marketplace.orders.actions.owing import REFUND_DAYS
from marketplace.orders.actions.returning import begin
from marketplace.orders.events import WithdrawalDeclared
from marketplace.orders.models import Order, OrderLine, SellerOrder, Withdrawal

SAME_WITHIN = timedelta(minutes=10)
FIRST = 20
"""Receipts are made before any other background work."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What somebody declares: who, of what, in which words; pieces by line, None for all.

    `lang`: the language of the receipt.
    """

    name: str
    email: str
    order_words: str
    text: str = ""
    lang: str = "de"
    pieces: Mapping[int, int] | None = None


def declare_withdrawal(name: str, email: str, order_words: str, text: str, lang: str = "de",
                       pieces: Mapping[int, int] | None = None) -> list[Withdrawal]:
    """Take a declaration, one per seller where number and address fit an order.

    The same one within ten minutes is answered with the first. Changes withdrawals,
    withdrawal_lines and what follows from them (`begin`), jobs; announces.
    """
    said = Declared(name, email, order_words, text, lang, pieces)
    parts: list[SellerOrder] = fitting_parts(order_words, email)
    if not parts:
        return [_declare(None, replace(said, pieces=None))]
    if pieces is None:
        return [_declare(part, said) for part in parts]
    owners = dict(db.session.execute(select(OrderLine.id, OrderLine.seller_order_id).where(
        OrderLine.id.in_(list(pieces)))).all())
    shares = {part.id: {line: qty for line, qty in pieces.items()
                        if qty > 0 and owners.get(line) == part.id} for part in parts}
    return [_declare(part, replace(said, pieces=shares[part.id]))
            for part in parts if shares[part.id]]


def fitting_parts(order_words: str, email: str) -> list[SellerOrder]:
    """The contracts that a number names, if the address is that of its order. Loads: 1."""
    number = order_words.strip().upper().replace(" ", "")
    order, _dash, position = number.partition("-")
    found = (select(SellerOrder).join(Order, Order.id == SellerOrder.order_id)
             .where(Order.number == order, func.lower(Order.email) == email.strip().lower())
             .order_by(SellerOrder.position))
    if position.isdecimal():
        found = found.where(SellerOrder.position == int(position))
    return list(db.session.scalars(found.execution_options(populate_existing=True)))


def _same(part_id: int | None, said: Declared) -> Withdrawal | None:
    """The same declaration of the last ten minutes."""
    rows = db.session.scalars(select(Withdrawal).where(
        Withdrawal.seller_order_id.is_not_distinct_from(part_id),
        Withdrawal.email == said.email, Withdrawal.order_words == said.order_words,
        Withdrawal.declared_at > clock.now() - SAME_WITHIN).order_by(Withdrawal.id))
    key = _key(part_id, said)
    return next((row for row in rows if (row.same_key or "").startswith(key)), None)


def _key(part_id: int | None, said: Declared) -> str:
    """What makes two declarations the same: what they are about and what they say."""
    pieces = None if said.pieces is None else sorted(said.pieces.items())
    told = json.dumps([part_id, said.email.lower(), said.order_words, said.name, said.text, pieces])
    return sha256(told.encode()).hexdigest()[:40]


def _declare(part: SellerOrder | None, said: Declared) -> Withdrawal:
    now, part_id = clock.now(), part.id if part else None
    same = _same(part_id, said)
    if same is not None:
        return same
    slot = int(now.timestamp() // SAME_WITHIN.total_seconds())
    row = Withdrawal(
        code=new_code(7), seller_order_id=part_id, order_words=said.order_words, name=said.name,
        email=said.email, text=said.text, declared_at=now, state="unassigned", lang=said.lang,
        same_key=f"{_key(part_id, said)}-{slot}",
        refund_by=clock.in_zone(now).date() + timedelta(days=REFUND_DAYS))
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        first = db.session.scalar(select(Withdrawal).where(Withdrawal.same_key == row.same_key))
        assert first is not None
        return first
    if part is not None:
        begin(row, part, said.pieces)
    enqueue("orders.receipt", str(row.id), priority=FIRST, withdrawal_id=row.id)
    announce(WithdrawalDeclared(row.id, part_id, said.lang))
    return row


def keep_receipt(withdrawal_id: int, file: str, checksum: str) -> None:
    """The PDF of a receipt, once for all. Changes withdrawals."""
    db.session.execute(
        update(Withdrawal).where(Withdrawal.id == withdrawal_id, Withdrawal.paper_file.is_(None))
        .values(paper_file=file, paper_sha256=checksum)
        .execution_options(synchronize_session=False))
