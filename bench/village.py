"""What a crowd costs: the page of a group of 50,000, and the feed of somebody who follows 2,000.

    python -m bench.village [--engine postgresql] [--members 50000] [--followed 2000]
                            [--seconds 6] [--connections 2]

A market of its own: the members of one open group, its topics, and the people whom one of them
follows, each with answers and recommendations. `bare` is Flask and Jinja with nothing of ours,
asked in the same run, page cache off; the same pages of a small group stand beside. Prints the
statements of a page too, which must not grow with the crowd.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import islice
from typing import Any

from flask import Flask

from bench.own_market import ENGINES, outside, own_market
from bench.pages import ROUNDS, WARM_SECONDS, Asked, Measured, at, measure, server

BIG, SMALL, BATCH, TOPICS, A_PERSON = "weisswein-zu-gemuese", "mostfreunde", 2_000, 500, 3


def template(table: Any) -> dict[str, Any]:
    """The columns of the first row of a table, to copy."""
    from marketplace.foundation.database import db

    row = db.session.scalars(db.select(table).order_by(table.id).limit(1)).one()
    return {c.key: getattr(row, c.key) for c in db.inspect(table).column_attrs if c.key != "id"}


def write(table: Any, rows: Iterator[Mapping[str, Any]]) -> None:
    """Insert rows by the thousand."""
    from marketplace.foundation.database import committing, db

    db.session.rollback()
    while some := list(islice(rows, BATCH)):
        with committing():
            db.session.execute(db.insert(table), some)


def crowd(app: Flask, members: int, followed: int) -> None:
    """People, memberships, topics, follows, answers and recommendations."""
    from marketplace.dialogue.models import Thread
    from marketplace.foundation import clock
    from marketplace.foundation.database import committing, db
    from marketplace.groups.models import Group, Membership
    from marketplace.people.models import Follow, Person
    from marketplace.recommend.models import Recommendation
    from marketplace.reviews.models import Rating
    from tests.cast import Cast

    cast, now = Cast(app), clock.now()
    me, first = cast.id("cleo"), (db.session.scalar(db.select(db.func.max(Person.id))) or 0) + 1
    group_id = db.session.scalar(db.select(Group.id).where(Group.slug == BIG))
    people, thread, said, told = (template(one) for one in (
        Person, Thread, Rating, Recommendation))
    everybody = range(first, first + members)
    write(Person, ({**people, "id": i, "handle": f"bench{i}", "handle_folded": f"bench{i}",
                    "display_name": None, "picture_file": None, "is_moderator": False,
                    "is_operator": False} for i in everybody))
    write(Membership, ({"group_id": group_id, "person_id": i, "role": "member", "shown": True,
                        "joined_at": now - timedelta(minutes=i)} for i in (*everybody, me)))
    write(Thread, ({**thread, "code": f"bench{n}", "group_id": group_id, "kind": "topic",
                    "author_id": first + n % members, "product_id": None, "producer_id": None,
                    "last_post_at": now - timedelta(minutes=n)} for n in range(TOPICS)))
    known = everybody[:followed]
    write(Follow, ({"follower_id": me, "followed_id": i, "at": now} for i in known))
    goods = [cast.goods(slug).product_id for slug in (
        "riesling-vom-schiefer", "muetze-deichwind", "fischerpullover")]
    write(Rating, ({**said, "code": f"b{i}-{n}", "person_id": i, "product_id": goods[n],
                    "lot_id": None, "guest_key": None, "line_id": None, "invitation_id": None,
                    "given_at": now - timedelta(minutes=3 * i + n)}
                   for i in known for n in range(A_PERSON)))
    write(Recommendation, ({**told, "code": f"b{i}", "author_id": i, "ask_id": None,
                            "made_at": now - timedelta(minutes=i)} for i in known))
    with committing():
        db.session.execute(db.update(Group).where(Group.id == group_id).values(
            member_count=members + 2, topic_count=TOPICS))
        db.session.execute(db.text("ANALYZE"))  # as a running server does by itself


def small(app: Flask) -> None:
    """A second open group, of one."""
    from marketplace.foundation.database import committing
    from marketplace.groups.actions import found
    from tests.cast import Cast
    from tests.groups.hands import group

    person, subject = Cast(app).id("cleo"), group(BIG).subject_id
    with committing():
        found(person, "Mostfreunde", "Wir reden über Most.", "open", subject, "de")


def signed_in(app: Flask, handle: str) -> str:
    """The cookie of somebody of the cast."""
    from marketplace.foundation.database import committing, db
    from marketplace.people.actions import start_login
    from tests.cast import Cast

    number = Cast(app).id(handle)
    db.session.rollback()
    with committing():
        key = start_login(number, "bench")
    session = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return f"{app.config['SESSION_COOKIE_NAME']}={session.dumps({'_user_id': key, '_fresh': True})}"


def statements(app: Flask, asked: Asked) -> int:
    """How many a page sends the second time."""
    from tests.databases import sent_statements

    client = app.test_client(use_cookies=False)
    head = {"Cookie": asked.cookie} if asked.cookie else {}
    client.get(asked.paths[0], headers=head)
    with sent_statements() as sent:
        client.get(asked.paths[0], headers=head)
    return len(sent)


def run(engine: str, members: int, followed: int, seconds: float, connections: int) -> None:
    """Fill, measure and print one table."""
    from marketplace.foundation.database import db
    from tests.browsers import Browser
    from tests.cast import Cast
    from tests.web.places import everything

    with own_market(engine, ZURUF_RATE_LIMITS="off", ZURUF_PAGE_CACHE_SECONDS="0",
                    ZURUF_PAYMENT="bank_transfer,test_card") as app:
        app.test_client_class = Browser
        everything(app, Cast(app))
        small(app)
        crowd(app, members, followed)
        cookie, other = signed_in(app, "cleo"), signed_in(app, "dan")
        asked = {
            "bare": Asked(("/bare",)), "group, visitor": Asked((f"/groups/{BIG}",)),
            "group, member": Asked((f"/groups/{BIG}",), cookie),
            "small group, member": Asked((f"/groups/{SMALL}",), cookie),
            "its people": Asked((f"/groups/{BIG}/people",), cookie),
            "directory": Asked(("/groups",), cookie),
            "feed of many": Asked(("/feed",), cookie), "feed of nobody": Asked(("/feed",), other)}
        sent = {name: statements(app, one) for name, one in asked.items() if name != "bare"}
        db.session.remove()
        found = {name: Measured() for name in asked}
        with server(0, outside(app)) as pid:
            for one in asked.values():
                measure(pid, one, WARM_SECONDS, connections, Measured())
            for _ in range(ROUNDS):
                for name, one in asked.items():
                    measure(pid, one, seconds / ROUNDS, connections, found[name])
    print(f"{engine}: a group of {members + 2}, {followed} followed, {connections} connections")
    print("page                  statements   p50 ms   p95 ms   CPU ms  p95 x bare  CPU x bare")
    bare = found["bare"]
    for name, took in found.items():
        p95, cpu = at(took.seconds, .95), min(took.cpu)
        print(f"{name:22}{sent.get(name, 0):10}{at(took.seconds, .5):9.2f}{p95:9.2f}"
              f"{cpu * 1000:9.2f}{p95 / at(bare.seconds, .95):12.1f}{cpu / min(bare.cpu):12.1f}")


def main() -> int:
    """One run as the arguments say."""
    read = argparse.ArgumentParser(prog="bench.village")
    read.add_argument("--engine", default="sqlite", choices=ENGINES)
    read.add_argument("--members", type=int, default=50_000)
    read.add_argument("--followed", type=int, default=2_000)
    read.add_argument("--seconds", type=float, default=6.0)
    read.add_argument("--connections", type=int, default=2)
    asked = read.parse_args()
    run(asked.engine, asked.members, asked.followed, asked.seconds, asked.connections)
    return 0


if __name__ == "__main__":
    sys.exit(main())
