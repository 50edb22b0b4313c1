"""Raw evidence of taste."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.recommend.models import Signal, SignalClock, TasteChange

What = Literal["signals", "follows", "standing"]
LIKED_VALUE = 0.7
STRENGTH = {"rating": 3, "imported": 2, "order_again": 1, "save": 1, "recommendation": 1,
            "tap": 0}


def _insert() -> Any:
    return (sqlite if db.session.get_bind().dialect.name == "sqlite" else postgresql).insert


def upsert(model: Any, values: dict[str, Any], key: list[str], changed: dict[str, Any]) -> Any:
    """A statement that writes a row, or changes the one with the same key."""
    return _insert()(model).values(**values).on_conflict_do_update(index_elements=key,
                                                                   set_=changed)


def next_stamp() -> int:
    """The number of this change; readers of the arrays compare it. Changes signal_clock."""
    row = _insert()(SignalClock).values(id=1, stamp=1, logged_after=0)
    found = db.session.execute(row.on_conflict_do_update(
        index_elements=["id"], set_={"stamp": SignalClock.stamp + 1}).returning(SignalClock.stamp))
    return int(found.scalar_one())


def note_change(what: What, *person_ids: int) -> None:
    """Let every process read anew, at its next look, what is kept of these people.

    what: signals (some of hers went), follows (and trusts), standing (consent, objection, names,
    first purchase). Without people: of everybody. Changes signal_clock, taste_changes.
    """
    stamp, at = next_stamp(), clock.now()
    db.session.execute(insert(TasteChange), [
        {"stamp": stamp, "what": what, "person_id": one, "at": at}
        for one in person_ids or (None,)])


def ties_changed() -> None:
    """Follows and consents of everybody may have changed. Changes signal_clock, taste_changes."""
    note_change("follows")
    note_change("standing")


def let_log_end(before: datetime) -> None:
    """Drop what was noted before a moment; processes that did not look since read everything anew.

    Changes signal_clock, taste_changes.
    """
    old = TasteChange.at < before
    last = db.session.scalar(select(func.max(TasteChange.stamp)).where(old))
    if last is not None:
        db.session.execute(delete(TasteChange).where(TasteChange.stamp <= last))
        db.session.execute(update(SignalClock).where(SignalClock.logged_after < last)
                           .values(logged_after=last))


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


def keep_imported(rows: Iterable[tuple[int, int, float]]) -> None:
    """Ratings from elsewhere as evidence: from 0.7 of the scale on a like, else interest.

    rows: (person id, product id, value 0..1). The people may be matched by the operator's import,
    and are never named. Changes signals.
    """
    for person_id, product_id, value in rows:
        liked = value >= LIKED_VALUE
        keep_signal(person_id, product_id, 1.0 if liked else 0.6, liked, "imported")
