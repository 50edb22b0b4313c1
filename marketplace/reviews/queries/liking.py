"""Taps on products, and what members of a group would buy again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import bindparam, case, func, select

from marketplace.foundation.database import db, read
from marketplace.reviews.models import GroupScore, Tap


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


def group_ranking(group_id: int, limit: int = 10) -> Sequence[tuple[int, int, int]]:
    """(product, yes, answers) of a group's members, best first. Loads: 1 statement."""
    share = (GroupScore.k + 2.0) / (GroupScore.n + 3.0)
    rows = db.session.execute(
        select(GroupScore.product_id, GroupScore.k, GroupScore.n)
        .where(GroupScore.group_id == group_id, GroupScore.n > 0)
        .order_by(share.desc(), GroupScore.n.desc(), GroupScore.product_id).limit(limit))
    return [(row[0], row[1], row[2]) for row in rows]
