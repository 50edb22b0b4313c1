"""How long a recall takes: everybody who bought a lot found, and told portion by portion.

    python -m bench.recall [--engine sqlite|postgresql] [--lines 1000000] [--buyers 100000]
                           [--portions 20]

On a market of its own so many order lines stand, two an order and two orders a buyer; the goods
called back are in the orders of as many buyers, half of them members. Prints the seconds until all
are listed (the best and the worst of five), as a multiple of reading the ids of the same lines by
their index alone, the seconds until their portions are written, and of the first portions how long
one keeps the write lock and how many buyers are told a second. Filling is not counted.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import Column, String, Table, case, cast, insert, literal, select, text

from bench.own_market import ENGINES, own_market

GOOD, OTHER = "riesling-vom-schiefer", "literwein-fuer-alle-tage"
ROUNDS, MEMBERS, AT_ONCE = 5, 2_000, 100_000


def main() -> int:
    """Fill, measure, print."""
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("--engine", default="sqlite", choices=ENGINES)
    reader.add_argument("--lines", type=int, default=1_000_000)
    reader.add_argument("--buyers", type=int, default=100_000)
    reader.add_argument("--portions", type=int, default=20)
    asked = reader.parse_args()
    with own_market(asked.engine) as app:
        print(json.dumps({"engine": asked.engine, **measured(
            app, asked.lines, asked.buyers, asked.portions)}))
    return 0


def numbers(start: int, end: int) -> Any:
    """The numbers from `start` to before `end`, as a table `n` of one column `i`."""
    first = select(literal(start).label("i")).cte("n", recursive=True)
    return first.union_all(select(first.c.i + 1).where(first.c.i < end - 1))


def copied(table: Table, row: dict[str, Any], start: int, end: int, **other: Any) -> None:
    """So many copies of a row in one statement; `other` says what differs, by number."""
    from marketplace.foundation.database import db

    n = numbers(start, end)
    chosen = {name: other[name](n.c.i) if name in other else _same(table.c[name], value)
              for name, value in row.items()}
    db.session.execute(insert(table).from_select(
        list(chosen), select(*chosen.values()).select_from(n)))


def named(head: str, number: Any) -> Any:
    """A text that stands only once."""
    return literal(head) + cast(number, String)


def _same(column_: Column[Any], value: Any) -> Any:
    return literal(value, column_.type)


def fill(app: Any, lines: int, buyers: int) -> tuple[int, int]:
    """Orders of two lines each, every so many with the goods called back; product and lot."""
    from marketplace.catalog.actions.lots import NewLot, first_lot
    from marketplace.foundation.database import committing, db
    from marketplace.orders.models import Order, OrderLine, SellerOrder
    from marketplace.people.models import Person
    from tests.cast import Cast
    from tests.orders.hands import paid

    people = Cast(app)
    part_id = paid(people, (GOOD, 1))[0]
    product, other = people.goods(GOOD).product_id, people.goods(OTHER).product_id
    rows = {table: dict(db.session.execute(select(table.__table__).order_by(
        table.__table__.c.id.desc()).limit(1)).mappings().one())
        for table in (Person, Order, SellerOrder, OrderLine)}
    assert rows[SellerOrder]["id"] == part_id
    db.session.rollback()
    with committing():
        lot = first_lot(product, NewLot("2022", "vintage")).id
    base = rows[Person]["id"] + 1
    with committing():
        copied(Person.__table__, rows[Person], 0, MEMBERS, id=lambda i: i + base,
               handle=lambda i: named("bench-", i), handle_folded=lambda i: named("bench-", i))
    every, orders = lines // 2 // buyers, lines // 2
    for start in range(0, orders, AT_ONCE):
        with committing():
            _orders(rows, start, min(start + AT_ONCE, orders), base)
            for place in (0, 1):
                _lines(rows, start, min(start + AT_ONCE, orders), place, (
                    product, other, lot, every))
    if db.engine.dialect.name == "postgresql":
        with committing():
            db.session.execute(text("ANALYZE"))
    return product, lot


def _orders(rows: dict[Any, dict[str, Any]], start: int, end: int, base: int) -> None:
    """Heads and parts; every second buyer is a member."""
    from marketplace.orders.models import Order, SellerOrder

    order, part = rows[Order]["id"] + 1, rows[SellerOrder]["id"] + 1
    copied(Order.__table__, rows[Order], start, end, id=lambda i: i + order,
           number=lambda i: named("B", i), attempt_key=lambda i: named("bench-", i),
           buyer_key=lambda i: named("bench-", i // 2),
           buyer_id=lambda i: case((i % 2 == 0, base + i % MEMBERS), else_=None),
           email=lambda i: named("kim", i) + "@example.org")
    copied(SellerOrder.__table__, rows[SellerOrder], start, end, id=lambda i: i + part,
           order_id=lambda i: i + order, number=lambda i: named("B", i) + "-1",
           reference=lambda i: named("RF", i))


def _lines(rows: dict[Any, dict[str, Any]], start: int, end: int, place: int,
           goods: tuple[int, int, int, int]) -> None:
    """The first or the second line of these orders."""
    from marketplace.orders.models import OrderLine, SellerOrder

    product, other, lot, every = goods
    first, part = rows[OrderLine]["id"] + 1, rows[SellerOrder]["id"] + 1
    has = (lambda i: i % every == 0) if place == 0 else (lambda i: i < 0)
    copied(OrderLine.__table__, rows[OrderLine], start, end,
           id=lambda i: first + 2 * i + place, seller_order_id=lambda i: i + part,
           position=lambda i: literal(place), product_id=lambda i: case(
               (has(i), product), else_=other),
           lot_id=lambda i: case((has(i), lot), else_=None))


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what came of it."""
    begun = time.perf_counter()
    found = work()
    return time.perf_counter() - begun, found


def measured(app: Any, lines: int, buyers: int, portions: int) -> dict[str, Any]:
    """List, divide, tell."""
    from marketplace.foundation.database import committing, db
    from marketplace.foundation.jobs import run_due, run_one
    from marketplace.orders.models import OrderLine
    from marketplace.orders.queries.recalling import buyers_of
    from tests.browsers import Browser
    from tests.cast import Cast

    app.test_client_class = Browser
    filling, (product, lot) = timed(lambda: fill(app, lines, buyers))
    by_index = select(OrderLine.id).where(OrderLine.product_id == product,
                                          OrderLine.lot_id == lot)
    db.session.rollback()
    floor = min(timed(lambda: db.session.execute(by_index).all())[0] for _ in range(ROUNDS))
    took = []
    for _ in range(ROUNDS):
        seconds, found = timed(lambda: buyers_of(product, lot))
        assert abs(len(found) - buyers) <= 1, len(found)
        took.append(seconds)
        db.session.rollback()
    run_due()
    people = Cast(app)
    asked = people.post(people.browser("ana"), "/studio/news", matter="recall",
                        title="Glas im Wein", product=f"{product}-{lot}",
                        words="Bitte nicht trinken.")
    assert asked.status_code == 303 and "/threads/" in str(asked.location), asked.location
    db.session.rollback()
    divided, ran = timed(lambda: run_one(kind="notify.recall"))
    assert ran
    each = [timed(lambda: run_one(kind="notify.warn"))[0] for _ in range(portions)]
    with committing():
        told = db.session.scalar(text(
            "SELECT count(*) FROM letters WHERE template = 'recalled'")) or 0
    return {"lines": lines, "buyers": len(found), "filled_s": round(filling),
            "listed_s": [round(min(took), 2), round(max(took), 2)],
            "x_index": round(min(took) / floor, 1), "divided_s": round(divided, 2),
            "portion_s": [round(min(each), 2), round(max(each), 2)],
            "told_per_s": round(told / sum(each))}


if __name__ == "__main__":
    raise SystemExit(main())
