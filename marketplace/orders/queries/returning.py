"""Withdrawals as pages, letters and papers tell them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.orders.models import (
    Order,
    OrderLine,
    Refund,
    ReturnAddress,
    SellerOrder,
    Withdrawal,
    WithdrawalLine,
)

RETURNED = ("name", "street", "extra", "postcode", "city", "country")


@dataclass(frozen=True, slots=True)
class GivenBack:
    """Pieces of one line; minor units. `right`: yes, or why there is none."""

    line_id: int
    title: str
    qty: int
    minor: int
    right: str


@dataclass(frozen=True, slots=True)
class WithdrawalView:
    """A declaration with its lines, its contract (none: not found yet) and its refund."""

    row: Withdrawal
    part_id: int | None
    part_number: str
    order_number: str
    order_buyer_id: int | None
    seller: Mapping[str, Any]
    producer_id: int | None
    lines: Sequence[GivenBack]
    refund_minor: int
    refund_state: str
    refund_due: date | None
    refund_done: datetime | None
    return_to: Mapping[str, Any]

    @property
    def worth_minor(self) -> int:
        """What it comes to with its part of the sending."""
        return sum(line.minor for line in self.lines) + (self.row.shipping_minor or 0)


def withdrawals_with(*where: ColumnElement[bool], limit: int = 100, lines: bool = True
                     ) -> list[WithdrawalView]:
    """Declarations that fit, newest first. Loads: 2 statements, 1 without lines."""
    rows = db.session.execute(
        select(Withdrawal, SellerOrder, Order.number, Order.buyer_id, Refund, ReturnAddress)
        .outerjoin(SellerOrder, SellerOrder.id == Withdrawal.seller_order_id)
        .outerjoin(Order, Order.id == SellerOrder.order_id)
        .outerjoin(Refund, Refund.id == Withdrawal.refund_id)
        .outerjoin(ReturnAddress, ReturnAddress.producer_id == SellerOrder.producer_id)
        .where(*where).order_by(Withdrawal.declared_at.desc(), Withdrawal.id.desc()).limit(limit)
        .execution_options(populate_existing=True)).all()
    pieces = _lines([row[0].id for row in rows]) if lines else {}
    return [WithdrawalView(
        row, part.id if part else None, part.number if part else "", number or "", buyer,
        part.seller if part else {}, part.producer_id if part else None, pieces.get(row.id, ()),
        refund.minor if refund else 0, refund.state if refund else "",
        refund.due_on if refund else None, refund.done_at if refund else None,
        _goes_to(part, other)) for row, part, number, buyer, refund, other in rows]


def _goes_to(part: SellerOrder | None, other: ReturnAddress | None) -> Mapping[str, Any]:
    """Where the goods go back to: the house's own choice, else to its address as a seller."""
    if other is None:
        return part.seller if part else {}
    return {name: getattr(other, name) for name in RETURNED}


def _lines(ids: Sequence[int]) -> Mapping[int, Sequence[GivenBack]]:
    found: dict[int, list[GivenBack]] = {}
    for row in db.session.execute(
            select(WithdrawalLine.withdrawal_id, OrderLine.id, OrderLine.title,
                   WithdrawalLine.qty, WithdrawalLine.minor, OrderLine.withdrawal)
            .join(OrderLine, OrderLine.id == WithdrawalLine.line_id)
            .where(WithdrawalLine.withdrawal_id.in_(list(ids))).order_by(OrderLine.position)):
        found.setdefault(row[0], []).append(GivenBack(*row[1:]))
    return found


def withdrawals_by_code(codes: Collection[str]) -> list[WithdrawalView]:
    """Declarations by their codes, in the order of their making. Loads: 2 statements."""
    return withdrawals_with(Withdrawal.code.in_(list(codes)))[::-1]


def withdrawals_of(part_ids: Collection[int]) -> Mapping[int, Sequence[WithdrawalView]]:
    """Declarations by part, newest first. Loads: 2 statements."""
    return _by_part(withdrawals_with(Withdrawal.seller_order_id.in_(list(part_ids))))


def withdrawal_states(part_ids: Collection[int]) -> Mapping[int, Sequence[WithdrawalView]]:
    """As `withdrawals_of`, without their lines. Loads: 1 statement."""
    return _by_part(withdrawals_with(Withdrawal.seller_order_id.in_(list(part_ids)), lines=False))


def _by_part(rows: Sequence[WithdrawalView]) -> Mapping[int, Sequence[WithdrawalView]]:
    found: dict[int, list[WithdrawalView]] = {}
    for one in rows:
        found.setdefault(one.part_id or 0, []).append(one)
    return found


def stuck_withdrawals(limit: int = 100) -> list[WithdrawalView]:
    """What the operator looks at: without an order, objected, or money that is late.

    Loads: 2 statements.
    """
    late = (Withdrawal.state.in_(("refund_due", "declared"))
            & (Withdrawal.refund_by < clock.today()))
    return withdrawals_with(or_(Withdrawal.state.in_(("unassigned", "objected")), late),
                            limit=limit)
