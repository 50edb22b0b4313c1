"""Figures about producers as they were computed last."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, select

from marketplace.foundation.database import read
from marketplace.producers.models import ProducerFact


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure: k of n where it is a share with its 95 % ends, else a value; of a period."""

    producer_id: int
    fact: str
    from_on: date
    to_on: date
    n: int
    k: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    computed_at: datetime | None = None


def facts_of(producer_ids: Collection[int]) -> Mapping[tuple[int, str], Fact]:
    """The newest figures by producer and fact. Loads: 1 statement for any number."""
    if not producer_ids:
        return {}
    return {(row[0], row[1]): Fact(*row) for row in read(_newest(), ids=list(producer_ids))}


@cache
def _newest() -> Any:
    own = ProducerFact
    last = (select(own.producer_id, own.fact, func.max(own.to_on).label("day"))
            .where(own.producer_id.in_(bindparam("ids", expanding=True)))
            .group_by(own.producer_id, own.fact).subquery())
    return (select(own.producer_id, own.fact, own.from_on, own.to_on, own.n, own.k, own.value,
                   own.low, own.high, own.computed_at)
            .join(last, (last.c.producer_id == own.producer_id) & (last.c.fact == own.fact)
                  & (last.c.day == own.to_on)))
