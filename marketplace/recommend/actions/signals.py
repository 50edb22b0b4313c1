"""Raw evidence of taste."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.dialects import postgresql, sqlite

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.recommend.models import Signal, SignalClock

LIKED_VALUE = 0.7
STRENGTH = {"rating": 3, "imported": 2, "order_again": 1, "save": 1, "recommendation": 1,
            "tap": 0}


def _insert() -> Any:
    return (sqlite if db.session.get_bind().dialect.name == "sqlite" else postgresql).insert


def upsert(model: Any, values: dict[str, Any], key: list[str], changed: dict[str, Any]) -> Any:
    """A statement that writes a row, or changes the one with the same key."""
    return _insert()(model).values(**values).on_conflict_do_update(index_elements=key,
                                                                   set_=changed)


def next_stamp(ties: bool = False) -> int:
    """The number of this change; readers of the arrays compare it. Changes signal_clock."""
    row = _insert()(SignalClock).values(id=1, stamp=1, ties=1)
    changed = {"ties": SignalClock.ties + 1} if ties else {"stamp": SignalClock.stamp + 1}
    found = db.session.execute(row.on_conflict_do_update(index_elements=["id"], set_=changed)
                               .returning(SignalClock.stamp))
    return int(found.scalar_one())


def ties_changed() -> None:
    """Follows, trusts or consents changed: lists are computed anew. Changes signal_clock."""
    next_stamp(ties=True)


def keep_signal(person_id: int, product_id: int, value: float, again: bool, source: str) -> None:
    """Keep the strongest newest evidence of a person for a product, in two statements.

    Changes signals, signal_clock.
    """
    stamp = next_stamp()
    weaker = [name for name, strength in STRENGTH.items() if strength <= STRENGTH[source]]
    row = _insert()(Signal).values(person_id=person_id, product_id=product_id, value=value,
                                   again=again, source=source, at=clock.now(), stamp=stamp)
    db.session.execute(row.on_conflict_do_update(
        index_elements=["person_id", "product_id"], index_where=Signal.person_id.is_not(None),
        set_={"value": value, "again": again, "source": source, "at": clock.now(),
              "stamp": stamp}, where=Signal.source.in_(weaker)))


def forget_person(person_id: int) -> None:
    """A person's evidence speaks for nobody any more. Changes signals, signal_clock."""
    db.session.execute(delete(Signal).where(Signal.person_id == person_id))
    db.session.execute(update(SignalClock).values(ties=SignalClock.ties + 1))


def keep_imported(rows: Iterable[tuple[int, int, float]]) -> None:
    """Ratings from elsewhere as evidence: from 0.7 of the scale on a like, else interest.

    rows: (person id, product id, value 0..1). The people may be matched by the operator's import,
    and are never named. Changes signals, consents.
    """
    for person_id, product_id, value in rows:
        liked = value >= LIKED_VALUE
        keep_signal(person_id, product_id, 1.0 if liked else 0.6, liked, "imported")
    next_stamp(ties=True)
