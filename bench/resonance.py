"""How long it takes to find the threads in which far more happens than usual.

    python -m bench.resonance [--engine sqlite|postgresql] [--threads 100000] [--rushes 50]

On a market of its own stand so many threads of two months, with three posts and ten hours of reads
each within the last 28 days; some are in a rush. Prints the seconds of a run on a quiet evening and
of one that sees all rushes but tells nobody (best and worst of five), of one that tells them, and
the statements of each. Filling is not counted.
"""

from __future__ import annotations

import argparse
import json
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert, literal, select, text

from bench.own_market import ENGINES, own_market
from bench.recall import copied, named, timed

ROUNDS, AT_ONCE, POSTS, HOURS, DAYS = 5, 50_000, 3, 10, 60


def main() -> int:
    """Fill, measure, print."""
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("--engine", default="sqlite", choices=ENGINES)
    reader.add_argument("--threads", type=int, default=100_000)
    reader.add_argument("--rushes", type=int, default=50)
    asked = reader.parse_args()
    with own_market(asked.engine) as app:
        print(json.dumps({"engine": asked.engine, **measured(app, asked.threads, asked.rushes)}))
    return 0


def fill(app: Any, threads: int) -> int:
    """Copies of one thread and its post; the first of their numbers."""
    from marketplace.dialogue.models import Post, Thread
    from marketplace.foundation import clock
    from marketplace.foundation.database import committing, db
    from marketplace.journal.models import JournalCount
    from marketplace.journal.rules import TYPES
    from tests.browsers import Browser
    from tests.cast import Cast

    app.test_client_class = Browser
    people = Cast(app)
    people.post(people.browser("cleo"), "/threads/new?about=/producers/weingut-kaltbach",
                kind="question", openness="public", step="send", title="Warum?", words="Warum?")
    db.session.rollback()
    thread, post = (dict(db.session.execute(select(table.__table__)).mappings().one())
                    for table in (Thread, Post))
    db.session.rollback()
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    base, said = thread["id"] + 1, post["id"] + 1
    for start in range(0, threads, AT_ONCE):
        end = min(start + AT_ONCE, threads)
        for day in range(DAYS):
            first, last = (start + (end - start) * n // DAYS for n in (day, day + 1))
            if first < last:
                with committing():
                    at = hour - timedelta(days=day + 1)
                    copied(Thread.__table__, {**thread, "made_at": at, "last_post_at": at},
                           first, last, id=lambda i: i + base, code=lambda i: named("b", i))
        for n in range(POSTS):
            with committing():
                copied(Post.__table__, {**post, "at": hour - timedelta(days=7 * n + 1)}, start,
                       end, id=lambda i, n=n: said + POSTS * i + n,
                       thread_id=lambda i: i + base,
                       code=lambda i, n=n: named(f"b{n}-", i))
        for n in range(HOURS):
            with committing():
                copied(JournalCount.__table__, {
                    "type": TYPES["view.thread"].number, "object_kind": "thread", "object_id": 0,
                    "hour": hour - timedelta(hours=60 * n + 3), "n": 2}, start, end,
                    object_id=lambda i: i + literal(base))
    if db.engine.dialect.name == "postgresql":
        with committing():
            db.session.execute(text("ANALYZE"))
    return base


def measured(app: Any, threads: int, rushes: int) -> dict[str, Any]:
    """A quiet evening, one with rushes."""
    from marketplace.foundation import clock
    from marketplace.foundation.database import committing, db
    from marketplace.insights.actions import look_for_rushes
    from marketplace.insights.models import Alert
    from marketplace.journal.models import JournalCount
    from marketplace.journal.rules import TYPES
    from tests.databases import sent_statements

    filling, base = timed(lambda: fill(app, threads))

    def run() -> int:
        with committing():
            return look_for_rushes()

    def several() -> dict[str, Any]:
        with sent_statements() as sent:
            run()
        each = [timed(run)[0] for _ in range(ROUNDS)]
        return {"s": [round(min(each), 2), round(max(each), 2)], "statements": len(sent)}

    quiet = several()
    with committing():
        db.session.execute(insert(JournalCount), [
            {"type": TYPES["view.thread"].number, "object_kind": "thread", "object_id": base + n,
             "hour": clock.now().replace(minute=0, second=0, microsecond=0), "n": 200}
            for n in range(rushes)])
    told, found = timed(run)
    assert found == rushes, found
    known = several()
    with committing():
        db.session.execute(delete(Alert))
    return {"threads": threads, "filled_s": round(filling), "quiet": quiet, "rushes": rushes,
            "told_s": round(told, 2), "known": known}


if __name__ == "__main__":
    raise SystemExit(main())
