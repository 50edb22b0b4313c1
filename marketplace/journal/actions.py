"""Writing entries in the transaction of the act, and view counts after the answer."""

from __future__ import annotations

import secrets
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from threading import Lock
from typing import Any

from sqlalchemy import and_, delete, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from marketplace.foundation import clock
from marketplace.foundation.database import before_commit, committing, db, once
from marketplace.journal.models import JournalCount, JournalEntry, JournalKey
from marketplace.journal.rules import TYPES, VIAS, pseudonym, quarter

FLUSH_SECONDS, MOST_KEYS = 10, 500
_counts: Counter[tuple[int, str, int]] = Counter()
_flushed_at = time.monotonic()
_lock = Lock()


Hidden = Callable[[], frozenset[int]]
_hidden: list[Hidden] = []


def ask_hidden_of(hidden: Hidden) -> None:
    """Say who gets no pseudonym: who objected, and who is too young; a later room knows."""
    _hidden[:] = [hidden]


def note(
    name: str, person_id: int | None = None, object_kind: str | None = None,
    object_id: int | None = None, via: tuple[str, str | None] | None = None,
    extra: dict[str, Any] | None = None,
) -> None:
    """Record that something happened. Raises KeyError for a type outside the list."""
    kind = TYPES[name]
    if extra and set(extra) - set(kind.extra):
        raise KeyError(f"{name} does not take {set(extra) - set(kind.extra)}")
    via_kind, via_id = via if via and via[0] in VIAS else (None, None)
    once("journal", _begin_entries).append({
        "at": clock.now(), "type": kind.number, "object_kind": object_kind,
        "object_id": object_id, "actor": _member(person_id) if kind.actor and person_id else None,
        "via_kind": via_kind, "via_id": via_id, "extra": extra})


def _begin_entries() -> list[dict[str, Any]]:
    """The entries of the open change, written together at its end."""
    rows: list[dict[str, Any]] = []
    before_commit(lambda: _write(rows))
    return rows


def _write(rows: list[dict[str, Any]]) -> None:
    db.session.execute(insert(JournalEntry), rows)


def _member(person_id: int) -> bytes | None:
    """The pseudonym of a quarter, or None for who has none."""
    if _hidden and person_id in _hidden[0]():
        return None
    today = clock.today()
    return pseudonym(_key("member", quarter(today.year, today.month)), f"m:{person_id}")


def mark(person_id: int | None, visitor: str) -> tuple[bytes, bool] | None:
    """Under what somebody is counted as one person, and whether for a quarter or for today alone;
    None for who is not to be told apart. Changes journal_keys at the first of a period.

    visitor: "network|agent" of who is not signed in, "" for nobody.
    """
    if person_id is not None:
        actor = _member(person_id)
        return None if actor is None else (actor, True)
    if not visitor:
        return None
    return pseudonym(_key("visitor", clock.today().isoformat()), f"v:{visitor}"), False


def _key(scope: str, period: str) -> bytes:
    """The secret of a period, made at its first use. Loads: 1 statement in a change."""
    return once(("journal key", scope, period), lambda: _stored_key(scope, period))


def _stored_key(scope: str, period: str) -> bytes:
    find = select(JournalKey.secret).where(JournalKey.scope == scope, JournalKey.period == period)
    known = db.session.scalar(find)
    if known:
        return known
    fresh = secrets.token_bytes(32)
    try:
        with db.session.begin_nested():
            db.session.add(JournalKey(scope=scope, period=period, secret=fresh,
                                      opened_at=clock.now()))
    except IntegrityError:
        return db.session.execute(find).scalar_one() or fresh
    return fresh


def count(name: str, object_kind: str = "", object_id: int = 0) -> None:
    """Add one to a view counter in memory."""
    with _lock:
        _counts[(TYPES[name].number, object_kind, object_id)] += 1


def forget_counts() -> None:
    """Let go of counters in memory that belong to another database than today's."""
    with _lock:
        _counts.clear()


def flush_if_due(force: bool = False) -> None:
    """Write the counters when ten seconds or 500 keys have gathered; a loss is only a count."""
    global _flushed_at
    with _lock:
        due = time.monotonic() - _flushed_at >= FLUSH_SECONDS or len(_counts) >= MOST_KEYS
        if not _counts or not (due or force):
            return
        rows = dict(_counts)
        _counts.clear()
        _flushed_at = time.monotonic()
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    with committing():
        for (number, kind, object_id), n in rows.items():
            _add(number, kind, object_id, hour, n)


def _add(number: int, kind: str, object_id: int, hour: Any, n: int) -> None:
    dialect = db.session.get_bind().dialect.name
    row = (sqlite if dialect == "sqlite" else postgresql).insert(JournalCount).values(
        type=number, object_kind=kind, object_id=object_id, hour=hour, n=n)
    db.session.execute(row.on_conflict_do_update(
        index_elements=["type", "object_kind", "object_id", "hour"],
        set_={"n": JournalCount.n + row.excluded.n}))


def forget_old(days: int) -> int:
    """Delete entries older than the limit, 5,000 at a time, and destroy keys of old periods: those
    of visitors after their day, those of members with the last row they could tell apart.
    """
    limit = clock.now() - timedelta(days=days)
    old = (select(JournalEntry.id).where(JournalEntry.at < limit)
           .order_by(JournalEntry.id).limit(5000))
    gone = db.session.execute(delete(JournalEntry).where(JournalEntry.id.in_(old)))
    db.session.execute(update(JournalKey).where(
        or_(JournalKey.opened_at < limit - timedelta(days=92), and_(
            JournalKey.scope == "visitor", JournalKey.period != clock.today().isoformat())),
        JournalKey.secret.is_not(None)
    ).values(secret=None, destroyed_at=clock.now()))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def entries(name: str) -> int:
    """How many entries of a type there are."""
    return db.session.scalar(select(func.count()).where(
        JournalEntry.type == TYPES[name].number)) or 0
