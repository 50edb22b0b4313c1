"""How long a bank statement takes: read, matched against open references, taken, counted.

    python -m bench.statements [--engine sqlite|postgresql] [--entries 10000]

On a market of its own, made from the tests' cast, one producer gets as many open orders as the
file has entries; each entry pays one of them by its reference. Prints seconds of each step: reading
and matching is what a person waits for before the preview, taking before the page that follows;
counting is done by the job, a hundred at a time.
"""

from __future__ import annotations

import argparse
import json
import time
from datetime import date
from typing import Any

from sqlalchemy import func, insert, select

from bench.own_market import ENGINES, own_market

GOOD = "spaetburgunder-dorfkern"


def main() -> int:
    """Measure one file and print what it took."""
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("--engine", default="sqlite", choices=ENGINES)
    reader.add_argument("--entries", type=int, default=10_000)
    asked = reader.parse_args()
    print(json.dumps(measured(asked.engine, asked.entries)))
    return 0


def open_orders(cast: Any, count: int) -> list[tuple[str, int]]:
    """So many orders that wait for a transfer, copies of one; references and amounts."""
    from marketplace.foundation.codes import creditor_reference, new_code
    from marketplace.foundation.database import committing, db
    from marketplace.orders.models import Order, OrderLine, SellerOrder
    from tests.orders.hands import placed

    first = placed(cast, (GOOD, 1))[0]
    rows = {}
    for table in (Order, SellerOrder, OrderLine):
        of = {Order: Order.id == select(SellerOrder.order_id).where(SellerOrder.id == first)
              .scalar_subquery(), SellerOrder: SellerOrder.id == first,
              OrderLine: OrderLine.seller_order_id == first}[table]
        rows[table] = dict(db.session.execute(select(table.__table__).where(of)).mappings().one())
    made: dict[Any, list[dict[str, Any]]] = {table: [] for table in rows}
    for number in range(1, count):
        code = new_code(7)
        ids = {table: row["id"] + number for table, row in rows.items()}
        made[Order].append({**rows[Order], "id": ids[Order], "number": code,
                            "attempt_key": f"bench-{number}"})
        made[SellerOrder].append({
            **rows[SellerOrder], "id": ids[SellerOrder], "order_id": ids[Order],
            "number": f"{code}-1", "reference": creditor_reference(code, 1)})
        made[OrderLine].append({**rows[OrderLine], "id": ids[OrderLine],
                                "seller_order_id": ids[SellerOrder]})
    with committing():
        for table in rows:
            if made[table]:
                db.session.execute(insert(table.__table__), made[table])
    return [(row[0], row[1]) for row in db.session.execute(
        select(SellerOrder.reference, SellerOrder.total_minor)
        .where(SellerOrder.state == "awaiting_payment").order_by(SellerOrder.id))]


def measured(engine: str, count: int) -> dict[str, Any]:
    """One file from its bytes to paid orders."""
    from marketplace.adapters.statements import read_statement
    from marketplace.foundation.database import committing, db
    from marketplace.orders.models import SellerOrder
    from marketplace.payments import actions
    from marketplace.payments.jobs import count_statement
    from marketplace.payments.queries.statements import owed_by_transfer, refunds_to_send
    from marketplace.payments.rules.matching import references_in
    from marketplace.payments.rules.statements import Line, meanings
    from tests.cast import Cast

    with own_market(engine) as app:
        cast = Cast(app)
        owed = open_orders(cast, count)
        producer_id = cast.goods(GOOD).producer_id
        body = ("Date;Amount;Text;Payer\n" + "".join(
            f"2026-10-05;{minor // 100},{minor % 100:02d};Order {reference} thanks;Cleo {place}\n"
            for place, (reference, minor) in enumerate(owed))).encode()
        took, begun = {}, time.perf_counter()
        lines = [Line(one.number, one.reference, one.booked_on, one.minor, one.text, one.name,
                      one.returned) for one in read_statement(body).entries]
        took["read"] = time.perf_counter() - begun
        begun = time.perf_counter()
        numbers = {one[4:12] for line in lines for one in references_in(line.text)}
        owing = owed_by_transfer(producer_id, numbers)
        found = meanings(lines, owing, refunds_to_send(producer_id), set())
        took["match"] = time.perf_counter() - begun
        begun = time.perf_counter()
        db.session.rollback()
        with committing():
            taken = actions.take_statement(
                actions.TakenFile(producer_id, "0" * 64, "csv", "bench.csv",
                                  (date(2026, 10, 5), date(2026, 10, 5)), {}, {}),
                [actions.TakenEntry(one.key, one.line.booked_on, one.line.minor, one.outcome,
                                    one.owed.id) for one in found if one.owed],
                cast.id("ana"), "Ana")
        took["take"] = time.perf_counter() - begun
        begun = time.perf_counter()
        count_statement(file_id=taken)
        took["count"] = time.perf_counter() - begun
        db.session.rollback()
        paid = db.session.scalar(select(func.count()).where(SellerOrder.state == "paid"))
        return {"engine": engine, "entries": len(lines), "paid": paid,
                "seconds": {name: round(one, 2) for name, one in took.items()}}


if __name__ == "__main__":
    raise SystemExit(main())
