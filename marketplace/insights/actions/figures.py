"""Figures of all products, made anew."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any

from sqlalchemy import delete, func, select

from marketplace.catalog.models import Product
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.events import announce
from marketplace.foundation.figures import wilson
from marketplace.insights.events import WeekEnded
from marketplace.insights.models import ProductFigure
from marketplace.insights.queries.week import answers_between, late_parts, public_voices
from marketplace.insights.rules.assortment import Proposal, cell, proposal
from marketplace.insights.rules.demand import digest
from marketplace.insights.rules.returning import RETURN_WITHIN, came_back
from marketplace.moderation.queries import log_heads
from marketplace.orders.models import Order, OrderLine, SellerOrder
from marketplace.orders.queries import buyer_counts
from marketplace.orders.queries.received import BOUGHT
from marketplace.producers.actions import keep_fact
from marketplace.producers.queries import Fact
from marketplace.reviews.models import Score
from marketplace.reviews.rules.score import Prior

WINDOW_DAYS = 365
MOST_QUOTED = 280


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


def count_came_back() -> int:
    """Keep came_back for every producer: of buyers whose first order is 120 days old or older,
    those with a second within 120 days of it. How many producers. Changes producer_facts.
    """
    today = clock.today()
    orders: dict[tuple[int, str], list[datetime]] = {}
    for producer_id, buyer, placed in db.session.execute(
            select(SellerOrder.producer_id, Order.buyer_key, Order.placed_at)
            .join(Order, Order.id == SellerOrder.order_id).where(SellerOrder.state.in_(BOUGHT))
            .order_by(Order.placed_at, Order.id)):
        orders.setdefault((producer_id, buyer), []).append(placed)
    counts: dict[int, list[int]] = {}
    first: dict[int, datetime] = {}
    for (producer_id, _buyer), placed_at in orders.items():
        if placed_at[0] > clock.now() - RETURN_WITHIN:
            continue
        own = counts.setdefault(producer_id, [0, 0])
        own[0] += came_back(placed_at)
        own[1] += 1
        first[producer_id] = min(placed_at[0], first.get(producer_id, placed_at[0]))
    facts = []
    for producer_id, (k, n) in sorted(counts.items()):
        ends, begin = wilson(k, n), clock.in_zone(first[producer_id]).date()
        facts.append(Fact(producer_id, "came_back", begin, today, n, k, ends.value, ends.low,
                          ends.high))
    keep_fact(*facts)
    return len(facts)


def tell_week(today: date) -> None:
    """Tell of the seven days before a day: figures, ten voices drawn by lot, heads of the logs.

    Announces WeekEnded.
    """
    until = datetime.combine(today, time(), clock.now().tzinfo)
    since = until - timedelta(days=7)
    year, week, _day = (today - timedelta(days=1)).isocalendar()
    voices = {one.ref: one for one in public_voices(since, until)}
    seed = year * 100 + week
    drawn = digest([(ref, one.critical) for ref, one in voices.items()], seed)
    answers, yes = answers_between(since, until)
    announce(WeekEnded(
        f"{year}-W{week:02}", seed, answers, yes, late_parts(today),
        tuple((voices[ref].words[:MOST_QUOTED], voices[ref].url, voices[ref].about)
              for ref in drawn), tuple(log_heads())))
