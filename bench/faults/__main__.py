"""Run it: fill, buy and kill, let time pass, look."""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event, Thread
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from bench.faults.checks import faults
from bench.faults.houses import OWNERS, fill
from bench.faults.people import Market, Window, buy
from bench.faults.server import Server
from bench.own_market import ENGINES, own_market

AT_ONCE = 4
STEPS = (11, 10, 20, 20, 60, 60, 360, *(1440,) * 14)
"""Minutes that pass, one step after the other; after each, what is due is done."""
SECRET = "this run only, nothing here is secret"


def main() -> int:
    """One run as the arguments say; 1 if anything is wrong in the end."""
    read = argparse.ArgumentParser(prog="bench.faults")
    read.add_argument("--orders", type=int, default=500)
    read.add_argument("--kills", type=int, default=100)
    read.add_argument("--engine", default="sqlite", choices=ENGINES)
    read.add_argument("--seed", type=int, default=1)
    asked = read.parse_args()
    told, found = run(asked.engine, asked.orders, asked.kills, asked.seed)
    print(json.dumps(told))
    for words in found:
        print(f"fault: {words}")
    return int(bool(found))


def run(engine: str, orders: int, kills: int, seed: int) -> tuple[dict[str, Any], list[str]]:
    """Everything once: what happened, and what is wrong in the end."""
    from tests.adapters.stripe_fake import FakeStripe

    begun = time.monotonic()
    with FakeStripe() as fake:
        settings = {"ZURUF_PAYMENT": "bank_transfer,stripe", "ZURUF_STRIPE_KEY": "sk_test_x",
                    "ZURUF_STRIPE_HOOKS": "whsec_test", "ZURUF_STRIPE_MODE": "test",
                    "ZURUF_STRIPE_API": fake.url, "ZURUF_SECRET_KEY": SECRET,
                    "ZURUF_RATE_LIMITS": "off", "ZURUF_DEMO": "off",
                    "ZURUF_URL": "http://127.0.0.1"}
        with own_market(engine, **settings) as app:
            goods = fill(app, fake)
            known = app.config["ZURUF"]
            with Server({**settings, "ZURUF_ENV": "test", "ZURUF_LOG_LEVEL": "error",
                         "ZURUF_INSTANCE": str(known.instance),
                         "ZURUF_DATABASE_URL": known.database_url}) as server:
                market = Market(server.url, fake, goods, _sellers(app, server.url),
                                _parts_in(app))
                _trade(market, server, orders, kills, seed)
            waited = time.monotonic() - begun
            _let_pass(app, fake)
            told = _told(market, server, waited)
            return told, list(faults(market.attempts, goods, fake))


def _trade(market: Market, server: Server, orders: int, kills: int, seed: int) -> None:
    """People buy, four at a time, while the server is killed at moments nobody knows."""
    hooks, chance = market.fake.hooks, random.Random(seed)
    hooks.url, hooks.lose, hooks.double, hooks.mix = f"{server.url}/hooks/stripe", .15, .2, True
    hooks.start()
    moments = sorted((chance.randrange(orders), chance.random() * .5) for _ in range(kills))
    begun: list[int] = []
    done = Event()

    def kill() -> None:
        for order, pause in moments:
            while len(begun) <= order and not done.is_set():
                time.sleep(.01)
            time.sleep(pause)
            server.kill()

    def one(number: int) -> None:
        begun.append(number)
        if number % 10 == 5:
            market.fake.faults.append(chance.choice(LOST))
        buy(market, number, random.Random(seed * 1_000_003 + number))

    killer = Thread(target=kill)
    killer.start()
    try:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(one, range(orders)))
    finally:
        done.set()
        killer.join()
    time.sleep(1)
    hooks.stop()


LOST = tuple((path, how) for path in (
    "POST /v1/transfers", "POST /v1/refunds", "reversals", "POST /v1/checkout/sessions$")
    for how in ("before", "after", "500"))
"""Answers of the payment service that never arrive."""


def _sellers(app: Flask, url: str) -> dict[int, Window]:
    """Every producer's owner, signed in."""
    from marketplace.foundation.database import committing, db
    from marketplace.people.actions import start_login
    from marketplace.producers.queries import own_role
    from tests.cast import Cast

    made, people = {}, Cast(app)
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    for owner in OWNERS:
        person = people.id(owner)
        producer = own_role(person).producer_id
        db.session.rollback()
        with committing():
            key = start_login(person, "bench")
        made[producer] = Window(url, {app.config["SESSION_COOKIE_NAME"]: signer.dumps(
            {"_user_id": key, "_fresh": True})})
    return made


def _parts_in(app: Flask) -> Any:
    """What reads the parts of an order: number, producer, state."""
    def parts_of(number: str) -> Sequence[tuple[str, int, str]]:
        from marketplace.foundation.database import db
        from marketplace.orders.models import Order, SellerOrder

        with app.app_context():
            rows = db.session.execute(
                select(SellerOrder.number, SellerOrder.producer_id, SellerOrder.state)
                .join(Order, Order.id == SellerOrder.order_id).where(Order.number == number)
                .order_by(SellerOrder.position)).all()
            db.session.remove()
        return rows
    return parts_of


def _let_pass(app: Flask, fake: Any) -> None:
    """Two weeks by the clock; what is due is done as the worker would do it."""
    import time_machine

    from marketplace.foundation import clock
    from marketplace.foundation.database import db
    from marketplace.foundation.jobs import run_due
    from marketplace.foundation.jobs.runner import sweep

    moment = clock.now()
    for minutes in STEPS:
        moment += timedelta(minutes=minutes)
        with time_machine.travel(moment, tick=True):
            fake.world.later(0)
            db.session.rollback()
            sweep()
            run_due()
            db.session.rollback()


def _told(market: Market, server: Server, seconds: float) -> dict[str, Any]:
    """What happened, in figures."""
    from marketplace.foundation.database import db
    from marketplace.orders.models import Order, Refund, SellerOrder

    states = dict(db.session.execute(select(SellerOrder.state, func.count()).group_by(
        SellerOrder.state)).all())
    answers = Counter(market.fake.hooks.answers)
    return {
        "orders": db.session.scalar(select(func.count()).select_from(Order)),
        "wanted": len(market.attempts), "parts": states,
        "refunds": db.session.scalar(select(func.count()).select_from(Refund)),
        "charges": len(market.fake.world.all("charge")), "kills": server.kills,
        "asked again": market.again, "messages": len(market.fake.world.events),
        "delivered": answers[204], "refused or broken": sum(answers.values()) - answers[204],
        "seconds": round(seconds, 1)}


if __name__ == "__main__":
    sys.exit(main())
