"""Claiming and running jobs: one at a time each, again after a crash, backing off on faults."""

from __future__ import annotations

import logging
import os
import random
import threading
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import or_, select, update

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import OutsideDown
from marketplace.foundation.jobs.outbox import Job, every, kinds, on_wake

LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 8
KEEP = timedelta(days=7)
log = logging.getLogger(__name__)
_running: ContextVar[int | None] = ContextVar("running_job", default=None)


def backoff(attempts: int) -> timedelta:
    """How long to wait after the n-th failure: 1 min * 2^(n-1), at most 6 h."""
    return min(timedelta(minutes=1) * 2 ** (attempts - 1), timedelta(hours=6))


def claim(worker: str, kind: str | None = None) -> Job | None:
    """Take the most urgent due job for `worker`, or none. Changes jobs (one row)."""
    moment = clock.now()
    ready = or_(
        (Job.state == "waiting") & (Job.due_at <= moment),
        (Job.state == "running") & (Job.lease_until < moment),
    )
    query = select(Job.id).where(ready).order_by(Job.priority.desc(), Job.due_at, Job.id).limit(1)
    query = query.where(Job.kind == kind) if kind else query
    if db.session.scalar(query) is None:
        return None
    with committing():
        if db.session.get_bind().dialect.name == "postgresql":
            query = query.with_for_update(skip_locked=True)
        found = db.session.scalar(query)
        if found is None:
            return None
        taken = db.session.execute(
            update(Job).where(Job.id == found, ready)
            .values(state="running", lease_by=worker, lease_until=moment + LEASE,
                    attempts=Job.attempts + 1)
            .execution_options(synchronize_session=False)
        )
        if not taken.rowcount:  # type: ignore[attr-defined]
            return None
    return db.session.get(Job, found, populate_existing=True)


def run_one(worker: str = "here", kind: str | None = None) -> bool:
    """Run one due job to its end; False if none is due. Faults are recorded, not raised."""
    row = claim(worker, kind)
    if row is None:
        return False
    number, data, name = row.id, dict(row.data), row.kind
    db.session.rollback()
    mark = _running.set(number)
    try:
        kinds()[name].run(**data)
    except Exception as fault:
        db.session.rollback()
        _say(name, number, fault)
        _finish(number, _after_failure(row.attempts, fault))
    else:
        db.session.rollback()
        _finish(number, {"state": "done", "error": None, "lease_until": None})
    finally:
        _running.reset(mark)
    return True


def ended_here() -> bool:
    """End the running job in the open change, for work that must not be done twice.

    False where it was ended before; then there is nothing to do. Changes jobs.
    """
    number = _running.get()
    if number is None:
        return True
    ended = db.session.execute(
        update(Job).where(Job.id == number, Job.state == "running")
        .values(state="done", lease_until=None).execution_options(synchronize_session=False))
    return bool(ended.rowcount)  # type: ignore[attr-defined]


def _say(name: str, number: int, fault: Exception) -> None:
    """A line where somebody outside is away, which is expected; a fault of ours with its trace."""
    if isinstance(fault, OutsideDown):
        log.warning("job %s %s waits: %s", name, number, fault)
    else:
        log.error("job %s %s failed", name, number, exc_info=fault)


def _after_failure(attempts: int, fault: Exception) -> dict[str, Any]:
    words = f"{type(fault).__name__}: {fault}"[:2000]
    if attempts >= MOST_ATTEMPTS:
        return {"state": "dead", "error": words, "lease_until": None}
    wait = backoff(attempts)
    if isinstance(fault, OutsideDown):
        wait = max(wait, timedelta(seconds=fault.retry_seconds))
    return {"state": "waiting", "error": words, "lease_until": None, "due_at": clock.now() + wait}


def _finish(number: int, values: dict[str, Any]) -> None:
    """Write the outcome; a newer waiting twin of the same key replaces a retry."""
    with committing():
        row = db.session.get(Job, number, populate_existing=True)
        if row is None:
            return
        twin = values["state"] == "waiting" and db.session.scalar(
            select(Job.id).where(Job.kind == row.kind, Job.key == row.key, Job.state == "waiting")
        )
        for name, value in ({"state": "done"} if twin else values).items():
            setattr(row, name, value)


def run_due(limit: int = 10_000, kind: str | None = None) -> int:
    """Run everything that is due now, one after the other; the number of jobs run."""
    done = 0
    while done < limit and run_one("here", kind):
        done += 1
    return done


def sweep() -> None:
    """Delete done rows older than seven days and renew the periodic rows."""
    with committing():
        db.session.execute(
            db.delete(Job).where(Job.state == "done", Job.created_at < clock.now() - KEEP)
        )
        every(clock.now())


class Runner:
    """A thread that runs jobs in this process until stopped."""

    def __init__(self, app: Flask, pause_seconds: float = 1.0) -> None:
        self._app, self._pause = app, pause_seconds
        self._name = f"{os.uname().nodename}-{os.getpid()}-{random.randrange(10**6)}"  # noqa: S311
        self._awake, self._stop = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)

    def start(self) -> None:
        """Begin in the background."""
        on_wake(self._awake.set)
        self._thread.start()

    def stop(self, timeout: float = 10) -> None:
        """Finish the running job and end."""
        self._stop.set()
        self._awake.set()
        self._thread.join(timeout)

    def work(self) -> None:
        """Run in the foreground until stopped (`flask jobs work`)."""
        on_wake(self._awake.set)
        self._work()

    def _work(self) -> None:
        rounds = 0
        while not self._stop.is_set():
            try:
                with self._app.app_context():
                    if rounds % 60 == 0:
                        sweep()
                    busy = run_one(self._name)
            except Exception:
                log.exception("the job runner stumbled")
                busy = False
            rounds = rounds + 1
            if not busy:
                self._awake.wait(self._pause)
                self._awake.clear()
