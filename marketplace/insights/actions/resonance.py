"""Looking for threads that are read or answered far more than usual in this hour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from marketplace.dialogue.models import Thread
from marketplace.dialogue.queries.resonance import reactions, thread_hours, told_threads
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.events import announce
from marketplace.insights.events import ResonanceSeen
from marketplace.insights.models import Alert
from marketplace.insights.queries.resonance import alerted
from marketplace.insights.rules.demand import (
    ALERT_FROM,
    ONE_ALERT_IN,
    PRIOR_SPAN,
    WATCH_SPAN,
    Measure,
    alert_from,
    share_of_last_hour,
)
from marketplace.journal.queries import hourly, seen_total

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Lively:
    """A thread above the least of its measure: events of the last hour and of those before."""

    thread_id: int
    measure: Measure
    seen: int
    before: int


def look_for_rushes() -> int:
    """Announce each thread in which, for its ways, far too much happens; how many.

    A thread is announced once in 24 hours; nothing about it changes. Changes alerts; announces
    ResonanceSeen. Loads: 2 statements on a quiet evening, 9 where a thread is loud.
    """
    now = clock.now()
    loud = [*_read(now), *_answered(now)]
    if not loud:
        return 0
    threads = told_threads({one.thread_id for one in loud})
    known = alerted(threads, now - ONE_ALERT_IN)
    usual = _usual(now)
    found: dict[int, Alert] = {}
    for one in loud:
        thread = threads.get(one.thread_id)
        if thread is None or one.thread_id in known:
            continue
        least = alert_from(usual[one.measure], one.before, _hours(thread, now), one.measure)
        if one.seen >= least:
            found.setdefault(one.thread_id, Alert(
                thread_id=one.thread_id, measure=one.measure, seen=one.seen, alert_from=least,
                at=now))
    _tell(found.values())
    return len(found)


def _tell(found: Iterable[Alert]) -> None:
    for row in found:
        db.session.add(row)
        db.session.flush()
        announce(ResonanceSeen(row.thread_id, row.measure, row.seen))


def _hours(thread: Thread, now: datetime) -> float:
    """How long a thread was there before the hour that is looked at."""
    return max((now - HOUR - thread.made_at) / HOUR, 0.0)


def _usual(now: datetime) -> Mapping[Measure, float]:
    """Events an hour of an average thread in 28 days. Loads: 4 statements."""
    since = now - PRIOR_SPAN
    hours = thread_hours(since, now) or 1.0
    return {"reads": seen_total("view.thread", "thread", since, now) / hours,
            "reactions": sum(reactions(since, now).values()) / hours}


def _read(now: datetime) -> list[Lively]:
    """Threads with enough reads in the last hour, and their reads of a week before. Reads are
    counted by the hour of the clock: of the hour before this one the part counts that is still
    within the last sixty minutes.
    """
    this = now.replace(minute=0, second=0, microsecond=0)
    last, share = this - HOUR, share_of_last_hour((now - this) / timedelta(minutes=1))
    loud = {one: by for one, by in hourly("view.thread", "thread", last).items()
            if by.get(this, 0) + by.get(last, 0) * share >= ALERT_FROM["reads"]}
    before = hourly("view.thread", "thread", this - WATCH_SPAN, loud)
    return [Lively(one, "reads", int(by.get(this, 0) + by.get(last, 0) * share),
                   sum(n for hour, n in before[one].items() if hour < this)
                   - int(by.get(last, 0) * share)) for one, by in loud.items()]


def _answered(now: datetime) -> list[Lively]:
    """Threads with enough posts, supports and votes in the last hour, and those of the week
    before.
    """
    loud = {one: n for one, n in reactions(now - HOUR, now).items()
            if n >= ALERT_FROM["reactions"]}
    before = reactions(now - HOUR - WATCH_SPAN, now - HOUR, loud) if loud else {}
    return [Lively(one, "reactions", n, before.get(one, 0)) for one, n in loud.items()]
