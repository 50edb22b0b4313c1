"""Figures of all products, made anew."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from statistics import median
from typing import Any

from sqlalchemy import delete, func, select

from marketplace.catalog.models import Product
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.figures import wilson
from marketplace.insights.models import ProductFigure
from marketplace.insights.rules.assortment import Proposal, cell, proposal
from marketplace.orders.models import Order, OrderLine, SellerOrder
from marketplace.orders.queries import buyer_counts
from marketplace.orders.queries.received import BOUGHT
from marketplace.reviews.models import Score
from marketplace.reviews.rules.score import Prior

WINDOW_DAYS = 365


def remake_figures() -> int:
    """Orders, buyers, answers, cell and proposal of every product. Changes product_figures."""
    since = clock.now() - timedelta(days=WINDOW_DAYS)
    rows = db.session.execute(
        select(Product.id, Product.main_category_id, Score.k, Score.n, Score.mu, Score.m,
               Score.q10)
        .outerjoin(Score, (Score.product_id == Product.id) & Score.lot_id.is_(None))
        .where(Product.state.in_(("published", "paused")))).all()
    sold = _sold(since)
    buyers = buyer_counts([row.id for row in rows], since)
    medians = _medians(rows, buyers)
    db.session.execute(delete(ProductFigure))
    made = [_figure(row, sold.get(row.id, (0, 0, 0)), buyers.get(row.id, 0), medians)
            for row in rows]
    if made:
        db.session.execute(db.insert(ProductFigure), made)
    return len(made)


def _sold(since: Any) -> Mapping[int, tuple[int, int, int]]:
    """Orders, units and turnover in minor units by product."""
    rows = db.session.execute(
        select(OrderLine.product_id, func.count(func.distinct(Order.id)),
               func.sum(OrderLine.qty), func.sum(OrderLine.total_minor))
        .join(SellerOrder, SellerOrder.id == OrderLine.seller_order_id)
        .join(Order, Order.id == SellerOrder.order_id)
        .where(SellerOrder.state.in_(BOUGHT), Order.placed_at >= since)
        .group_by(OrderLine.product_id))
    return {row[0]: (int(row[1]), int(row[2]), int(row[3])) for row in rows}


def _medians(rows: Any, buyers: Mapping[int, int]) -> Mapping[int, float]:
    grouped: dict[int, list[int]] = {}
    for row in rows:
        grouped.setdefault(row.main_category_id, []).append(buyers.get(row.id, 0))
    return {main: median(counts) for main, counts in grouped.items()}


def _figure(row: Any, sold: tuple[int, int, int], buyers: int, medians: Mapping[int, float]
            ) -> dict[str, Any]:
    k, n = row.k or 0, row.n or 0
    prior = Prior(row.mu or 0.8, row.m or 10.0)
    found: Proposal = proposal(prior, k, n)
    spread = wilson(k, n) if n else None
    kind = "delist" if found.candidate else found.kind
    return {
        "product_id": row.id, "window": WINDOW_DAYS, "orders": sold[0], "units": sold[1],
        "turnover_minor": sold[2], "buyers": buyers, "k": k, "n": n, "low": spread and spread.low,
        "high": spread and spread.high,
        "q10": found.q10, "proposal": kind, "made_at": clock.now(),
        "cell": cell(found.q10, n, buyers, medians.get(row.main_category_id, 5)),
    }
