"""The table of jobs and how a room declares and writes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, String, Text, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation import clock
from marketplace.foundation.database import Key, Model, after_commit, db

STATES = ("waiting", "running", "done", "dead")


class Job(Model):
    """One piece of background work; at most one waiting row per kind and key."""

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint("state IN ('waiting','running','done','dead')", name="state"),
        Index("uq_jobs_waiting", "kind", "key", unique=True,
              sqlite_where=text("state = 'waiting'"), postgresql_where=text("state = 'waiting'")),
        Index("ix_jobs_due", "state", "due_at", "priority"),
    )

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(60))
    key: Mapped[str] = mapped_column(String(120))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    due_at: Mapped[datetime]
    priority: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    lease_until: Mapped[datetime | None]
    lease_by: Mapped[str | None] = mapped_column(String(60))
    error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class JobKind:
    """A declared kind of work: its name, what runs, how often it comes by itself."""

    name: str
    run: Callable[..., None]
    every_seconds: int | None = None


_kinds: dict[str, JobKind] = {}
_wakers: list[Callable[[], None]] = []


def job(name: str, every_seconds: int | None = None) -> Callable[[Callable[..., None]],
                                                              Callable[..., None]]:
    """Declare `room.verb`; the function gets the row's data as keywords and is safe to repeat."""

    def declare(run: Callable[..., None]) -> Callable[..., None]:
        _kinds[name] = JobKind(name, run, every_seconds)
        return run

    return declare


def kinds() -> Mapping[str, JobKind]:
    """All declared kinds by name."""
    return dict(_kinds)


def on_wake(call: Callable[[], None]) -> None:
    """Have `call` run after each commit that wrote a job (the runner of this process)."""
    _wakers.append(call)


def _wake() -> None:
    for call in _wakers:
        call()


def enqueue(
    kind: str, key: str = "", *, due_at: datetime | None = None, priority: int = 0, **data: Any
) -> None:
    """Write a job in the open change. An equal waiting (kind, key) absorbs it.

    Without a key each call makes its own row. Higher `priority` runs first among due ones.
    """
    if kind not in _kinds:
        raise KeyError(f"no job of the kind {kind}")
    moment = clock.now()
    row = {"kind": kind, "key": key or _unique(moment), "data": data, "due_at": due_at or moment,
           "priority": priority, "attempts": 0, "state": "waiting", "created_at": moment}
    _insert_unless_waiting(row)
    after_commit(_wake)


def _unique(moment: datetime) -> str:
    from secrets import token_hex

    return f"{moment.timestamp():.6f}-{token_hex(6)}"


def _insert_unless_waiting(row: dict[str, Any]) -> None:
    # a plain statement made once, past the session: every act of people writes a job
    db.session.connection().execute(_insert(db.session.get_bind().dialect.name), row)


@cache
def _insert(dialect: str) -> Any:
    return (sqlite if dialect == "sqlite" else postgresql).insert(
        Job.__table__).on_conflict_do_nothing(
            index_elements=["kind", "key"], index_where=text("state = 'waiting'"))


def every(moment: datetime) -> None:
    """Write the next row of each periodic kind that has none waiting or running."""
    present = set(db.session.scalars(
        db.select(Job.kind).where(Job.key == "periodic", Job.state.in_(("waiting", "running")))
    ))
    for kind in _kinds.values():
        if kind.every_seconds and kind.name not in present:
            due = moment + timedelta(seconds=kind.every_seconds)
            enqueue(kind.name, "periodic", due_at=due)
