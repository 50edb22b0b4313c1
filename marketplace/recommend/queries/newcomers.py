"""Newly discovered goods: few answers yet, on sale for less than 90 days, drawn anew each day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.catalog.models import Product
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.kept import kept
from marketplace.recommend.queries.offer import Left
from marketplace.reviews.models import Score
from marketplace.reviews.rules.score import (
    MIN_ANSWERS,
    NEWCOMER_DAYS,
    Prior,
    newcomer_draw,
    posterior,
)
from marketplace.web.shapes import Reason

MOST = 200


def newcomers(left: Left) -> Sequence[int]:
    """Newcomers in the order of today's draw, without what a person has or refused.

    Loads: 1 statement, once a minute.
    """
    return [i for i, age_class in kept(("newcomers",), _drawn) if left.shows(i, age_class)]


def _drawn() -> list[tuple[int, int]]:
    since = clock.now() - timedelta(days=NEWCOMER_DAYS)
    rows: Sequence[Any] = db.session.execute(
        select(Product.id, Product.age_class, Score.k, Score.n, Score.mu, Score.m)
        .join(Score, Score.product_id == Product.id)
        .where(Score.lot_id.is_(None), Score.n < MIN_ANSWERS, Product.published_at > since,
               Product.state == "published", Product.in_stock)
        .order_by(Product.published_at.desc(), Product.id).limit(MOST)).all()
    today = clock.today()
    drawn = [(newcomer_draw(today, r.id, posterior(Prior(r.mu, r.m), r.k, r.n)), r)
             for r in rows]
    return [(r.id, r.age_class) for _draw, r in sorted(drawn, key=lambda one: (-one[0], one[1].id))]


def newcomer_reason() -> Reason:
    """Why a newcomer stands where it stands."""
    return Reason(_("newly discovered"), "/ranking", "new")
