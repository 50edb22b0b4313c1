"""What this process measures of itself for `/metrics`; nothing at all until it is switched on.

Every process writes into files of its own below one folder, so that whichever answers a scrape
gives the sum of all. Source: multiprocess mode of prometheus-client.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from sqlalchemy import Engine, event

from marketplace.foundation.errors import OutsideDown

if TYPE_CHECKING:
    from prometheus_client import Counter, Gauge, Histogram, Metric

P = ParamSpec("P")
T = TypeVar("T")
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Where the library looks for its folder; it has to be set before the first measurement."""
SECONDS = (.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10)
SHORT_SECONDS = (.0005, .001, .0025, .005, .01, .025, .05, .1, .3, 1)
STATEMENTS = (0, 2, 4, 6, 8, 12, 16, 24, 48, 96)
MOST_DEAD = 300
"""So many files of processes that ended are summed up; of more the oldest go."""

_state: dict[str, Path] = {}
_statements: ContextVar[list[int] | None] = ContextVar("statements", default=None)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as it stands at the moment of a scrape."""

    name: str
    words: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Meters:
    """All that is counted while the process runs."""

    requests: Counter
    request_seconds: Histogram
    statements: Counter
    request_statements: Histogram
    outside: Counter
    outside_seconds: Histogram
    finding_seconds: Histogram
    search_memory: Gauge


def switch_on(folder: Path) -> None:
    """Measure from now on, into files below `folder`."""
    if _state:
        return
    folder.mkdir(parents=True, exist_ok=True)
    os.environ[FOLDER] = str(folder)
    _state["folder"] = folder
    _begin(folder)


def _begin(folder: Path) -> None:
    """Forget what ended processes left, unless others that run are part of the same sums."""
    files = _oldest_first(folder)
    ended = [path for path in files if not _runs(_process(path))]
    alone = all(path in ended or _process(path) == os.getpid() for path in files)
    for path in files if alone else ended[:-MOST_DEAD]:
        path.unlink(missing_ok=True)


def _oldest_first(folder: Path) -> list[Path]:
    found = []
    for path in folder.glob("*.db"):
        try:
            found.append((path.stat().st_mtime, path))
        except FileNotFoundError:  # another process begins as well
            continue
    return [path for _at, path in sorted(found)]


def _process(path: Path) -> int:
    number = path.stem.rpartition("_")[2]
    return int(number) if number.isdecimal() else 0


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return process > 0


@cache
def _made() -> Meters:
    """The meters of this process, made at the first measurement: commands leave no files."""
    from prometheus_client import Counter, Gauge, Histogram

    return Meters(
        Counter("zuruf_requests", "Answers by endpoint and status.", ("endpoint", "status")),
        Histogram("zuruf_request_seconds", "Time to an answer, by endpoint.", ("endpoint",),
                  buckets=SECONDS),
        Counter("zuruf_statements", "Statements sent to the database, by endpoint.",
                ("endpoint",)),
        Histogram("zuruf_request_statements", "Statements of one answer.", buckets=STATEMENTS),
        Counter("zuruf_outside_calls", "Calls to services outside and how they ended.",
                ("door", "outcome")),
        Histogram("zuruf_outside_seconds", "Time of a call to a service outside.", ("door",),
                  buckets=SECONDS),
        Histogram("zuruf_finding_seconds", "Time of finding goods, of completing what is typed, "
                  "and of suggestions with reasons.", ("what",), buckets=SHORT_SECONDS),
        Gauge("zuruf_search_memory_bytes", "What the process that keeps most of the index ready "
              "uses for it, and its bound.", ("of",), multiprocess_mode="livemax"),
    )


def meters() -> Meters | None:
    """What to count with; None while nobody measures."""
    return _made() if _state else None


def count_statements(engine: Engine) -> None:
    """Count what this engine is asked while a request is measured."""

    @event.listens_for(engine, "before_cursor_execute")
    def _asked(*_args: object) -> None:
        box = _statements.get()
        if box is not None:
            box[0] += 1


def begin_request() -> list[int]:
    """Count statements from now on; the box they are counted in."""
    box = [0]
    _statements.set(box)
    return box


def request_ended(endpoint: str, status: int, seconds: float, statements: int) -> None:
    """Note one answer. endpoint: a name from the code, never an address."""
    _statements.set(None)
    made = meters()
    if made is not None:
        made.requests.labels(endpoint, str(status)).inc()
        made.request_seconds.labels(endpoint).observe(seconds)
        made.request_statements.observe(statements)
        if statements:
            made.statements.labels(endpoint).inc(statements)


@contextmanager
def outside(door: str) -> Iterator[None]:
    """Note a call to a service outside: done, down (it shall be repeated) or refused."""
    made = meters()
    if made is None:
        yield
        return
    begun, outcome = time.perf_counter(), "refused"
    try:
        yield
        outcome = "done"
    except OutsideDown:
        outcome = "down"
        raise
    finally:
        made.outside_seconds.labels(door).observe(time.perf_counter() - begun)
        made.outside.labels(door, outcome).inc()


def timed(what: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Note how long finding takes; `what` is a word of the code."""

    def around(find: Callable[P, T]) -> Callable[P, T]:
        @wraps(find)
        def measured(*args: P.args, **named: P.kwargs) -> T:
            made = meters()
            if made is None:
                return find(*args, **named)
            begun = time.perf_counter()
            try:
                return find(*args, **named)
            finally:
                made.finding_seconds.labels(what).observe(time.perf_counter() - begun)

        return measured

    return around


def index_kept(used: int, bound: int) -> None:
    """Note how many bytes of the index this process keeps ready, and how many it may."""
    made = meters()
    if made is not None:
        made.search_memory.labels("used").set(used)
        made.search_memory.labels("bound").set(bound)


def exposed(standing: Sequence[Figure]) -> tuple[bytes, str]:
    """What all processes measured and what stands now, as Prometheus reads it; its type."""
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
    from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

    folder = _state["folder"]
    for process in {_process(path) for path in folder.glob("gauge_live*.db")}:
        if not _runs(process):
            mark_process_dead(process, str(folder))  # type: ignore[no-untyped-call]
    registry = CollectorRegistry()
    MultiProcessCollector(registry, str(folder))  # type: ignore[no-untyped-call]
    registry.register(_Standing(standing))
    return generate_latest(registry), CONTENT_TYPE_PLAIN_0_0_4


class _Standing:
    """Figures of the moment, one family per name."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        from prometheus_client.core import GaugeMetricFamily

        families: dict[str, GaugeMetricFamily] = {}
        for one in self._figures:
            family = families.setdefault(one.name, GaugeMetricFamily(
                one.name, one.words, labels=tuple(one.labels)))
            family.add_metric(tuple(one.labels.values()), one.value)
        yield from families.values()
