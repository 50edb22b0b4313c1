"""Taps on products, and what members of a group would buy again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, case, func, select

from marketplace.foundation.database import db, read
from marketplace.groups.rules.ranking import LEAST_ANSWERS, strength
from marketplace.reviews.models import GroupScore, Score, Tap


@dataclass(frozen=True, slots=True)
class Taps:
    """How many like the look of a product and how many do not, and the viewer's own tap."""

    up: int
    down: int
    mine: bool | None


def taps_of(product_id: int, viewer_id: int | None) -> Taps:
    """Taps of a product. Loads: 1 statement."""
    row = read(_taps(), product=product_id, me=viewer_id or 0)[0]
    return Taps(int(row[0]), int(row[1]) - int(row[0]), None if row[2] is None else bool(row[2]))


@cache
def _taps() -> Any:
    up = case((Tap.up, 1), else_=0)
    own = func.max(case((Tap.person_id == bindparam("me"), up)))
    return (select(func.coalesce(func.sum(up), 0), func.count(), own)
            .where(Tap.product_id == bindparam("product")))


def group_ranking(group_id: int, least: int = LEAST_ANSWERS) -> Sequence[tuple[int, int, int]]:
    """(product, yes, answers) of a group's members, best first; none below `least` answers.

    In the order of `groups.rules.ranking.strength`, around the mean of all answers to the
    product. Loads: 1 statement.
    """
    rows = db.session.execute(
        select(GroupScore.product_id, GroupScore.k, GroupScore.n, Score.mean)
        .join(Score, and_(Score.product_id == GroupScore.product_id, Score.lot_id.is_(None)))
        .where(GroupScore.group_id == group_id, GroupScore.n >= max(least, 1))).all()
    if not rows:
        return []
    import numpy as np

    k, n, mean = (np.array([float(row[i]) for row in rows]) for i in (1, 2, 3))
    best = strength(k, n, mean)
    order = sorted(range(len(rows)), key=lambda i: (-best[i], rows[i].product_id))
    return [(rows[i].product_id, rows[i].k, rows[i].n) for i in order]
