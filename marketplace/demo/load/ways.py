"""What led to the demo's orders: somebody's recommendation, a search, a suggestion, or nothing."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import select, update

from marketplace.demo.load.book import Book, Row
from marketplace.foundation.database import db
from marketplace.journal.models import JournalCount
from marketplace.journal.rules import TYPES
from marketplace.orders.models import Order, OrderLine, SellerOrder
from marketplace.recommend.models import Recommendation

HEARD_FOR: Final = timedelta(days=30)
HEARD, SEARCHED, SUGGESTED = 0.7, 0.25, 0.15
"""How often a recommendation of the last 30 days led to an order; else a search, a suggestion."""
LOOKED = (2, 5)
"""How often a recommendation is opened for each purchase."""


def load_ways(book: Book) -> None:
    """Write what led to order lines, and how often recommendations were opened.

    Changes order_lines, journal_counts.
    """
    chance = random.Random(f"ways {book.now.date()} {len(book.people)}")
    told = _told()
    led: dict[int, int] = defaultdict(int)
    for line in _lines():
        heard = [row for row in told.get(line.product_id, ()) if _was_heard(row, line)]
        if heard and chance.random() < HEARD:
            row = chance.choice(heard)
            led[row.id] += 1
            _say(line.id, "recommendation", row.code)
        elif chance.random() < SEARCHED:
            _say(line.id, "search", "list")
        elif chance.random() < SUGGESTED:
            _say(line.id, "suggestion", "home")
    hour = book.now.replace(minute=0, second=0, microsecond=0)
    number = TYPES["view.recommendation"].number
    rows: list[Row] = [{"type": number, "object_kind": "recommendation", "object_id": row_id,
                        "hour": hour, "n": n * chance.randint(*LOOKED)}
                       for row_id, n in sorted(led.items())]
    book.insert(JournalCount, rows)


def _told() -> Mapping[int, Sequence[Any]]:
    """Recommendations that more than one person reads, by product."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(
            select(Recommendation.id, Recommendation.code, Recommendation.thing_id,
                   Recommendation.author_id, Recommendation.made_at)
            .where(Recommendation.thing == "product", Recommendation.person_id.is_(None))
            .order_by(Recommendation.id)):
        found[row.thing_id].append(row)
    return found


def _lines() -> Sequence[Any]:
    return db.session.execute(
        select(OrderLine.id, OrderLine.product_id, Order.buyer_id, Order.placed_at)
        .join(SellerOrder, SellerOrder.id == OrderLine.seller_order_id)
        .join(Order, Order.id == SellerOrder.order_id).order_by(OrderLine.id)).all()


def _was_heard(row: Any, line: Any) -> bool:
    """Whether this recommendation of somebody else was fresh when the line was ordered."""
    fresh = timedelta() < line.placed_at - row.made_at <= HEARD_FOR
    return fresh and row.author_id != line.buyer_id


def _say(line_id: int, kind: str, ref: str) -> None:
    db.session.execute(update(OrderLine).where(OrderLine.id == line_id).values(
        source_chain=[[kind, ref]], source_kind=kind, source_ref=ref))
