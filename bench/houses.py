"""What pages of producers take: the public page for visitors, the studio for its people.

    ZURUF_INSTANCE=<filled by bench/fill> python -m bench.houses [--seconds 5] [--connections 2]

Starts the server of `bench.pages` on loopback, page cache off, and asks every page in turn in short
rounds. `bare` is Flask and Jinja with nothing of ours, in the same run: the last two columns are
what to compare. The figure of CPU is the cheapest round; p95 is over all answers, and swings with
whatever else the machine does. The house is the one with the most answers of buyers; its first
owner is signed in for the studio.
"""

from __future__ import annotations

import argparse
import sys

from bench.pages import ROUNDS, WARM_SECONDS, Asked, Measured, at, measure, server

FORMS = ("profile", "pictures", "evidence", "staff", "hours", "promises", "choices", "legal",
         "registrations", "news")


def house() -> tuple[str, str]:
    """The house with the most answers, and the cookie of its owner, signed in."""
    from sqlalchemy import func, select

    from marketplace import create_app
    from marketplace.foundation.database import committing, db
    from marketplace.people.actions import start_login
    from marketplace.producers.models import Producer, Staff
    from marketplace.reviews.models import Rating

    app = create_app()
    with app.app_context():
        row = db.session.execute(
            select(Producer.slug, func.min(Staff.person_id))
            .join(Staff, Staff.producer_id == Producer.id)
            .join(Rating, Rating.producer_id == Producer.id)
            .where(Staff.role == "owner", Staff.until.is_(None), Producer.state == "selling")
            .group_by(Producer.id, Producer.slug)
            .order_by(func.count(Rating.id).desc(), Producer.id)).first()
        if row is None:
            raise SystemExit("There is no house: fill the instance with bench/fill first.")
        db.session.rollback()
        with committing():
            key = start_login(row[1], "bench")
        session = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        name = app.config["SESSION_COOKIE_NAME"]
        return row[0], f"{name}={session.dumps({'_user_id': key, '_fresh': True})}"


def pages(slug: str, cookie: str) -> dict[str, Asked]:
    """What is measured."""
    at_house = f"?producer={slug}"
    return {
        "bare": Asked(("/bare",)), "floor": Asked(("/floor",)),
        "public page": Asked((f"/producers/{slug}",)),
        "reputation": Asked((f"/producers/{slug}/reputation",)),
        "directory": Asked(("/producers",)),
        "studio": Asked((f"/studio{at_house}",), cookie),
        **{f"studio/{one}": Asked((f"/studio/{one}{at_house}",), cookie) for one in FORMS}}


def main() -> int:
    """Measure and print one table."""
    read = argparse.ArgumentParser()
    read.add_argument("--seconds", type=float, default=5.0)
    read.add_argument("--connections", type=int, default=2)
    given = read.parse_args()
    asked = pages(*house())
    found = {name: Measured() for name in asked}
    with server(0) as pid:
        for one in asked.values():
            measure(pid, one, WARM_SECONDS, given.connections, Measured())
        for _ in range(ROUNDS):
            for name, one in asked.items():
                measure(pid, one, given.seconds / ROUNDS, given.connections, found[name])
    bare_cpu, bare_p95 = min(found["bare"].cpu), at(found["bare"].seconds, .95)
    print("page                   p50 ms   p95 ms   CPU ms  p95 x bare  CPU x bare")
    for name, took in found.items():
        cpu, p95 = min(took.cpu), at(took.seconds, .95)
        print(f"{name:20}{at(took.seconds, .5):9.2f}{p95:9.2f}{cpu * 1000:9.2f}"
              f"{p95 / bare_p95:12.1f}{cpu / bare_cpu:12.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
