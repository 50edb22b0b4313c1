"""How much memory the nightly comparison with the payment service takes, for few and many lines.

    python -m bench.reconcile [--engine sqlite|postgresql] [--few 1000] [--many 100000]

Each size runs in a process of its own, on a market of its own: so many moves stand in the book and
the service says as many lines, one at a time. Prints the peak of Python's memory while a day is
compared, the growth of the whole process meanwhile, the seconds, and the ratio of the peaks: a
comparison that streams has about the same for both.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select

from bench.own_market import ENGINES, own_market

HOME = Path(__file__).resolve().parent.parent
AT_ONCE, MINOR = 5_000, 1_746
PLANTED = 3
"""Moves of the book that the service does not know: they have to be found."""


def main() -> int:
    """Measure both sizes, or one where asked to as a child."""
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("--engine", default="sqlite", choices=ENGINES)
    reader.add_argument("--few", type=int, default=1_000)
    reader.add_argument("--many", type=int, default=100_000)
    reader.add_argument("--one", type=int, default=0, help=argparse.SUPPRESS)
    asked = reader.parse_args()
    if asked.one:
        print(json.dumps(measured(asked.engine, asked.one)))
        return 0
    few, many = (child(asked.engine, count) for count in (asked.few, asked.many))
    print(json.dumps({"engine": asked.engine, "few": few, "many": many, "ratio": round(
        many["peak_bytes"] / few["peak_bytes"], 2)}))
    return 0


def child(engine: str, count: int) -> dict[str, Any]:
    """One size in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.reconcile", "--engine", engine, "--one", str(count)],
        cwd=HOME, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


class Service:
    """A payment service that says lines without keeping any."""

    def __init__(self, count: int, noon: datetime) -> None:
        self._count, self._noon = count, noon

    def lines(self, begin: datetime, end: datetime) -> Iterator[Any]:
        """One transfer after the other."""
        from marketplace.adapters.payment.contract import ProviderLine

        for number in range(self._count):
            yield ProviderLine("transfer", f"tr_{number}", MINOR, 0, "EUR", self._noon)


def fill(count: int, noon: datetime) -> None:
    """So many transfers stand in the book, and some more that nobody else knows."""
    from marketplace.foundation.database import committing, db
    from marketplace.payments.models import LedgerMove

    total = count + PLANTED
    for start in range(0, total, AT_ONCE):
        with committing():
            db.session.execute(insert(LedgerMove.__table__), [
                {"batch": f"bench-{number}", "position": 1, "at": noon, "minor": MINOR,
                 "from_account": "held:1", "to_account": "producer:1", "currency": "EUR",
                 "reason": "transfer", "reference": f"tr_{number}"}
                for number in range(start, min(start + AT_ONCE, total))])


def measured(engine: str, count: int) -> dict[str, Any]:
    """Peak memory and time of the comparison of one day."""
    from marketplace.foundation import clock
    from marketplace.foundation.database import db
    from marketplace.payments.jobs import compare_day
    from marketplace.payments.models import Difference
    from marketplace.payments.rules.attempts import CARD

    with own_market(engine) as app:
        noon = (clock.now() - timedelta(days=1)).replace(hour=12)
        day: date = noon.date()
        fill(count, noon)
        app.extensions["doors"].payment[CARD] = Service(count, noon)
        db.session.rollback()
        before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
        tracemalloc.start()
        compare_day(day)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        took = time.perf_counter() - begun
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        db.session.rollback()
        found = db.session.scalar(select(func.count()).select_from(Difference))
        assert found == PLANTED, found
        return {"lines": count, "peak_bytes": peak, "process_kib": grown,
                "seconds": round(took, 1), "differences": found}


if __name__ == "__main__":
    raise SystemExit(main())
