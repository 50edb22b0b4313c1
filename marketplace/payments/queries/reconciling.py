"""Reads of the nightly comparison: what our book says of the provider's references."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, literal, or_, select, tuple_

from marketplace.foundation.database import db
from marketplace.orders.models import Order, SellerOrder
from marketplace.payments.models import ComparedDay, Difference, LedgerMove, Payment, ProviderLine
from marketplace.payments.rules.attempts import CARD
from marketplace.payments.rules.reconciling import KIND_OF, LESS, Fact, Line

A_PAGE = 200
BY_REFERENCE = ("transfer", "take_back", "refund", "dispute_out", "dispute_in", "dispute_fee",
                "advance_back")


def _referred() -> Any:
    """Moves that carry the provider's reference; what commission gives back moves nothing there."""
    return and_(LedgerMove.reference != "", or_(
        LedgerMove.reason.in_(BY_REFERENCE),
        (LedgerMove.reason == "dispute_recover") & LedgerMove.from_account.like("producer:%"),
        (LedgerMove.reason == "dispute_return") & LedgerMove.to_account.like("producer:%")))


def _summed(rows: Any) -> dict[Fact, int]:
    found: dict[Fact, int] = {}
    for reason, reference, minor in rows:
        fact = (KIND_OF[reason], reference)
        found[fact] = found.get(fact, 0) + (-int(minor) if reason in LESS else int(minor))
    return found


def facts_known(references: Collection[str]) -> Mapping[Fact, int]:
    """What our book says of these references. Loads: 2 statements."""
    named = list(references)
    rows = db.session.execute(
        select(LedgerMove.reason, LedgerMove.reference, func.sum(LedgerMove.minor))
        .where(_referred(), LedgerMove.reference.in_(named))
        .group_by(LedgerMove.reason, LedgerMove.reference)).all()
    paid = db.session.execute(_payments().where(Payment.charge.in_(named))).all()
    return _summed([*rows, *paid])


def _payments() -> Any:
    """Money that came in and its fee, by the charge of the payment."""
    return (select(LedgerMove.reason, func.coalesce(Payment.charge, Payment.reference),
                   func.sum(LedgerMove.minor))
            .join(Payment, or_(LedgerMove.batch == literal("paid-") + Payment.key,
                               LedgerMove.batch == literal("fee-") + Payment.key))
            .group_by(LedgerMove.reason, Payment.charge, Payment.reference))


def facts_between(begin: datetime, end: datetime, mode: str) -> Iterator[Mapping[Fact, int]]:
    """What our book says happened at the provider in a time, some facts at a time.

    Loads: 1 statement for each page of moves.
    """
    last = 0
    while True:
        rows = db.session.execute(
            select(LedgerMove.id, LedgerMove.reason, LedgerMove.reference, LedgerMove.minor)
            .outerjoin(SellerOrder, SellerOrder.id == LedgerMove.seller_order_id)
            .outerjoin(Order, Order.id == SellerOrder.order_id)
            .where(_referred(), LedgerMove.at >= begin, LedgerMove.at < end, LedgerMove.id > last,
                   or_(Order.id.is_(None), and_(Order.method == CARD, Order.mode == mode)))
            .order_by(LedgerMove.id).limit(A_PAGE)).all()
        if not rows:
            break
        yield _summed([row[1:] for row in rows])
        last = rows[-1][0]
    yield from _paid_between(begin, end, mode)


def _paid_between(begin: datetime, end: datetime, mode: str) -> Iterator[Mapping[Fact, int]]:
    last = 0
    while True:
        ids = db.session.scalars(
            select(Payment.id)
            .join(LedgerMove, or_(LedgerMove.batch == literal("paid-") + Payment.key,
                                  LedgerMove.batch == literal("fee-") + Payment.key))
            .where(Payment.method == CARD, Payment.mode == mode, Payment.id > last,
                   LedgerMove.at >= begin, LedgerMove.at < end)
            .group_by(Payment.id).order_by(Payment.id).limit(A_PAGE)).all()
        if not ids:
            return
        yield _summed(db.session.execute(_payments().where(
            Payment.id.in_(ids), LedgerMove.at >= begin, LedgerMove.at < end)))
        last = ids[-1]


def lines_of(facts: Collection[Fact]) -> Mapping[Fact, Line]:
    """Lines kept of the provider's account. Loads: 1 statement."""
    wanted = {("dispute_out" if kind == "dispute_fee" else "paid" if kind == "fee" else kind,
               reference) for kind, reference in facts}
    rows = db.session.scalars(select(ProviderLine).where(
        tuple_(ProviderLine.kind, ProviderLine.reference).in_(list(wanted))))
    return {(row.kind, row.reference): Line(row.kind, row.reference, row.minor, row.fee_minor)
            for row in rows}


def last_compared() -> date | None:
    """The newest day that was compared. Loads: 1 statement."""
    return db.session.scalar(select(func.max(ComparedDay.on_day)))


def compared_day(on_day: date) -> ComparedDay | None:
    """What a comparison found. Loads: 1 statement."""
    return db.session.get(ComparedDay, on_day)


def open_differences(limit: int = 200, above: int = 0) -> Sequence[Difference]:
    """What is not settled, the oldest first. Loads: 1 statement."""
    return db.session.scalars(
        select(Difference).where(Difference.state == "open", Difference.id > above)
        .order_by(Difference.id).limit(limit)
        .execution_options(populate_existing=True)).all()
