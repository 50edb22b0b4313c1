"""Reads of `insights`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select

from marketplace.catalog.models import Category, Product, ProductText
from marketplace.checkout.models import FirstContact
from marketplace.foundation.database import db
from marketplace.insights.models import ProductFigure
from marketplace.insights.rules.assortment import proposal
from marketplace.journal.models import JournalEntry
from marketplace.journal.rules import TYPES
from marketplace.orders.models import Order
from marketplace.people.models import Person
from marketplace.producers.models import Producer
from marketplace.reviews.models import Rating, Score
from marketplace.reviews.rules.score import Prior


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One product of the assortment with its proposal."""

    product_id: int
    slug: str
    title: str
    producer: str
    category: str
    k: int
    n: int
    buyers: int
    orders: int
    units: int
    turnover_minor: int
    low: float | None
    high: float | None
    q10: float
    cell: str
    proposal: str
    mu: float
    m: float
    made_at: datetime

    @property
    def chances(self) -> Any:
        """The chances behind the proposal."""
        return proposal(Prior(self.mu, self.m), self.k, self.n)


def figures(lang: str, producer_id: int | None = None, shelves: Collection[str] = (),
            limit: int = 5000) -> Sequence[FigureRow]:
    """All products with figures, most answered first. Loads: 1 statement."""
    name = Category.name_de if lang == "de" else Category.name_en
    main = Category.__table__.alias()
    wanted = (
        select(Product.id, Product.slug, func.coalesce(ProductText.title, Product.slug),
               Producer.name, name, ProductFigure.k, ProductFigure.n, ProductFigure.buyers,
               ProductFigure.orders, ProductFigure.units, ProductFigure.turnover_minor,
               ProductFigure.low, ProductFigure.high, ProductFigure.q10, ProductFigure.cell,
               ProductFigure.proposal, func.coalesce(Score.mu, 0.8), func.coalesce(Score.m, 10.0),
               ProductFigure.made_at)
        .join(ProductFigure, ProductFigure.product_id == Product.id)
        .join(Producer, Producer.id == Product.producer_id)
        .join(Category, Category.id == Product.category_id)
        .join(main, main.c.id == Product.main_category_id)
        .outerjoin(ProductText, and_(ProductText.product_id == Product.id,
                                     ProductText.lang == lang))
        .outerjoin(Score, and_(Score.product_id == Product.id, Score.lot_id.is_(None))))
    if producer_id is not None:
        wanted = wanted.where(Product.producer_id == producer_id)
    if shelves:
        wanted = wanted.where(main.c.slug.in_(shelves))
    rows: Any = db.session.execute(wanted.order_by(ProductFigure.n.desc(), Product.id).limit(limit))
    return [FigureRow(*row) for row in rows]


def public_numbers() -> dict[str, int]:
    """Members, answers, yes among them, products on sale, producers. Loads: 4 statements."""
    n, k = db.session.execute(
        select(func.count(), func.count().filter(Rating.again))
        .where(Rating.standing == "counts")).one()
    return {
        "members": db.session.scalar(
            select(func.count()).where(Person.state == "active")) or 0,
        "answers": n, "yes": k,
        "products": db.session.scalar(
            select(func.count()).where(Product.state == "published")) or 0,
        "producers": db.session.scalar(
            select(func.count()).where(Producer.state.in_(("selling", "paused")))) or 0,
    }


def first_contacts() -> tuple[int, dict[str, int]]:
    """How many people ever ordered, and what first buyers answered. Loads: 2 statements."""
    buyers = db.session.scalar(select(func.count(func.distinct(Order.buyer_key)))) or 0
    rows = db.session.execute(
        select(FirstContact.answer, func.count()).group_by(FirstContact.answer))
    return buyers, {row[0]: row[1] for row in rows}


def checkout_counts(since: datetime) -> tuple[dict[str, int], dict[str, int]]:
    """Drafts that came to each step, and refusals by reason. Loads: 1 statement."""
    seen, failed = TYPES["checkout.seen"].number, TYPES["checkout.failed"].number
    rows = db.session.execute(
        select(JournalEntry.type, JournalEntry.object_kind, func.count())
        .where(JournalEntry.type.in_((seen, failed)), JournalEntry.at > since)
        .group_by(JournalEntry.type, JournalEntry.object_kind)).all()
    found: dict[int, dict[str, int]] = {seen: {}, failed: {}}
    for kind, name, n in rows:
        found[kind][name or ""] = n
    return found[seen], found[failed]
