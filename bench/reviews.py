"""What an answer costs beside the floor page, and how long the nightly count takes.

    ZURUF_INSTANCE=<an empty folder> python -m bench.reviews [--ratings 100000] [--posts 400]
        [--connections 4]

Loads the demo, adds products and ratings (ten a product, all guests', hanging on one order line),
then: 1. runs the nightly count and prints seconds in all and per 100,000 ratings; 2. starts the
server of `bin/run` with two workers on loopback and sends first answers of as many different
guests, in turn with the floor page and the bare page, from so many kept connections; prints p50 and
p95 of each and p95 as a multiple of the others. Both parts in one run, on one machine.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from typing import Any

from bench import pages
from marketplace.foundation import clock

A_PRODUCT, LINES_A_COOKIE = 10, 20
SECRET = "the secret of every guest of this measurement"


def main() -> int:
    """Fill, count, ask, print."""
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("--ratings", type=int, default=100_000)
    reader.add_argument("--posts", type=int, default=400)
    reader.add_argument("--connections", type=int, default=4)
    reader.add_argument("--port", type=int, default=pages.PORT)
    asked = reader.parse_args()
    pages.PORT, pages.START_SECONDS = asked.port, 120
    pages.SAME_SITE["Origin"] = f"http://127.0.0.1:{asked.port}"
    from marketplace import create_app

    app = create_app()
    with app.app_context():
        fill(asked.ratings)
        nightly(asked.ratings)
        forms = list(answers(app, asked.posts))
    report(ask_all(forms, asked.connections))
    return 0


def fill(ratings: int) -> None:
    """Demo content, then products and ratings by the thousand."""
    from flask import current_app
    from flask_migrate import upgrade

    from marketplace.catalog.models import Product
    from marketplace.demo.load import load_demo
    from marketplace.foundation.database import committing, db
    from marketplace.reviews.models import Rating

    upgrade(str(current_app.root_path) + "/../migrations")
    load_demo()
    goods, said = _template(Product), _template(Rating)
    first = (db.session.scalar(db.select(db.func.max(Product.id))) or 0) + 1
    db.session.rollback()
    wanted = ratings // A_PRODUCT
    for start in range(0, wanted, 1_000):
        ids = range(first + start, first + min(start + 1_000, wanted))
        with committing():
            db.session.execute(db.insert(Product), [
                {**goods, "id": i, "slug": f"bench-{i}", "code": f"B{i}", "main_picture_id": None}
                for i in ids])
            db.session.execute(db.insert(Rating), [
                {**said, "product_id": i, "code": f"b{i}-{n}", "guest_key": f"g{n}",
                 "person_id": None, "lot_id": None, "again": n % 5 > 0, "stars": 1 + n % 5,
                 "standing": "counts", "given_at": clock.now() - timedelta(days=i % 700)}
                for i in ids for n in range(A_PRODUCT)])


def _template(table: Any) -> dict[str, Any]:
    """The columns of one row of the demo, to copy."""
    from marketplace.foundation.database import db

    row = db.session.scalars(db.select(table).order_by(table.id).limit(1)).one()
    return {c.name: getattr(row, c.key) for c in table.__table__.columns if c.name != "id"}


def nightly(ratings: int) -> None:
    """Time the count of the night: once to make all rows, once as every night."""
    from marketplace.foundation.jobs import kinds

    for name in ("first", "every"):
        begun = time.perf_counter()
        kinds()["reviews.nightly"].run()
        took = time.perf_counter() - begun
        print(f"nightly count, {name} night: {ratings} ratings on {ratings // A_PRODUCT} products "
              f"in {took:.1f} s, {took * 100_000 / ratings:.1f} s per 100,000")


def answers(app: Any, wanted: int) -> Iterator[tuple[str, str, str]]:
    """(address, cookie, form) of first answers of guests with goods in hands."""
    numbers = _bought(wanted)
    for start in range(0, len(numbers), LINES_A_COOKIE):
        some = numbers[start:start + LINES_A_COOKIE]
        cookie, token = _session(app, {number: SECRET for number, _line in some})
        for place, (number, line) in enumerate(some):
            yield (f"/orders/{number}/lines/{line}/rating", cookie,
                   f"csrf_token={token}&again={'no' if place % 5 == 0 else 'yes'}")


def _session(app: Any, orders: dict[str, str]) -> tuple[str, str]:
    """The cookie of a browser that may see these orders, and the token of its forms."""
    from flask import g, session
    from flask_wtf.csrf import generate_csrf

    with app.test_request_context():
        g.pop("csrf_token", None)
        session["guest_orders"] = orders
        token = generate_csrf()
        signer = app.session_interface.get_signing_serializer(app)
        return f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps(dict(session))}", token


def _bought(wanted: int) -> list[tuple[str, int]]:
    """Orders of guests, delivered ten days ago, spread over the demo's products."""
    from marketplace.foundation.codes import new_code
    from marketplace.foundation.database import committing, db
    from marketplace.orders.models import Order, OrderLine, SellerOrder

    order, part, line = (_template(table) for table in (Order, SellerOrder, OrderLine))
    goods = db.session.execute(db.text(
        "SELECT product_id, id FROM variants ORDER BY id LIMIT 40")).all()
    db.session.rollback()
    then, made = clock.now() - timedelta(days=10), []
    with committing():
        for n in range(wanted):
            number = new_code(7)
            head = Order(**{**order, "number": number, "attempt_key": f"bench{n}",
                            "buyer_id": None, "buyer_key": f"bench{n}",
                            "guest_secret_hash": sha256(SECRET.encode()).hexdigest()})
            db.session.add(head)
            db.session.flush()
            own = SellerOrder(**{**part, "order_id": head.id, "number": f"{number}-1",
                                 "reference": f"RF{number}", "paid_at": then,
                                 "dispatched_at": then, "delivered_at": then})
            db.session.add(own)
            db.session.flush()
            product, variant = goods[n % len(goods)]
            row = OrderLine(**{**line, "seller_order_id": own.id, "product_id": product,
                               "variant_id": variant, "lot_id": None, "cancelled": 0})
            db.session.add(row)
            db.session.flush()
            made.append((number, row.id))
    return made


def ask_all(forms: list[tuple[str, str, str]], connections: int) -> dict[str, list[float]]:
    """Seconds of each answer by kind; kinds in turn, over so many kept connections."""
    took: dict[str, list[float]] = {"bare": [], "floor": [], "answer": []}

    def timed(kind: str, path: str, asked: pages.Asked, expected: int) -> Callable[[Any], None]:
        def run(over: Any) -> None:
            begun = time.perf_counter()
            status, _body = pages.ask(over, asked, path)
            took[kind].append(time.perf_counter() - begun)
            if status != expected:
                raise SystemExit(f"{path} answered {status}")
        return run

    jobs = []
    for path, cookie, form in forms:
        jobs += [timed("bare", "/bare", pages.Asked(("/bare",)), 200),
                 timed("floor", "/floor", pages.Asked(("/floor",)), 200),
                 timed("answer", path, pages.Asked((path,), cookie, form), 303)]
    with pages.server(0):
        def work(part: int) -> None:
            over = pages.line()
            for run in jobs[part::connections]:
                run(over)

        with ThreadPoolExecutor(connections) as pool:
            list(pool.map(work, range(connections)))
    return took


def report(took: dict[str, list[float]]) -> None:
    """p50 and p95, and p95 as a multiple; the first tenth warms the workers up."""
    p95 = {}
    for kind, seconds in took.items():
        kept = sorted(seconds[len(seconds) // 10:])
        p95[kind] = statistics.quantiles(kept, n=20)[-1]
        print(f"{kind:7} p50 {statistics.median(kept) * 1000:7.2f} ms   p95 "
              f"{p95[kind] * 1000:7.2f} ms   of {len(kept)}")
    print(f"answer p95: {p95['answer'] / p95['bare']:.1f} x bare, "
          f"{p95['answer'] / p95['floor']:.1f} x floor")


if __name__ == "__main__":
    sys.exit(main())
