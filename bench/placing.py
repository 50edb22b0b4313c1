"""How long placing an order takes beside the floor page: three sellers, six lines.

    python -m bench.placing [--engine postgresql] [--orders 240] [--connections 8] [--rounds 3]

Guests stand in front of the button; then all press it over kept connections, in turn with the floor
page (the site's layout without a statement) and the bare one (Flask and Jinja alone), on the same
server. Every order is looked for afterwards. The figure of a round is its p95; the best round
counts, so that a busy machine disturbs less.
"""

from __future__ import annotations

import argparse
import sys
import threading
import time
from collections.abc import Sequence
from queue import Empty, Queue
from urllib.parse import urlencode

from flask import Flask

from bench.own_market import ENGINES, outside, own_market
from bench.pages import SAME_SITE, Asked, ask, at, line, server

ANSWERS = {"email": "kim@example.org", "name": "Kim Beispiel", "street": "Feldweg 3", "extra": "",
           "postcode": "10115", "city": "Berlin", "country": "DE", "method": "bank_transfer"}
OWNERS, LINES = ("dan", "eva", "gina"), 2
FACTS = {"materials": "Bienenwachs", "measurements": "9 cm", "no_warnings": "ja"}
IBANS = ("DE75512108001245126199", "DE27100777770209299700", "DE91100000000123456789")
WARM = 16


def goods(app: Flask) -> list[int]:
    """Three houses with two goods each, and enough of them; the variants."""
    from marketplace.adapters.doors import doors
    from marketplace.adapters.storage import svg_picture
    from marketplace.foundation.database import committing, db
    from marketplace.foundation.jobs import run_due
    from tests.cast import PICTURE, Cast, House, open_house, put_on_sale

    people = Cast(app)
    ids, file = {owner: people.id(owner) for owner in OWNERS}, svg_picture(
        PICTURE, doors().storage)
    db.session.rollback()
    with committing():
        for owner, iban in zip(OWNERS, IBANS, strict=True):
            open_house(ids[owner], House(f"hof-{owner}", f"Hof {owner.title()}", "crafts", "Rhön",
                                         "Bachtal", iban, 590))
    with committing():
        made = [put_on_sale(ids[owner], file, "candles", f"Kerze {owner} {n}",
                            f"Candle {owner} {n}", f"P-{owner}-{n}", 790 + 110 * n, 1, "piece",
                            900_000, FACTS) for owner in OWNERS for n in range(LINES)]
    run_due()
    db.session.rollback()
    return made


def in_front_of_the_button(app: Flask, variants: Sequence[int], n: int) -> Asked:
    """A guest with a basket and all answers; what their browser sends when they press."""
    from flask import g, session
    from flask_wtf.csrf import generate_csrf

    from marketplace.checkout.actions import add, keep_draft, own_basket
    from marketplace.checkout.actions.checking import costs
    from marketplace.checkout.queries import basket_view, loaded_basket
    from marketplace.foundation.database import committing, db

    with committing():
        row = own_basket(None, None)
        for variant in variants:
            add(row, variant, 1, ("direct", None), "de")
        draft = keep_draft(row, {**ANSWERS, "email": f"kim{n}@example.org"}, "review")
        attempt, key = draft.attempt_key, row.key
    view = basket_view(loaded_basket(None, key), "de")
    assert view.basket is not None
    with app.test_request_context():
        g.pop("csrf_token", None)
        token = generate_csrf()
        kept = {"basket": key, "_permanent": True, "csrf_token": session["csrf_token"]}
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    form = urlencode({
        "attempt_key": attempt, "basket_version": view.basket.version,
        "shown_minor": view.total_minor, "csrf_token": token,
        "shown": ";".join(f"{name}={minor}" for name, minor in costs(view).items())})
    db.session.rollback()
    return Asked(("/checkout",), f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps(kept)}", form,
                 SAME_SITE)


def press(asked: Sequence[Asked], connections: int) -> list[float]:
    """All of them, from several connections at once; the seconds of each answer."""
    waiting, took, lock = Queue[Asked](), list[float](), threading.Lock()
    for one in asked:
        waiting.put(one)

    def work() -> None:
        over, mine = line(), []
        while True:
            try:
                one = waiting.get_nowait()
            except Empty:
                break
            begun = time.perf_counter()
            status, body = ask(over, one, one.paths[0])
            mine.append(time.perf_counter() - begun)
            if status not in (200, 204, 303):
                raise SystemExit(f"{one.paths[0]} answered {status}: {body[:300]}")
        with lock:
            took.extend(mine)

    threads = [threading.Thread(target=work) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took


def run(engine: str, orders: int, connections: int, rounds: int) -> int:
    """Print the table; 1 where an order is missing."""
    from marketplace.foundation.database import db

    best: dict[str, tuple[float, float]] = {}
    with own_market(engine) as app:
        variants = goods(app)
        each = max(1, orders // rounds)
        plans = [[in_front_of_the_button(app, variants, turn * each + n) for n in range(each)]
                 for turn in range(rounds)]
        warm = [in_front_of_the_button(app, variants, 10**6 + n) for n in range(WARM)]
        db.session.remove()
        with server(0, outside(app, ZURUF_JOBS="worker")):
            press(warm, connections)
            for name in ("/floor", "/bare"):
                press([Asked((name,))] * 4 * connections, connections)
            for plan in plans:
                for name, asked in (("bare", [Asked(("/bare",))] * each * 3),
                                    ("floor", [Asked(("/floor",))] * each * 3), ("placing", plan)):
                    took = press(asked, connections)
                    found = at(took, .95), at(took, .5)
                    best[name] = min(best.get(name, found), found)
        placed = db.session.scalar(db.text("SELECT count(*) FROM orders WHERE total_minor > 0"))
    print(f"{engine}, {connections} connections, {each * rounds} orders of {len(OWNERS)} sellers "
          f"and {len(variants)} lines")
    print("page         p50 ms   p95 ms  x floor   x bare")
    for name, (p95, p50) in best.items():
        print(f"{name:10}{p50:9.1f}{p95:9.1f}{p95 / best['floor'][0]:9.2f}"
              f"{p95 / best['bare'][0]:9.1f}")
    print(f"found afterwards: {placed} of {each * rounds + WARM}")
    return int(placed != each * rounds + WARM)


def main() -> int:
    """One run as the arguments say."""
    read = argparse.ArgumentParser(prog="bench.placing")
    read.add_argument("--engine", default="sqlite", choices=ENGINES)
    read.add_argument("--orders", type=int, default=240)
    read.add_argument("--connections", type=int, default=8)
    read.add_argument("--rounds", type=int, default=3)
    asked = read.parse_args()
    return run(asked.engine, asked.orders, asked.connections, asked.rounds)


if __name__ == "__main__":
    sys.exit(main())
