"""What a member's own pages and the badge take, and what one hash of a password costs.

    ZURUF_INSTANCE=<with the demo, or filled by bench/fill> python -m bench.accounts [--seconds 5]
                                                                     [--connections 2]

Starts the server of `bench.pages` on loopback and asks every page in turn in short rounds, signed
in as the member with the most answers. `bare` is Flask and Jinja with nothing of ours, in the same
run: the last two columns are what to compare. The badge is asked twice: with something new to say,
and with nothing (204). Then two processes at once hash passwords: the p95 of one, and the
memory it is set to take.
"""

from __future__ import annotations

import argparse
import time
from multiprocessing import get_context

from bench.pages import ROUNDS, WARM_SECONDS, Asked, Measured, at, measure, server

OWN = ("", "/profile", "/privacy", "/wishes", "/network", "/security", "/data", "/addresses",
       "/close", "/tokens", "/notices", "/notices/settings")
HASHES, AT_ONCE = 40, 2


def member() -> tuple[str, int]:
    """The cookie of the member with the most answers, signed in, and their unread notices."""
    from sqlalchemy import func, select

    from marketplace import create_app
    from marketplace.foundation.database import committing, db
    from marketplace.notify.queries import unread_count
    from marketplace.people.actions import start_login
    from marketplace.people.models import Person
    from marketplace.reviews.models import Rating

    app = create_app()
    with app.app_context():
        who = db.session.scalar(
            select(Person.id).join(Rating, Rating.person_id == Person.id)
            .where(Person.state == "active").group_by(Person.id)
            .order_by(func.count(Rating.id).desc(), Person.id).limit(1))
        if who is None:
            raise SystemExit("There is nobody: load the demo or fill with bench/fill first.")
        unread = unread_count(who)
        db.session.rollback()
        with committing():
            key = start_login(who, "bench")
        session = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        name = app.config["SESSION_COOKIE_NAME"]
        return f"{name}={session.dumps({'_user_id': key, '_fresh': True})}", unread


def pages(cookie: str, unread: int) -> dict[str, Asked]:
    """What is measured."""
    badge = "/account/notices/count"
    return {
        "bare": Asked(("/bare",)), "floor": Asked(("/floor",)),
        "badge, new": Asked((f"{badge}?seen=-1",), cookie),
        "badge, known": Asked((f"{badge}?seen={unread}",), cookie),
        **{f"account{one}": Asked((f"/account{one}",), cookie) for one in OWN}}


def hashing(_number: int) -> list[float]:
    """Seconds of each hash."""
    from marketplace.people.actions import hash_password

    took = []
    for _ in range(HASHES):
        began = time.perf_counter()
        hash_password("a long enough pass phrase")
        took.append(time.perf_counter() - began)
    return took


def main() -> int:
    """Measure and print one table."""
    read = argparse.ArgumentParser()
    read.add_argument("--seconds", type=float, default=5.0)
    read.add_argument("--connections", type=int, default=2)
    given = read.parse_args()
    asked = pages(*member())
    found = {name: Measured() for name in asked}
    with server(0) as pid:
        for one in asked.values():
            measure(pid, one, WARM_SECONDS, given.connections, Measured())
        for _ in range(ROUNDS):
            for name, one in asked.items():
                measure(pid, one, given.seconds / ROUNDS, given.connections, found[name])
    bare_cpu, bare_p95 = min(found["bare"].cpu), at(found["bare"].seconds, .95)
    print("page                       p50 ms   p95 ms   CPU ms  p95 x bare  CPU x bare")
    for name, took in found.items():
        cpu, p95 = min(took.cpu), at(took.seconds, .95)
        print(f"{name:24}{at(took.seconds, .5):9.2f}{p95:9.2f}{cpu * 1000:9.2f}"
              f"{p95 / bare_p95:12.1f}{cpu / bare_cpu:12.1f}")
    with get_context("spawn").Pool(AT_ONCE) as both:
        made = both.map(hashing, range(AT_ONCE), 1)
    from marketplace.people.actions.joining import HASHER

    each = sorted(one for took in made for one in took)
    print(f"hash, {AT_ONCE} at once: p50 {at(each, .5):.1f} ms, p95 {at(each, .95):.1f} ms, "
          f"{HASHER.memory_cost / 1024:.1f} MiB each")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
