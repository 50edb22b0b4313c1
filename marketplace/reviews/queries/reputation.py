"""Everything said about a producer in one place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import func, select

from marketplace.catalog.models import Product, ProductText
from marketplace.foundation.database import db, read
from marketplace.reviews.models import Rating, Reply
from marketplace.reviews.queries.lists import CRITICAL, SHOWN, ReviewRow, _rows, _selected

WHICH = ("all", "critical", "open")
"""All words, critical ones, and criticism that nobody of the producer has answered."""


def said_about(producer_id: int, lang: str, which: str, viewer_id: int | None, offset: int,
               limit: int) -> tuple[Sequence[ReviewRow], int]:
    """Words about all goods of a producer, newest first, and how many. Loads: 3 statements."""
    where = _where(producer_id, which)
    total = db.session.scalar(select(func.count(Rating.id)).select_from(Rating)
                              .outerjoin(Reply, Reply.rating_id == Rating.id).where(*where)) or 0
    rows = read(_selected(lang).where(*where)
                .order_by(Rating.given_at.desc(), Rating.id.desc()).offset(offset).limit(limit))
    return _rows(rows, viewer_id), total


def counts_about(producer_id: int) -> dict[str, int]:
    """How many words each choice of `said_about` has. Loads: 3 statements."""
    return {which: db.session.scalar(
        select(func.count(Rating.id)).select_from(Rating)
        .outerjoin(Reply, Reply.rating_id == Rating.id)
        .where(*_where(producer_id, which))) or 0 for which in WHICH}


def _where(producer_id: int, which: str) -> list[Any]:
    where: list[Any] = [Rating.producer_id == producer_id, *SHOWN]
    if which in ("critical", "open"):
        where.append(CRITICAL)
    if which == "open":
        where += [Reply.id.is_(None), Rating.words_standing == "visible"]
    return where


def goods_named(product_ids: Collection[int], lang: str) -> dict[int, tuple[str, str]]:
    """Title and address of goods. Loads: 1 statement."""
    title = (select(ProductText.title).where(ProductText.product_id == Product.id)
             .order_by(ProductText.lang != lang, ProductText.lang).limit(1).scalar_subquery())
    rows = db.session.execute(
        select(Product.id, func.coalesce(title, Product.slug), Product.slug)
        .where(Product.id.in_(list(product_ids))))
    return {row[0]: (row[1], f"/products/{row[2]}") for row in rows}
