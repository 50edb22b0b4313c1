"""What the marketplace earned of each producer in a month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, exists, func, or_, select

from marketplace.foundation.database import read
from marketplace.orders.models import Order, Refund, SellerOrder
from marketplace.orders.rules.documents import COUNTED
from marketplace.payments.models import Dispute, DisputeShare, LedgerMove
from marketplace.payments.rules import ledger
from marketplace.payments.rules.commission import commission

Whose = tuple[int, str]
"""A producer and the mode of its orders."""


@dataclass(slots=True)
class Earned:
    """Commission with VAT inside, minor units, negative where more was given back.

    `withheld_minor` was kept when payments were handed over; `due_minor` is to be paid, as buyers
    paid the producer directly.
    """

    withheld_minor: int = 0
    due_minor: int = 0

    @property
    def total_minor(self) -> int:
        """Both together."""
        return self.withheld_minor + self.due_minor


def earned(begin: datetime, end: datetime) -> Mapping[Whose, Earned]:
    """By producer and mode, from a moment on and before another. Loads: 4 statements."""
    found: dict[Whose, Earned] = {}
    for producer_id, mode, minor in _withheld(begin, end):
        found.setdefault((producer_id, mode), Earned()).withheld_minor += int(minor)
    for producer_id, mode, minor in _direct(begin, end):
        found.setdefault((producer_id, mode), Earned()).due_minor += minor
    return found


def _withheld(begin: datetime, end: datetime) -> list[tuple[int, str, int]]:
    """The ledger's moves of commission, and what of it went with lost disputes."""
    signed = case((LedgerMove.to_account == ledger.COMMISSION, LedgerMove.minor),
                  else_=-LedgerMove.minor)
    mine = or_(
        and_(LedgerMove.to_account == ledger.COMMISSION, LedgerMove.reason == "commission"),
        and_(LedgerMove.from_account == ledger.COMMISSION,
             LedgerMove.reason == "commission_back"))
    rows = read(
        select(SellerOrder.producer_id, Order.mode, func.sum(signed))
        .join(SellerOrder, SellerOrder.id == LedgerMove.seller_order_id)
        .join(Order, Order.id == SellerOrder.order_id)
        .where(mine, LedgerMove.at >= begin, LedgerMove.at < end)
        .group_by(SellerOrder.producer_id, Order.mode))
    lost = read(
        select(SellerOrder.producer_id, Order.mode, -func.sum(DisputeShare.commission_back_minor))
        .join(Dispute, Dispute.id == DisputeShare.dispute_id)
        .join(SellerOrder, SellerOrder.id == DisputeShare.seller_order_id)
        .join(Order, Order.id == SellerOrder.order_id)
        .where(Dispute.state == "lost", Dispute.closed_at >= begin, Dispute.closed_at < end)
        .group_by(SellerOrder.producer_id, Order.mode))
    return [(row[0], row[1], row[2]) for row in [*rows, *lost]]


def _direct(begin: datetime, end: datetime) -> list[tuple[int, str, int]]:
    """Commission on parts paid by transfer: what it is at the end less what it was before."""
    moved = exists().where(
        Refund.seller_order_id == SellerOrder.id, Refund.cause.in_(COUNTED),
        Refund.goods_minor > 0, Refund.made_at >= begin, Refund.made_at < end)
    parts = read(
        select(SellerOrder.id, SellerOrder.producer_id, Order.mode, SellerOrder.goods_minor,
               SellerOrder.commission_bp, SellerOrder.paid_at)
        .join(Order, Order.id == SellerOrder.order_id)
        .where(Order.method == "bank_transfer", SellerOrder.commission_bp > 0,
               SellerOrder.paid_at < end, or_(SellerOrder.paid_at >= begin, moved)))
    backs: dict[int, list[tuple[datetime, int]]] = {}
    for part_id, at, goods in read(
            select(Refund.seller_order_id, Refund.made_at, Refund.goods_minor)
            .where(Refund.seller_order_id.in_([row[0] for row in parts]),
                   Refund.cause.in_(COUNTED), Refund.made_at < end)):
        backs.setdefault(part_id, []).append((at, goods))
    found = []
    for part_id, producer_id, mode, goods, bp, paid_at in parts:
        own = [(at, minor) for at, minor in backs.get(part_id, []) if at >= paid_at]
        after = commission(goods - sum(minor for _at, minor in own), bp)
        before = 0 if paid_at >= begin else commission(
            goods - sum(minor for at, minor in own if at < begin), bp)
        found.append((producer_id, mode, after - before))
    return found
