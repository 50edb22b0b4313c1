"""How fast letters, digests, levels and what a person takes along are made.

    python -m bench.letters [--engine sqlite|postgresql] [--followers 10000] [--digests 1000]
                            [--levels 100000] [--ratings 1000]

On a market of its own, made from the tests' cast: a producer's news to so many followers in
batches, letters a second through a door that takes everything at once, digests a second and
statements each, the nightly levels of so many members, the file of a member with so many answers,
and the p95 of hashing a password. Prints one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import func, insert, select, text

from bench.own_market import ENGINES, own_market


def main() -> int:
    """Measure once and print."""
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("--engine", default="sqlite", choices=ENGINES)
    for name, usual in (("followers", 10_000), ("digests", 1000), ("levels", 100_000),
                        ("ratings", 1000)):
        reader.add_argument(f"--{name}", type=int, default=usual)
    asked = reader.parse_args()
    with own_market(asked.engine) as app:
        from tests.browsers import Browser
        from tests.cast import Cast

        app.test_client_class = Browser
        cast, told = Cast(app), {"engine": asked.engine}
        people(max(asked.followers, asked.levels, asked.digests))
        told |= followed(cast, asked.followers) | sent(asked.followers) | gathered(asked.digests)
        told |= levelled() | taken_along(cast, asked.ratings) | hashed()
    print(json.dumps(told))
    return 0


def timed(work: Callable[[], Any]) -> float:
    """Seconds that something takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def people(count: int) -> None:
    """So many members with an account, copies of one."""
    from marketplace.foundation.database import committing, db
    from marketplace.people.models import Account, Person, Standing

    for table, key, names in ((Person, Person.id, ("handle", "handle_folded")),
                              (Account, Account.person_id, ("email", "email_folded")),
                              (Standing, Standing.person_id, ())):
        row = db.session.execute(select(table.__table__).order_by(key).limit(1)).mappings().first()
        if row is None:
            continue
        for start in range(0, count, 5000):
            with committing():
                db.session.execute(insert(table.__table__), [
                    {**row, key.name: 1000 + n, **{name: f"m{n}@example.org" if "email" in name
                                                   else f"m{n}" for name in names}}
                    for n in range(start, min(start + 5000, count))])


def followed(cast: Any, count: int) -> dict[str, float]:
    """News of a house to all its followers, a tenth of whom want them by mail."""
    from marketplace.dialogue.events import NewsTold
    from marketplace.foundation import clock
    from marketplace.foundation.database import committing, db
    from marketplace.foundation.events import announce
    from marketplace.foundation.jobs import run_due
    from marketplace.notify.models import Choice
    from marketplace.producers.models import ProducerFollow

    house, now = cast.goods("riesling-vom-schiefer").producer_id, clock.now()
    cast.post(cast.browser("ana"), "/studio/news", matter="news", title="Neues",
              words="Der Jahrgang ist da.")
    run_due()
    thread = db.session.scalar(text("SELECT max(id) FROM threads"))
    db.session.rollback()
    with committing():
        db.session.execute(insert(ProducerFollow.__table__), [
            {"person_id": 1000 + n, "producer_id": house, "at": now} for n in range(count)])
        db.session.execute(insert(Choice.__table__), [
            {"person_id": 1000 + n, "class": "follow", "channel": "mail", "on": True, "at": now}
            for n in range(0, count, 10)])
    with committing():
        announce(NewsTold(thread, house, "news", None))
    took = timed(lambda: run_due(kind="notify.followers"))
    return {"followers": count, "followers_seconds": round(took, 1)}


def sent(count: int) -> dict[str, float]:
    """Letters that wait, through a door that takes each at once."""
    from marketplace.adapters.doors import doors
    from marketplace.foundation.database import committing, db
    from marketplace.foundation.jobs import run_due
    from marketplace.notify.models import Letter, PaceRow

    class Open:
        """A door that takes everything."""

        def send(self, mail: object) -> None:
            """Taken."""

    object.__setattr__(doors(), "mail", Open())
    waiting = db.session.scalar(select(func.count()).where(Letter.state == "waiting")) or 0
    db.session.rollback()
    with committing():
        db.session.execute(insert(PaceRow.__table__), [
            {"person_id": 1000 + n, "mails_a_week": 3, "quiet_from": 0, "quiet_to": 0,
             "digest": "daily", "digest_day": 0} for n in range(count)])
        db.session.execute(text("UPDATE jobs SET due_at = created_at WHERE kind = 'notify.send'"))
    took = timed(lambda: run_due(kind="notify.send"))
    return {"letters": waiting, "letters_a_second": round(waiting / took, 1)}


def gathered(count: int) -> dict[str, float]:
    """Digests of people who have five notices each, and statements for one."""
    from marketplace.foundation import clock
    from marketplace.foundation.database import committing
    from marketplace.notify.actions.digesting import Reader, gather
    from marketplace.notify.models import Notice
    from tests.databases import sent_statements

    now = clock.now()
    with committing():
        from marketplace.foundation.database import db

        db.session.execute(insert(Notice.__table__), [
            {"person_id": 1000 + n, "class": "answer", "merge_key": f"k {m}", "title": "answer",
             "args": {"title": "T"}, "url": "/feed", "count": 1, "first_at": now, "last_at": now}
            for n in range(count) for m in range(5)])

    def work() -> None:
        for start in range(0, count, 500):
            with committing():
                for n in range(start, min(start + 500, count)):
                    gather(Reader(1000 + n, "de", "daily", None))

    with sent_statements() as statements:
        took = timed(work)
    return {"digests": count, "digests_a_second": round(count / took, 1),
            "statements_a_digest": round(len(statements) / count, 1)}


def levelled() -> dict[str, float]:
    """The nightly levels of everybody."""
    from marketplace.people import jobs

    return {"levels_seconds": round(timed(jobs.levels), 1)}


def taken_along(cast: Any, count: int) -> dict[str, float]:
    """The file of a member with so many answers."""
    from marketplace.catalog.models import Product
    from marketplace.foundation.database import committing, db
    from marketplace.foundation.jobs import run_due
    from marketplace.orders.models import OrderLine
    from marketplace.people.actions import ask_takeout
    from marketplace.reviews.models import Rating
    from tests.stories.test_circle import order_by, send

    cleo = cast.browser("cleo")
    number = order_by(cast, cleo, "riesling-vom-schiefer")
    send(cast, "ana", f"{number}-1")
    line = db.session.scalar(text("SELECT max(id) FROM order_lines"))
    db.session.rollback()
    cast.post(cleo, f"/orders/{number}/lines/{line}/rating", again="yes")
    row = dict(db.session.execute(select(Rating.__table__).limit(1)).mappings().one())
    bought = dict(db.session.execute(select(OrderLine.__table__).where(
        OrderLine.id == line)).mappings().one())
    goods = dict(db.session.execute(select(Product.__table__).where(
        Product.id == row["product_id"])).mappings().one())
    db.session.rollback()
    with committing():
        db.session.execute(insert(Product.__table__), [
            {**goods, "id": 1000 + n, "slug": f"bench-{n}", "code": f"B{n:06}"}
            for n in range(1, count)])
        db.session.execute(insert(OrderLine.__table__), [
            {**bought, "id": line + n, "position": bought["position"] + n, "product_id": 1000 + n}
            for n in range(1, count)])
        db.session.execute(insert(Rating.__table__), [
            {**row, "id": row["id"] + n, "code": f"bench-{n}", "order_line_id": line + n,
             "product_id": 1000 + n,
             "words": "Schmeckt nach nassem Stein. " * 8} for n in range(1, count)])
        ask_takeout(cast.id("cleo"))
    took = timed(lambda: run_due(kind="people.takeout"))
    return {"ratings": count, "takeout_seconds": round(took, 1)}


def hashed() -> dict[str, float]:
    """The slowest of twenty but one of hashing a password."""
    from marketplace.foundation.database import db
    from marketplace.people.actions import hash_password

    db.session.rollback()
    took = sorted(timed(lambda: hash_password("a long enough pass phrase")) for _n in range(40))
    return {"hash_p95_ms": round(1000 * took[37], 1)}


if __name__ == "__main__":
    raise SystemExit(main())
