"""What the writing of orders shares: collected rows, the contract in hand, one line of history."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from marketplace.demo.content.kinds import Producer as House
from marketplace.demo.content.kinds import Product as Written
from marketplace.demo.history import PartPlan
from marketplace.demo.load.book import Book, Row
from marketplace.orders.models import (
    OrderHistory,
)


@dataclass(slots=True)
class Ledger:
    """The rows of all order tables, collected before they are written."""

    book: Book
    sellers: dict[int, dict[str, object]]
    houses: dict[str, House]
    goods: dict[str, Written]
    rows: dict[type[Any], list[Row]] = field(default_factory=dict)
    lines: dict[tuple[str, str, str], Row] = field(default_factory=dict)
    reserved: Counter[int] = field(default_factory=Counter)

    def add(self, table: type[Any], row: Row) -> None:
        """Keep a row for the end of the phase."""
        self.rows.setdefault(table, []).append(row)


@dataclass(frozen=True, slots=True)
class Contract:
    """One seller order while it is being written."""

    order: Row
    plan: PartPlan
    house: House
    number: int
    state: str
    paid_at: datetime | None


def moment(book: Book, minutes_ago: int | None) -> datetime | None:
    """So many minutes before the book's now; nothing stays nothing."""
    return None if minutes_ago is None else book.ago(minutes_ago)


def told(
    book: Book,
    order: Row,
    part: int | None,
    kind: str,
    actor: str,
    at: datetime | None,
    name: str | None = None,
) -> Row:
    """One line of an order's history."""
    return {
        "id": book.next_id(OrderHistory),
        "order_id": order["id"],
        "seller_order_id": part,
        "at": at,
        "kind": kind,
        "actor": actor,
        "actor_name": name,
    }
