"""What a person's level goes by, and who still has something open."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import select

from marketplace.foundation.database import read
from marketplace.people.models import Person, Standing
from marketplace.people.rules.levels import Stands, count_days

Buyers = Callable[[Collection[int], bool], set[int]]
_buyers: list[Buyers] = []


def ask_orders_of(buyers: Buyers) -> None:
    """Say who knows which people have orders: a later room."""
    _buyers[:] = [buyers]


def busy_people(ids: Collection[int], ever: bool = False) -> set[int]:
    """Who of these has an open order, or with `ever` any order. Loads: 1 statement."""
    return _buyers[0](ids, ever) if ids else set()


def standings(after: int, today: Any, most: int = 1000) -> list[tuple[int, Stands]]:
    """What levels go by, of the next people by number. Loads: 1 statement."""
    rows = read(
        select(Person.id, Person.joined_at, Person.joined_on, Person.trust_level,
               Standing.threads_read, Standing.orders_delivered, Standing.acts_days,
               Standing.acts_until, Standing.acts_total, Standing.helpers, Standing.upheld_at,
               Standing.sham_at, Standing.below_since)
        .outerjoin(Standing, Standing.person_id == Person.id)
        .where(Person.id > after, Person.state == "active").order_by(Person.id).limit(most))
    return [(row[0], _stands(row, today)) for row in rows]


def _stands(row: Any, today: Any) -> Stands:
    joined = row.joined_at or datetime.combine(row.joined_on, time(), UTC)
    days = count_days(row.acts_days, row.acts_until, today) if row.acts_days else 0
    return Stands(joined, row.threads_read or 0, row.orders_delivered or 0, days,
                  row.acts_total or 0, row.helpers or 0, row.upheld_at, row.sham_at,
                  row.trust_level, row.below_since)
