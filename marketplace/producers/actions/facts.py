"""Figures about producers, handed over by the nightly jobs of later rooms."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.producers.models import ProducerFact
from marketplace.producers.queries import Fact


def keep_fact(*facts: Fact) -> None:
    """Keep figures, one row for each producer, fact and last day of the period.

    The same period again replaces its figures; what reaches beyond it was counted before
    something was taken back and goes. Changes producer_facts. Source: spec producers 3.5.
    """
    dialect = db.session.get_bind().dialect.name
    insert = (sqlite if dialect == "sqlite" else postgresql).insert(ProducerFact.__table__)
    figures = ("from_on", "k", "n", "value", "low", "high", "computed_at")
    write = insert.on_conflict_do_update(
        index_elements=["producer_id", "fact", "to_on"],
        set_={name: insert.excluded[name] for name in figures})
    now = clock.now()
    if facts:
        later: Any = ProducerFact.__table__
        db.session.execute(
            delete(later).where(later.c.producer_id == db.bindparam("whose"),
                                later.c.fact == db.bindparam("what"),
                                later.c.to_on > db.bindparam("day")),
            [{"whose": f.producer_id, "what": f.fact, "day": f.to_on} for f in facts])
        db.session.execute(write, [
            {"producer_id": f.producer_id, "fact": f.fact, "to_on": f.to_on, "from_on": f.from_on,
             "k": f.k, "n": f.n, "value": f.value, "low": f.low, "high": f.high,
             "computed_at": now} for f in facts])
